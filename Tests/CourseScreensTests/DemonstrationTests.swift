import TerminalCanvas
import Testing

@testable import CourseExport
@testable import CourseScreens
@testable import CourseSession

@Suite("A lesson that plays by itself")
struct DemonstrationTests {
    private static func demonstration(_ lesson: Int, _ size: Size = .usual) -> Demonstration {
        Demonstration(
            course: ShippedCourse.course, lesson: lesson, size: size, glyphs: .unicode)
    }

    /// Of every lesson; made once, since each step's tests look at them.
    private static let usual = ShippedCourse.course.lessons.indices.map { demonstration($0) }
    private static let least = ShippedCourse.course.lessons.indices.map {
        demonstration($0, .least)
    }

    /// The part of a step of the course.
    private static func part(_ place: ShippedCourse.Place) -> Demonstration.Part {
        usual[place.lesson].parts[place.step]
    }

    private static func played(_ part: Demonstration.Part) -> CourseApp {
        var app = part.opening
        for press in part.presses { app.press(press.key) }
        return app
    }

    @Test("enters every step of its lesson", arguments: ShippedCourse.course.lessons.indices)
    func everyStep(lesson: Int) {
        #expect(
            Self.usual[lesson].parts.map(\.opening.step.id)
                == ShippedCourse.course.lessons[lesson].stepIDs)
    }

    @Test(
        "presses only keys that do something, and stays on the step",
        arguments: ShippedCourse.places)
    func keysWork(place: ShippedCourse.Place) {
        let part = Self.part(place)
        var app = part.opening
        for press in part.presses {
            let types = if case .typing? = app.answering { true } else { false }
            #expect(types || app.action(for: press.key) != nil, "\(press.key)")
            let effects = app.press(press.key)
            #expect(!effects.contains { if case .run = $0 { true } else { false } })
            #expect(app.stepIndex == place.step && app.lessonIndex == place.lesson)
        }
    }

    @Test("gives every question its right answer", arguments: ShippedCourse.places)
    func answers(place: ShippedCourse.Place) {
        let app = Self.played(Self.part(place))
        guard let question = app.step.question, question.kind != .free else { return }
        #expect(app.record?.isRevealed == true)
        if case .find = question.kind { return }
        #expect(app.record?.isRight == true)
        #expect(app.record?.tries == 1)
    }

    @Test(
        "puts sliders back where they were, the first of them chosen",
        arguments: ShippedCourse.places)
    func slidersBack(place: ShippedCourse.Place) {
        let part = Self.part(place)
        let app = Self.played(part)
        if app.step.question == nil { #expect(app.setting == part.opening.setting) }
        #expect(app.focused == part.opening.focused)
        #expect(app.answering == nil && app.open == nil)
    }

    @Test("reads every line of prose, and takes its time for it", arguments: ShippedCourse.places)
    func readsOn(place: ShippedCourse.Place) {
        let part = Self.least[place.lesson].parts[place.step]
        var app = part.opening
        var hasSeenEnd = !app.hasMoreBelow
        for press in part.presses {
            app.press(press.key)
            hasSeenEnd = hasSeenEnd || !app.hasMoreBelow
        }
        #expect(hasSeenEnd)
        #expect(part.presses.allSatisfy { $0.pause > 0 && $0.pause < 20 })
        #expect(part.rest >= 2)
    }

    @Test("is the same each time")
    func deterministic() {
        let twice = [Self.demonstration(1), Self.demonstration(1)]
        #expect(twice[0].parts.map(\.presses) == twice[1].parts.map(\.presses))
        #expect(twice[0].parts.flatMap(\.presses).contains { $0.key == .character("r") })
    }
}
