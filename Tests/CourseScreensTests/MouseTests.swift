import AttentionEngine
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("The mouse")
struct MouseTests {
    /// The slider of K/V heads at GPT-3: 1 to 96, and where it stands on the screen.
    private func step() throws -> (app: CourseApp, row: Int) {
        let app = ShippedCourse.app("gqa", "from-end-to-end")
        let row = try #require(app.rows.firstIndex { $0.contains(" g  K/V heads ") })
        return (app, row)
    }

    private func column(of label: String, in row: String) throws -> Int {
        let place = try #require(row.lastRange(of: label))
        return row.distance(from: row.startIndex, to: place)
    }

    @Test("takes the stop it is pressed on")
    func press() throws {
        let (start, row) = try step()
        for stop in ["1", "48", "12", "96"] {
            var app = start
            let label = try #require(
                app.rows[row].ranges(of: stop).last { range in
                    // A number of its own, not the digits of another.
                    let text = app.rows[row]
                    let before = text[..<range.lowerBound].last
                    let after = text[range.upperBound...].first
                    return before?.isNumber != true && after?.isNumber != true
                })
            let column = app.rows[row].distance(
                from: app.rows[row].startIndex, to: label.lowerBound)
            _ = app.handle(.mouse(Mouse(.press, at: Point(column: column, row: row))))
            #expect(app.setting.keyValueHeads == Int(stop))
        }
    }

    @Test("drags a slider from end to end, also beside its row, until it is let go")
    func drag() throws {
        var (app, row) = try step()
        func mouse(_ action: Mouse.Action, _ column: Int, _ row: Int) {
            _ = app.handle(.mouse(Mouse(action, at: Point(column: column, row: row))))
        }
        mouse(.press, 36, row)
        #expect(app.setting.keyValueHeads == 1)
        mouse(.drag, 79, row + 3)
        #expect(app.setting.keyValueHeads == 96)
        mouse(.drag, 0, 0)
        #expect(app.setting.keyValueHeads == 1)
        mouse(.release, 0, 0)
        mouse(.drag, 79, row)
        #expect(app.setting.keyValueHeads == 1)
    }

    @Test("lets go of a slider where the button comes up over something that opened meanwhile")
    func releasedOverOverlay() throws {
        var (app, row) = try step()
        _ = app.handle(.mouse(Mouse(.press, at: Point(column: 36, row: row))))
        app.press(.character("?"))
        _ = app.handle(.mouse(Mouse(.release, at: Point(column: 36, row: row))))
        app.press(.escape)
        _ = app.handle(.mouse(Mouse(.drag, at: Point(column: 79, row: row))))
        #expect(app.setting.keyValueHeads == 1)
    }

    @Test("chooses a slider by its name without moving it")
    func name() throws {
        var app = ShippedCourse.app("gqa", "from-end-to-end").pressing(.character("e"))
        let row = try #require(app.rows.firstIndex { $0.contains(" s  tokens ") })
        let before = app.setting
        _ = app.handle(.mouse(Mouse(.press, at: Point(column: 8, row: row))))
        #expect(app.focused?.parameter == .tokens)
        #expect(app.setting == before)
    }

    @Test("scrolls with its wheel as j and k do")
    func wheel() throws {
        let place = try #require(
            ShippedCourse.places.first { ShippedCourse.app($0, size: .least).hasMoreBelow })
        let start = ShippedCourse.app(place, size: .least)
        var app = start
        _ = app.handle(.mouse(Mouse(.wheelDown, at: Point(column: 3, row: 3))))
        #expect(app.canvas().shows(start.pressing(.character("j")).canvas()))
        _ = app.handle(.mouse(Mouse(.wheelUp, at: Point(column: 3, row: 3))))
        #expect(app.canvas().shows(start.canvas()))
    }

    @Test("does nothing where nothing stands, at any place of any size")
    func anywhere() {
        let start = ShippedCourse.app("mha", "one-head-or-eight")
        for column in stride(from: -2, to: 90, by: 7) {
            for row in -2...30 {
                var app = start
                for action in [Mouse.Action.press, .drag, .release] {
                    _ = app.handle(.mouse(Mouse(action, at: Point(column: column, row: row))))
                }
                #expect(app.lessonIndex == start.lessonIndex)
                #expect(app.open == nil)
            }
        }
    }
}

extension String {
    fileprivate func lastRange(of text: String) -> Index? { ranges(of: text).last?.lowerBound }
}
