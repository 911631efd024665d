/// The characters that drawings are made of: Unicode, or plain ASCII for terminals that have no more.
public struct Glyphs: Hashable, Sendable {
    public let isASCII: Bool

    public static let unicode = Glyphs(isASCII: false)
    public static let ascii = Glyphs(isASCII: true)

    private func pick(_ unicode: Character, _ ascii: Character) -> Character {
        isASCII ? ascii : unicode
    }

    public var horizontal: Character { pick("─", "-") }
    public var vertical: Character { pick("│", "|") }
    public var bottomLeft: Character { pick("└", "\\") }
    public var bottomRight: Character { pick("┘", "/") }
    public var teeDown: Character { pick("┬", "+") }
    public var knob: Character { pick("●", "O") }
    public var pointer: Character { pick("▸", ">") }
    public var here: Character { pick("◂", "<") }
    public var more: Character { pick("▾", "v") }
    public var less: Character { pick("▴", "^") }
    public var rightArrow: String { isASCII ? "->" : "→" }
    public var dots: String { isASCII ? "..." : "…" }
    public var separator: String { isASCII ? "-" : "·" }
    public var teeRight: Character { pick("├", "+") }
    /// Half-dark, beside a full block.
    public var ellipsis: Character { pick("…", "~") }
    public var shade: Character { pick("▒", "=") }
    public var times: Character { pick("×", "x") }
    public var bullet: Character { pick("•", "-") }
    public var progressDone: Character { pick("▰", "#") }
    public var progressLeft: Character { pick("▱", ".") }
    public var tick: Character { pick("✓", "*") }
    public var wrong: Character { pick("✗", "x") }
    public var left: Character { pick("←", "<") }
    public var fullBlock: Character { pick("█", "#") }
    public var track: Character { pick("─", "-") }

    /// Marks that groups of heads take turns in, together with `Ink.group`.
    public var groupMarks: [Character] { isASCII ? Self.letterMarks : Self.shapeMarks }

    private static let letterMarks = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    private static let shapeMarks: [Character] = ["●", "○", "◆", "◇", "■", "□", "▲", "△"]

    /// A bar of a length in eighths of a cell: full blocks and a partial one (none in ASCII,
    /// where a remainder of half a cell or more counts as one).
    public func bar(eighths: Int) -> String {
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
    public func spelled(_ text: String) -> String {
        if !isASCII || text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        return String(
            text.flatMap { $0 == "\n" ? ["\n"] : printed($0).map(\.0) })
    }
}
