import Testing

@testable import TerminalCanvas

struct GeometryTests {
    @Test("the part of an area in another is the same from both sides")
    func clipped() {
        let one = Rect(column: 1, row: 1, width: 5, height: 5)
        let other = Rect(column: 3, row: -2, width: 9, height: 5)
        #expect(one.clipped(to: other) == Rect(column: 3, row: 1, width: 3, height: 2))
        #expect(other.clipped(to: one) == one.clipped(to: other))
    }

    @Test("areas apart from each other share nothing")
    func apart() {
        let one = Rect(column: 0, row: 0, width: 2, height: 2)
        #expect(one.clipped(to: Rect(column: 7, row: 0, width: 2, height: 2)).isEmpty)
        #expect(one.clipped(to: Rect(column: 0, row: 2, width: 2, height: 2)).isEmpty)
    }

    @Test("an area has no negative extent")
    func negative() {
        #expect(Rect(column: 4, row: 4, width: -1, height: 3).isEmpty)
        #expect(Rect(column: 0, row: 0, width: 3, height: 3).inset(left: 9).width == 0)
    }

    @Test("rows of an area stay inside it")
    func rows() {
        let area = Rect(column: 2, row: 3, width: 4, height: 5)
        #expect(area.rows(1, count: 2) == Rect(column: 2, row: 4, width: 4, height: 2))
        #expect(area.rows(4, count: 9) == Rect(column: 2, row: 7, width: 4, height: 1))
    }
}
