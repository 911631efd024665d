import TestSupport
import Testing

@testable import TerminalCanvas

@Suite("A cell")
struct CellTests {
    @Test(
        "gives back the character it was made of, with its marks",
        arguments: [
            "a", " ", "~", "é", "ß", "漢", "─", "█", "😀", "e\u{301}", "e\u{301}\u{323}\u{302}",
            "🇩🇪", "👩‍🚀", "👨‍👩‍👧‍👦",
            "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "မြို့",
            "\u{1112}\u{1161}\u{11AB}", "\u{10FFFF}", "\u{80}", "\u{7FF}",
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

    @Test(
        "shows one mark in place of a character that does not fit, and never a part of it",
        arguments: [
            ("e" + String(repeating: "\u{301}", count: 14), 1),
            ("e" + String(repeating: "\u{301}\u{323}", count: 250_000), 1),
            ("👩🏽‍❤️‍💋‍👨🏽", 2),
        ])
    func doesNotFit(text: String, width: Int) {
        let cell = Cell(Character(text))
        #expect(cell.character == "\u{FFFD}" && cell.marks.isEmpty)
        var canvas = Canvas(size: Size(width: 8, height: 1))
        let end = canvas.draw("<\(text)>", in: canvas.area)
        #expect(end == width + 2)
        let blank = width == 2 ? " " : ""
        let row = canvas.cells.prefix(end).map { String($0.character) }.joined()
        #expect(row == "<\u{FFFD}\(blank)>")
    }

    @Test(
        "with however many marks is drawn, measured and wrapped in linear time",
        arguments: [Glyphs.unicode, .ascii])
    func isLinear(glyphs: Glyphs) {
        func text(_ count: Int) -> String {
            "e" + String(repeating: "\u{301}\u{323}", count: count) + " and more"
        }
        let works: [(name: String, work: (String) -> Void)] = [
            (
                "draw",
                { text in
                    var canvas = Canvas(size: Size(width: 8, height: 1), glyphs: glyphs)
                    canvas.draw(text, in: canvas.area)
                }
            ),
            ("columns", { _ = columns(of: $0) }),
            ("printable", { _ = glyphs.printable($0) }),
            ("wrapped", { _ = wrapped($0, width: 5, glyphs: glyphs) }),
            (
                "paste",
                { text in
                    var editor = TextEditor(limit: 1 << 20)
                    for case .paste(let pasted) in events(["\u{1B}[200~\(text)\u{1B}[201~".utf8]) {
                        _ = editor.insert(pasted)
                    }
                }
            ),
            ("editor", { _ = TextEditor($0, limit: 1 << 20).rows(width: 5, glyphs: glyphs) }),
        ]
        for (name, work) in works {
            #expect(Growth.isLinear(from: 2_000, text, work), "\(name)")
        }
    }

    @Test("takes 32 bytes, of which a screen of 200x60 has 12,000")
    func isSmall() {
        #expect(MemoryLayout<Cell>.stride == 32)
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
