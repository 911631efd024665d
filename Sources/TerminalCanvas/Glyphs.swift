/// The characters that drawings are made of: Unicode, or plain ASCII for terminals that have no more.
package struct Glyphs: Hashable, Sendable {
    package let isASCII: Bool

    package static let unicode = Glyphs(isASCII: false)
    package static let ascii = Glyphs(isASCII: true)

    private func pick(_ unicode: Character, _ ascii: Character) -> Character {
        isASCII ? ascii : unicode
    }

    package var horizontal: Character { pick("─", "-") }
    package var vertical: Character { pick("│", "|") }
    package var bottomLeft: Character { pick("└", "\\") }
    package var bottomRight: Character { pick("┘", "/") }
    package var teeDown: Character { pick("┬", "+") }
    package var knob: Character { pick("●", "O") }
    package var pointer: Character { pick("▸", ">") }
    package var here: Character { pick("◂", "<") }
    package var more: Character { pick("▾", "v") }
    package var less: Character { pick("▴", "^") }
    package var rightArrow: String { isASCII ? "->" : "→" }
    package var dots: String { isASCII ? "..." : "…" }
    package var separator: String { isASCII ? "-" : "·" }
    package var teeRight: Character { pick("├", "+") }
    /// Half-dark, beside a full block.
    package var ellipsis: Character { pick("…", "~") }
    package var shade: Character { pick("▒", "=") }
    package var times: Character { pick("×", "x") }
    package var bullet: Character { pick("•", "-") }
    package var progressDone: Character { pick("▰", "#") }
    package var progressLeft: Character { pick("▱", ".") }
    package var tick: Character { pick("✓", "*") }
    package var wrong: Character { pick("✗", "x") }
    package var left: Character { pick("←", "<") }
    package var fullBlock: Character { pick("█", "#") }
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
        if let ascii = character.asciiValue {
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
        character.isASCII ? 1 : printed(character).reduce(0) { $0 + $1.1 }
    }

    /// A text as it will be printed, so that it can be measured: spelled out where only ASCII is
    /// to be had. Newlines stay.
    package func spelled(_ text: String) -> String {
        if !isASCII || text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        return String(
            text.flatMap { $0 == "\n" ? ["\n"] : printed($0).map(\.0) })
    }
}
