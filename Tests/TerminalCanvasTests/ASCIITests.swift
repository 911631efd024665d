import Testing

@testable import TerminalCanvas

struct ASCIITests {
    private func drawn(_ text: String) -> String {
        var canvas = Canvas(size: Size(width: 80, height: 1), glyphs: .ascii)
        canvas.draw(text, at: Point(column: 0, row: 0), in: canvas.area)
        return canvas.text
    }

    @Test("every cell is printable ASCII, whatever is drawn")
    func allScalars() {
        for block in stride(from: UInt32(0), to: 0x3_0000, by: 64) {
            var canvas = Canvas(size: Size(width: 512, height: 1), glyphs: .ascii)
            // Set apart, so that no two make one character.
            let scalars = (block..<block + 64).compactMap(Unicode.Scalar.init)
            canvas.draw(
                scalars.map { "\(Character($0)) " }.joined(), at: Point(column: 0, row: 0),
                in: canvas.area)
            let isASCII = canvas.cells.allSatisfy {
                ($0.character.asciiValue ?? 0) >= 0x20 && $0.character.asciiValue != 0x7F
            }
            #expect(isASCII, "U+\(String(block, radix: 16)) and after")
        }
    }

    @Test("every glyph of an ASCII drawing is ASCII")
    func glyphs() {
        for glyph in Glyphs.ascii.all { #expect(glyph.isASCII, "\(glyph)") }
    }

    @Test("letters lose their accents, signs are spelled out, the rest is a question mark")
    func spelling() {
        #expect(drawn("Ångström café naïve œuvre") == "Angstrom cafe naive oeuvre")
        #expect(drawn("n/g ≤ 8 × 2 → “half”…") == "n/g <= 8 x 2 -> \"half\"...")
        #expect(drawn("2·l² ≈ ½") == "2*l^2 ~ 1/2")
        #expect(drawn("Ж 漢 e\u{301}") == "? ?? e")
    }

    @Test("a bar of ASCII is as long as one of blocks, to half a cell")
    func bars() {
        for eighths in 0...80 {
            let blocks = Double(eighths) / 8
            let length = Double(Glyphs.ascii.bar(eighths: eighths).count)
            #expect(abs(length - blocks) <= 0.5 || (eighths > 0 && length == 1), "\(eighths)")
        }
        #expect(Glyphs.unicode.bar(eighths: 20) == "██▌")
        #expect(Glyphs.unicode.bar(eighths: -1) == "")
    }
}
