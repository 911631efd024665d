/// The characters that drawings are made of: Unicode, or plain ASCII for terminals that have no
/// more.
package struct Glyphs: Hashable, Sendable {
    /// Whether nothing but ASCII is drawn; other characters of a text are then spelled out.
    package let isASCII: Bool

    /// Lines, blocks and marks from Unicode, each of one column.
    package static let unicode = Glyphs(isASCII: false)
    /// Stand-ins from ASCII, for locales and terminals without UTF-8.
    package static let ascii = Glyphs(isASCII: true)

    private func pick(_ unicode: Character, _ ascii: Character) -> Character {
        isASCII ? ascii : unicode
    }

    /// A rule.
    package var horizontal: Character { pick("─", "-") }
    /// An upright line, as between cells of a table or along an axis.
    package var vertical: Character { pick("│", "|") }
    /// Where an upright line turns right.
    package var bottomLeft: Character { pick("└", "\\") }
    /// Where a rule turns up.
    package var bottomRight: Character { pick("┘", "/") }
    /// Where a line leaves a rule downwards.
    package var teeDown: Character { pick("┬", "+") }
    /// Where a line leaves a rule upwards.
    package var teeUp: Character { pick("┴", "+") }
    /// Where a line crosses a rule.
    package var cross: Character { pick("┼", "+") }
    /// The handle of a slider.
    var knob: Character { pick("●", "O") }
    /// Stands before what is chosen.
    package var pointer: Character { pick("▸", ">") }
    /// Stands behind the row that is meant: "this one".
    package var here: Character { pick("◂", "<") }
    /// There is more below.
    package var more: Character { pick("▾", "v") }
    /// There is more above.
    package var less: Character { pick("▴", "^") }
    /// "a → b", of one column or, in ASCII, two.
    package var rightArrow: String { isASCII ? "->" : "→" }
    /// Something left out, of one column or, in ASCII, three.
    package var dots: String { isASCII ? "..." : "…" }
    /// A dot between parts of a line.
    package var separator: String { isASCII ? "-" : "·" }
    /// Where a line leaves an upright one to the right.
    package var teeRight: Character { pick("├", "+") }
    /// Where a line leaves an upright one to the left.
    package var teeLeft: Character { pick("┤", "+") }
    /// Something left out, of one column.
    package var ellipsis: Character { pick("…", "~") }
    /// Half-dark, beside a full block: a part of another kind.
    package var shade: Character { pick("▒", "=") }
    /// Cells from light to dark, for numbers by their size.
    package var shades: [Character] { isASCII ? [".", ":", "=", "#"] : ["░", "▒", "▓", "█"] }
    /// Where a cell is empty and might be filled.
    package var hollow: Character { pick("·", ".") }
    /// Less dark than `shade`, so that neighbours of one kind can be told apart.
    package var lightShade: Character { pick("░", "-") }
    /// The sign of multiplication.
    package var times: Character { pick("×", "x") }
    /// Stands before an item of a list.
    package var bullet: Character { pick("•", "-") }
    /// A step of progress that is behind.
    package var progressDone: Character { pick("▰", "#") }
    /// A step of progress that is to come.
    package var progressLeft: Character { pick("▱", ".") }
    /// The mark of a right answer, or of what is done.
    package var tick: Character { pick("✓", "*") }
    /// The mark of a wrong answer.
    package var wrong: Character { pick("✗", "x") }
    /// An arrow to the left.
    package var left: Character { pick("←", "<") }
    /// A whole cell of a bar; `bar(eighths:)` has the parts.
    package var fullBlock: Character { pick("█", "#") }
    /// What a slider's handle moves along.
    package var track: Character { pick("─", "-") }

    /// Marks that groups of heads take turns in, together with `Ink.group`.
    package var groupMarks: [Character] { isASCII ? Self.letterMarks : Self.shapeMarks }

    private static let letterMarks = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    private static let shapeMarks: [Character] = ["●", "○", "◆", "◇", "■", "□", "▲", "△"]

    /// A bar of a length in eighths of a cell: full blocks and a partial one (none in ASCII,
    /// where a remainder of half a cell or more counts as one).
    package func bar(eighths: Int) -> String {
        let eighths = max(0, eighths)
        if isASCII {
            return String(repeating: "#", count: max(eighths > 0 ? 1 : 0, (eighths + 4) / 8))
        }
        let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        return String(repeating: "█", count: eighths / 8) + partial[eighths % 8]
    }

    /// What is printed for a character, and the columns it takes: the character itself, "?" for a
    /// control character, and a spelling where only ASCII is to be had.
    func printed(_ character: Character) -> [(Character, Int)] {
        if let ascii = character.asciiByte {
            // "\r\n" is one character with the value of "\n"; neither is printed.
            return [(ascii >= 0x20 && ascii < 0x7F ? character : "?", 1)]
        }
        let width = columns(of: character)
        if width < 0 { return [("?", 1)] }
        if !isASCII { return width == 0 ? [] : [(character, width)] }
        if width == 0 { return [] }
        return (ASCIISpelling.of(character) ?? String(repeating: "?", count: width)).map { ($0, 1) }
    }
}

extension Glyphs {
    /// The columns that a canvas takes for a character, which may be spelled out in ASCII.
    package func width(of character: Character) -> Int {
        character.asciiByte != nil ? 1 : printed(character).reduce(0) { $0 + $1.1 }
    }

    /// A text as it will be printed, so that it can be measured: spelled out where only ASCII is
    /// to be had. Newlines stay.
    func spelled(_ text: String) -> String {
        if !isASCII || text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        return String(text.flatMap { $0.isOnly("\n") ? ["\n"] : printed($0).map(\.0) })
    }
}
