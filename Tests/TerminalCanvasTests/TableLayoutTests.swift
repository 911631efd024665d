import Testing

@testable import TerminalCanvas

@Suite("A table of cells")
struct TableLayoutTests {
    private static func table(isRuled: Bool) -> TableLayout {
        TableLayout(
            header: [[Span("a")], [Span("b")]],
            rows: [[[Span("one")], [Span("two")]], [[Span("three")], [Span("four")]]],
            alignments: [.left, .left], width: 20, isRuled: isRuled, glyphs: .unicode)
    }

    @Test("has lines between its rows only where it is ruled")
    func rules() {
        #expect(Self.table(isRuled: false).lines.count == 4)
        #expect(Self.table(isRuled: true).lines.count == 5)
    }

    @Test("has its cells where they are drawn, and none on its lines", arguments: [false, true])
    func cells(isRuled: Bool) {
        let table = Self.table(isRuled: isRuled)
        func row(at row: Int) -> Int? { table.cell(at: Point(column: 8, row: row))?.row }
        for (index, line) in table.lines.enumerated() {
            let text = line.map(\.text).joined()
            let expected = text.contains("two") ? 0 : text.contains("four") ? 1 : nil
            #expect(row(at: index) == expected)
        }
        #expect(row(at: table.lines.count) == nil)
    }
}
