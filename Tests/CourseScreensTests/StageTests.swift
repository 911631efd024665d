import Lessons
import TerminalCanvas
import TestSupport
import Testing

@testable import CourseContent
@testable import CourseScreens

@Suite("The stage")
struct StageTests {
    /// The share of the rows between title and footer up to the last that holds anything.
    private static func share(_ app: CourseApp) -> Double {
        let body = app.body
        let rows = app.rows[body.row..<body.endRow]
        let last = rows.lastIndex { !$0.isEmpty } ?? body.row - 1
        return Double(last + 1 - body.row) / Double(body.height)
    }

    @Test(
        "is used: the median step takes more than half of the rows, however many there are",
        arguments: [
            (Size(width: 80, height: 24), 0.76), (Size(width: 120, height: 40), 0.6),
            (Size(width: 160, height: 50), 0.5), (Size(width: 200, height: 60), 0.5),
        ])
    func rowsUsed(size: Size, least: Double) {
        let shares = ShippedCourse.places.map { Self.share(ShippedCourse.app($0, size: size)) }
        #expect(shares.sorted()[shares.count / 2] >= least)
    }

    @Test("leaves prose lines of 72 columns at the most where rows are many")
    func proseWidth() {
        for place in ShippedCourse.places {
            for size in [Size.wide, .huge] {
                let layout = ShippedCourse.app(place, size: size).stepLayout
                #expect(layout.prose.width <= 72)
            }
        }
    }
}
