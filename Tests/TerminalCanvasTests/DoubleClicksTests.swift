import TerminalCanvas
import Testing

struct DoubleClicksTests {
    @Test("a press soon after one at the same place is repeated, and a third begins another")
    func presses() {
        let start = ContinuousClock.Instant.now
        var clicks = DoubleClicks()
        func isRepeated(_ action: Mouse.Action, _ column: Int, _ row: Int, at time: Int) -> Bool {
            let mouse = Mouse(action, at: Point(column: column, row: row))
            let marked = clicks.marked(mouse, at: start + .milliseconds(time))
            #expect(marked.action == action && marked.point == mouse.point)
            return marked.isRepeated
        }
        #expect(!isRepeated(.press, 4, 2, at: 0))
        #expect(!isRepeated(.release, 4, 2, at: 80))
        #expect(isRepeated(.press, 5, 2, at: 200))
        #expect(!isRepeated(.press, 5, 2, at: 300))
        #expect(isRepeated(.press, 5, 2, at: 500))
        // Another row, another place, and too late.
        #expect(!isRepeated(.press, 5, 3, at: 600))
        #expect(!isRepeated(.press, 9, 3, at: 700))
        #expect(!isRepeated(.press, 9, 3, at: 1_200))
    }
}
