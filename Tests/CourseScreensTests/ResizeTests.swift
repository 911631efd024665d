import TerminalCanvas
import TestSupport
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("A window that changes its size")
struct ResizeTests {
    @Test("shows the same again when it comes back, whatever is open")
    func comesBack() {
        for (name, start) in Situation.all {
            let before = start.canvas()
            for size in [
                Size(width: 1, height: 1), Size(width: 0, height: 0), Size(width: 59, height: 20),
                Size(width: 60, height: 19), Size(width: 300, height: 100),
            ] {
                var app = start
                _ = app.handle(.resize(size))
                let canvas = app.canvas()
                #expect(canvas.size == size, "\(name)")
                #expect(canvas.crookedRows == [], "\(name)")
                _ = app.handle(.resize(start.size))
                if start.scroll == 0 { #expect(app.canvas().shows(before), "\(name) \(size)") }
            }
        }
    }

    @Test("says below 60x20 what it needs", arguments: [(59, 20), (60, 19), (30, 10), (20, 4)])
    func tooSmall(width: Int, height: Int) {
        var app = CourseApp(course: ShippedCourse.course, size: .usual)
        _ = app.handle(.resize(Size(width: width, height: height)))
        #expect(app.words.contains("Headroom needs 60x20"))
        #expect(app.words.contains("\(width)x\(height)"))
    }

    @Test("is drawn at every width and height without a trap")
    func everySize() {
        let apps = [
            ShippedCourse.app("mha", "deepseeks-heads"), ShippedCourse.app("compare", "the-claims"),
            ShippedCourse.app("gqa", "which-head-reads-which"),
        ]
        for start in apps {
            for width in stride(from: 1, through: 130, by: SlowTests.extent(9, of: 3)) {
                for height in [1, 2, 3, 19, 20, 21, 33, 50] {
                    var app = start
                    let size = Size(width: width, height: height)
                    _ = app.handle(.resize(size))
                    #expect(app.canvas().size == size)
                }
            }
        }
    }
}

@Suite("Random events")
struct RandomEventTests {
    private static func event(_ generator: inout SeededGenerator) -> Event {
        func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        switch number(0...19) {
        case 0:
            return .resize(Size(width: number(0...140), height: number(0...45)))
        case 1:
            // Mostly a size at which lessons are shown.
            return .resize(Size(width: number(60...125), height: number(20...42)))
        case 2...4:
            let actions: [Mouse.Action] = [.press, .drag, .release, .wheelUp, .wheelDown]
            return .mouse(
                Mouse(
                    actions[number(0...4)],
                    at: Point(column: number(-3...140), row: number(-3...45))))
        case 5:
            let pastes = [
                "", "4.83 GB", "q\u{1B}[A\r\n", "語語語", String(repeating: "x", count: 999),
            ]
            return .paste(pastes[number(0...pastes.count - 1)])
        case 6: return .wake
        default: return .key(Key.all[number(0...Key.all.count - 1)])
        }
    }

    @Test(
        "never trap, and always leave a canvas of the right size",
        arguments: 1...SlowTests.extent(2, of: 10))
    func neverTrap(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var app = CourseApp(
            course: ShippedCourse.course, size: .usual, glyphs: seed % 2 == 0 ? .ascii : .unicode)
        var wrong: [String] = []
        for number in 0..<500 {
            let event = Self.event(&generator)
            _ = app.handle(event)
            let canvas = app.canvas()
            if canvas.size != app.size || !canvas.crookedRows.isEmpty
                || app.glyphs.isASCII && !canvas.charactersBeyondASCII.isEmpty
            {
                wrong.append("\(number): \(event) leaves \(canvas.rows)")
            }
        }
        #expect(wrong == [])
    }

    @Test(
        "leave a setting from which the course can still be walked",
        arguments: 11...SlowTests.extent(11, of: 14))
    func stillWalkable(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var app = CourseApp(course: ShippedCourse.course, size: .usual)
        for _ in 0..<500 { _ = app.handle(Self.event(&generator)) }
        _ = app.handle(.resize(.usual))
        app.press(.escape, .escape, .escape, "c", .home, .enter)
        #expect(app.lessonIndex == 0)
        #expect(app.stepIndex == 0)
        #expect(app.setting == app.step.setting)
    }
}
