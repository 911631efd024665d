import Testing

@testable import TerminalCanvas

@Suite("A cell")
struct CellTests {
    @Test(
        "gives back the character it was made of, with its marks",
        arguments: [
            "a", " ", "~", "é", "ß", "漢", "─", "█", "😀", "e\u{301}", "e\u{301}\u{323}\u{302}",
            "🇩🇪", "👩‍🚀", "\u{1112}\u{1161}\u{11AB}", "\u{10FFFF}", "\u{80}", "\u{7FF}",
            "\u{800}", "\u{FFFF}", "\u{10000}",
        ] as [Character])
    func keepsItsCharacter(character: Character) {
        let cell = Cell(character, .accent)
        let scalars = Array(character.unicodeScalars)
        #expect(Array(cell.character.unicodeScalars) == scalars)
        #expect([cell.base] + cell.marks == scalars)
        #expect(Array(spans(of: [cell])[0].text.unicodeScalars) == scalars)
        #expect(cell.isSpace == (character == " "))
        #expect(!cell.isContinuation)
    }

    @Test("keeps every scalar by itself")
    func keepsEveryScalar() {
        for value in UInt32(1)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let bytes = CharacterBytes(scalar)
            guard bytes.first == scalar, bytes.isOneScalar else {
                Issue.record("U+\(String(value, radix: 16))")
                return
            }
        }
    }

    @Test("keeps of a character of more than 12 bytes the scalars that fit, be it a megabyte")
    func keepsTheStartOfALongCharacter() {
        let marks = String(repeating: "\u{301}\u{323}", count: 250_000)
        #expect(
            Array(Cell(Character("e" + marks)).character.utf8)
                == Array(("e" + marks).utf8.prefix(11)))
        let family = "👨‍👩‍👧"
        #expect(Cell(Character(family)).character.utf8.count == 11)
    }

    @Test("takes 16 bytes, of which a screen of 200x60 has 12,000")
    func isSmall() {
        #expect(MemoryLayout<Cell>.stride == 16)
        #expect(_isPOD(Cell.self))
    }

    @Test("of the same bytes and style is the same, and behind a wide character it prints nothing")
    func isCompared() {
        #expect(Cell("a", .accent) == Cell("a", .accent))
        #expect(Cell("a", .accent) != Cell("a", .faint))
        #expect(Cell("a") != Cell("b"))
        #expect(Cell.continuation.isContinuation)
    }
}
