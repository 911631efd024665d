import CourseContent
import Foundation
import TerminalCanvas
import TestSupport

@testable import CourseScreens
@testable import CourseSession

/// A step as a sweep over all screens begins at it, with a missed question to review and a note.
enum Start: CaseIterable {
    case number, choice, find, free, race, sliders, model

    private static let apps = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0, $0.prepared()) })

    var app: CourseApp { Self.apps[self]! }

    /// The small lesson with more tokens: its usual answer is an example of a size elsewhere.
    private static func asking(_ step: QuestionLesson.Step) -> CourseApp {
        let text = QuestionLesson.text.replacing("s=1024", with: "s=2048")
            .replacing("403 MB (384 MiB)", with: "805 MB (768 MiB)")
        return CourseApp(
            course: Course(files: [("1-questions.md", text)]), size: .usual, lesson: 0,
            step: step.rawValue)
    }

    private func prepared() -> CourseApp {
        var (app, missed) =
            switch self {
            case .number: (Self.asking(.number), "questions/pick")
            case .choice: (Self.asking(.choice), "questions/size")
            case .find: (Self.asking(.find), "questions/size")
            case .free: (Self.asking(.free), "questions/mistakes")
            case .race: (ShippedCourse.app("question", "where-would-it-stand"), "gqa/half-of-g")
            case .model: (ShippedCourse.app("real", "where-its-heads-look"), "gqa/half-of-g")
            case .sliders: (ShippedCourse.app("gqa", "from-end-to-end"), "gqa/half-of-g")
            }
        guard let id = QuestionID(missed) else { preconditionFailure("\(missed) is no question") }
        app.session.kept.answers[id] = AnswerRecord(given: "1 B", tries: 2, isRevealed: true)
        app.session.takeNote("A note.")
        if self == .race { app.session.place(Proposal(numbers: 56, percent: 55)) }
        if self == .model { _ = app.receive(MachineFiles.found) }
        app.session.notice = nil
        return app
    }
}

/// What a learner does at a step.
enum Doing: CaseIterable {
    case lesson, exploring, reviewing

    init(_ app: CourseApp) {
        self = app.isExploring ? .exploring : app.session.review == nil ? .lesson : .reviewing
    }

    func begin(_ app: inout CourseApp) {
        switch self {
        case .lesson: break
        case .exploring: app.press(.character("e"))
        case .reviewing: app.press(.character("R"))
        }
    }
}

/// How the screen stands to others'.
enum Linked: CaseIterable {
    case alone, leading, following, letGo

    init(_ app: CourseApp) {
        self =
            app.session.followed == nil
            ? app.session.isPresenting ? .leading : .alone
            : app.session.isFollowing ? .following : .letGo
    }

    /// Follows what the app itself would share.
    func link(_ app: inout CourseApp) {
        switch self {
        case .alone: break
        case .leading: app.session.isPresenting = true
        case .following, .letGo:
            app.follow(app.shared.reread)
            if self == .letGo { app.session.letGo() }
        }
    }
}

/// A screen that can be come to, and how.
struct EveryPlace {
    let start: Start
    let name: String
    /// What is open on top.
    let screen: String
    let app: CourseApp
    /// What a teacher shows who has moved on from there.
    let elsewhere: SharedScreen

    /// Keys that open each screen there is, each where a step has it, and that type in it.
    private static let openings: [[Key]] =
        [[], [.enter], [.enter, .character("1")], [.enter, .character("1"), .function(1)]]
        + [
            "=1", "g", "g=", "g=1", "c", "?", "w", "m", "mq", "y", "v", "v1", "n", "nx", "N", "/",
            "/t", "s", ".", "p", "i", "ix",
        ].map { $0.map(Key.character) }

    /// Every start in every mode and with every link, whichever came first, with every screen open
    /// that opens there.
    static let all: [EveryPlace] = Start.allCases.flatMap { start in
        var teacher = start.app
        teacher.session.enter(lesson: 0, step: start.app.stepIndex == 2 ? 1 : 2)
        let elsewhere = teacher.shared.reread
        return begun(start).flatMap { name, begun in
            var opened: Set<[String]> = []
            var joining = begun
            joining.askToJoin()
            let asked =
                Linked(begun) != .following
                ? []
                : [
                    EveryPlace(
                        start: start, name: "\(name), JoinScreen", screen: "JoinScreen",
                        app: joining, elsewhere: elsewhere)
                ]
            return asked
                + openings.compactMap { keys -> EveryPlace? in
                    var app = begun
                    app.press(keys)
                    guard keys.isEmpty || !app.screens.isEmpty, opened.insert(app.opened).inserted
                    else { return nil }
                    let screen = app.open ?? "step"
                    return EveryPlace(
                        start: start, name: "\(name), \(screen)", screen: screen, app: app,
                        elsewhere: elsewhere)
                }
        }
    }

    private static func begun(_ start: Start) -> [(name: String, app: CourseApp)] {
        Doing.allCases.flatMap { doing in
            Linked.allCases.flatMap { linked in
                var (modeFirst, linkFirst) = (start.app, start.app)
                doing.begin(&modeFirst)
                linked.link(&modeFirst)
                linked.link(&linkFirst)
                doing.begin(&linkFirst)
                let apps = [("\(doing), then \(linked)", modeFirst)]
                return
                    (doing == .lesson || linked == .alone
                    ? apps : apps + [("\(linked), then \(doing)", linkFirst)])
                    // An open question lets nobody explore.
                    .filter { Doing($0.1) == doing }
                    .map { ("\(start), \($0.0)", $0.1) }
            }
        }
    }
}

extension CourseApp {
    /// The texts that are being typed, the topmost last.
    var typedTexts: [String] { screens.compactMap { ($0 as? any TypingScreen)?.line.text } }

    /// The names of what is open.
    var openNames: [String] { screens.map { "\(Swift.type(of: $0))" } }
}
