import TerminalCanvas
import Testing

@Suite("Text five rows high")
struct BigTextTests {
    @Test("is written of figures with every unit, and none that would be cut")
    func bigText() {
        for text in [
            "0123456789", "1.07 GB", "384 MiB", "36.0 kB", "12,288 B", "7.5 TB", "2 PB", "?",
        ] {
            let rows = BigText.rows(text, width: 200, glyphs: .ascii)
            #expect(rows?.count == 5)
            #expect(Set(rows?.map(\.count) ?? []).count == 1, "\(text)")
        }
        #expect(BigText.rows("403 MB", width: 20, glyphs: .ascii) == nil)
        #expect(BigText.rows("q", width: 200, glyphs: .ascii) == nil)
    }
}
