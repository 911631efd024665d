import AttentionEngine
import CourseContent
import Foundation
import ModelCatalog
import TerminalCanvas
import TestSupport
import Testing

@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

/// What a learner does at a step.
private enum Doing: CaseIterable {
    case lesson, exploring, reviewing

    /// At a step with sliders, a size and a question that was missed.
    func begun(_ app: CourseApp) -> CourseApp {
        switch self {
        case .lesson: app
        case .exploring: app.pressing(.character("e"))
        case .reviewing: app.pressing(.character("R"))
        }
    }
}

/// How the screen stands to others'.
private enum Linked: CaseIterable {
    case alone, leading, following, letGo

    func linked(_ app: CourseApp) -> CourseApp {
        var app = app
        switch self {
        case .alone: break
        case .leading: app.session.isPresenting = true
        case .following, .letGo:
            app.follow(app.shared.reread)
            if self == .letGo { app.session.letGo() }
        }
        return app
    }
}

/// Keys that open each screen there is.
private let openings: [[Key]] =
    [[], [.enter], [.character("="), .character("1")], [.character("g"), .character("=")]]
    + ["c", "?", "w", "m", "y", "g", "v", "n", "N", "/", "s", "."].map { [.character($0)] }

/// An event of every kind.
private let events: [Event] =
    "ax1 é".map { .key(.character($0)) }
    + [
        .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right, .shiftLeft,
        .pageUp, .pageDown, .home, .end, .function(1), .function(5), .control("u"), .control("w"),
    ].map(Event.key)
    + [Mouse.Action.press, .drag, .release, .wheelUp, .wheelDown].map {
        .mouse(Mouse($0, at: Point(column: 45, row: 18)))
    }
    + [
        .paste("12\n\u{1B}[A e\u{301}"), .resize(.least), .resize(Size(width: 40, height: 10)),
        .resize(.huge), .wake, .interrupt(signal: 2), .hangUp,
    ]

@Suite("Every screen, whatever is done there")
struct EveryScreenTests {
    /// A step whose question was missed, so that a review has something to ask.
    private static let start: CourseApp = {
        var app = ShippedCourse.app("gqa", "half-of-g")
        guard let id = app.session.questionID else {
            preconditionFailure("the step asks something")
        }
        app.session.kept.answers[id] = AnswerRecord(given: "1 B", tries: 2, isRevealed: true)
        app.session.takeNote("A note.")
        app.session.notice = nil
        return app
    }()

    /// What is wrong with an app; empty where every invariant holds.
    private func faults(_ app: CourseApp, before: CourseApp) throws -> [String] {
        var faults: [String] = []
        func expect(_ holds: Bool, _ fault: String) { if !holds { faults.append(fault) } }
        let canvas = app.canvas()
        expect(canvas.shows(app.canvas()), "drawn twice it is another screen")
        expect(canvas.crookedRows.isEmpty, "characters do not stand in their columns")
        expect(canvas.cursor.map(canvas.area.contains) ?? true, "the cursor is off the screen")
        expect(app.session.position.subject != nil, "there is no setting")
        expect(app.session.course.find(app.session.position.step) != nil, "no such step")
        expect((0...app.stepLayout.scrollLimit).contains(app.scroll), "scrolled beyond the end")
        expect(!(app.session.isExploring && app.session.review != nil), "two modes at once")
        let shared = app.shared
        expect(shared.reread == shared, "what is shared reads as something else")
        var began = app.session
        if let review = began.review { began.position = review.back }
        let taken = began.record
        expect(
            shared.answer?.isRevealed == taken?.isRevealed,
            "an answer is shared that is not the lesson's step's")
        let progress = app.session.progress
        let data = try JSONEncoder().encode(progress)
        expect(
            try JSONDecoder().decode(CourseProgress.self, from: data) == progress,
            "progress reads as something else")
        return faults
    }

    @Test("stays whole for every event, in every mode and with every link")
    func everywhere() throws {
        var faults: Set<String> = []
        // In part each event meets every mode, link and screen, but not all at once.
        let part = SlowTests.extent(5, of: 1)
        var places = 0
        for doing in Doing.allCases {
            for linked in Linked.allCases {
                for opening in openings {
                    var open = linked.linked(doing.begun(Self.start))
                    open.press(opening)
                    places += 1
                    for (index, event) in events.enumerated() where (index + places) % part == 0 {
                        var app = open
                        let effects = app.handle(event)
                        let place = "\(doing), \(linked), \(open.open ?? "step"), \(event): "
                        faults.formUnion(try self.faults(app, before: open).map { place + $0 })
                        for case .save(let progress) in effects
                        where progress != app.session.progress {
                            faults.insert(place + "something else is saved than is there")
                        }
                    }
                }
            }
        }
        #expect(faults.sorted() == [])
    }

    @Test("does nothing unseen in a window that is too small, but for what ends it")
    func tooSmall() {
        for doing in Doing.allCases {
            for opening in openings {
                var app = doing.begun(Self.start)
                app.press(opening)
                _ = app.handle(.resize(Size(width: 59, height: 20)))
                for event in events {
                    var after = app
                    let effects = after.handle(event)
                    guard effects.isEmpty else {
                        #expect(effects.last == .quit, "\(doing) \(event)")
                        continue
                    }
                    _ = after.handle(.resize(.usual))
                    _ = app.handle(.resize(.usual))
                    #expect(after.canvas().shows(app.canvas()), "\(doing) \(event)")
                    _ = app.handle(.resize(Size(width: 59, height: 20)))
                }
            }
        }
    }
}

@Suite("What one mode has, no other gets")
struct CrossingTests {
    private func teacher() -> CourseApp {
        var app = ShippedCourse.app("gqa", "half-of-g")
        guard let id = app.session.questionID else {
            preconditionFailure("the step asks something")
        }
        app.session.kept.answers[id] = AnswerRecord(given: "1 B", tries: 2, isRevealed: true)
        return app
    }

    @Test("an answer in a review is not shared as that of another question of the lesson")
    func reviewIsNotShared() {
        var app = teacher()
        app.session.enter(lesson: app.lessonIndex, step: app.stepIndex + 1)
        let before = app.shared
        app.press(.character("R"), .enter)
        app.type(characters: "7 GB")
        app.press(.enter, .escape)
        #expect(app.record?.isRevealed == true)
        #expect(app.shared == before)
        let follower = app.follower()
        #expect(follower.step.id == before.position.step.part && follower.record?.tries ?? 0 == 0)
    }

    @Test(
        "a follower keeps what is open of their own when the teacher moves on, and catches up behind it",
        arguments: [
            "/", "=", "m", "v", "s", "N",
        ])
    func occupied(key: Character) {
        var app = ShippedCourse.app("gqa", "from-end-to-end")
        var other = app.follower()
        other.session.takeNote("A note.")
        other.press(.character(key))
        other.type(characters: "12")
        let (open, rows) = (other.open, other.rows.dropFirst())
        #expect(open != nil)
        app.session.enter(lesson: 0, step: 2)
        other.follow(app.shared.reread)
        #expect(other.open == open && other.rows.dropFirst() == rows)
        other.press(.escape)
        #expect(other.open == nil && other.step.id == app.step.id)
        #expect(other.session.isFollowing)
    }

    @Test("a follower's review goes on when the teacher moves on")
    func reviewing() {
        var other = teacher().follower()
        guard let id = other.session.questionID else { return }
        other.session.kept.answers[id] = AnswerRecord(given: "1 B", tries: 2, isRevealed: true)
        other.press(.character("R"))
        #expect(other.session.review != nil)
        let next = ShippedCourse.app("mla", "the-price")
        other.follow(next.shared.reread)
        #expect(other.session.review != nil)
        other.press(.character("R"))
        #expect(other.session.review == nil && other.step.id == next.step.id)
    }

    @Test("a review from a free setting leaves it as it was, also in what is kept")
    func freeSettingReviewed() throws {
        var app = teacher().pressing(.character("e"), .end)
        let (setting, before) = (app.setting, app.shared)
        app.press(.character("R"))
        #expect(app.session.review != nil && app.shared == before)
        let again = CourseApp(course: app.course, size: .usual, progress: app.progress)
        #expect(again.isExploring && again.setting == setting)
        app.press(.character("R"))
        #expect(app.isExploring && app.setting == setting)
    }

    @Test("a follower in a review is on their own, and f follows again")
    func reviewLeft() {
        var other = teacher().follower()
        guard let id = other.session.questionID else { return }
        other.session.kept.answers[id] = AnswerRecord(given: "1 B", tries: 2, isRevealed: true)
        other.press(.character("R"))
        #expect(other.rows[0].contains("on your own") && other.footer.contains("f follow again"))
        let next = ShippedCourse.app("mla", "the-price")
        other.follow(next.shared.reread)
        other.press(.character("f"))
        #expect(other.session.review == nil && other.step.id == next.step.id)
        #expect(other.rows[0].contains("following"))
    }

    @Test("what is said of a typed value stays while the cursor moves")
    func problemStays() {
        var app = ShippedCourse.app("gqa", "from-end-to-end")
        app.press(.character("="), .character("x"), .enter)
        #expect(app.words.contains("whole number"))
        app.press(.left, .right)
        #expect(app.words.contains("whole number"))
        app.press(.backspace)
        #expect(!app.words.contains("whole number"))
    }

    @Test("search hides the answer of a question that was opened again")
    func searchAfterReset() throws {
        var app = teacher()
        let answer = try #require(app.session.answer?.text)
        func isTold(_ app: CourseApp) -> Bool {
            app.session.searchHits("half").contains {
                $0.lesson == app.lessonIndex && $0.step == app.stepIndex
                    && ($0.before + $0.match + $0.after).contains(answer)
            }
        }
        let wasTold = isTold(app)
        app.press(.character("0"))
        #expect(app.session.isVeiled && !isTold(app))
        _ = wasTold
    }

    @Test("the mouse moves a slider on the page of the GPUs as it does in a lesson")
    func mouseOnGPUs() throws {
        var app = ShippedCourse.app("gqa", "from-end-to-end").pressing(
            .character("e"), .character("g"))
        let row = try #require(app.rows.firstIndex { $0.contains("memory per GPU") })
        let track = try #require(app.rows[row].range(of: "192"))
        let column = app.rows[row].distance(
            from: app.rows[row].startIndex, to: track.lowerBound)
        _ = app.handle(.mouse(Mouse(.press, at: Point(column: column, row: row))))
        #expect(app.session.gpus.memory == ByteCount(192_000_000_000))
        _ = app.handle(.mouse(Mouse(.drag, at: Point(column: 0, row: 3))))
        #expect(app.session.gpus.memory == ByteCount(16_000_000_000))
        _ = app.handle(.mouse(Mouse(.release, at: Point(column: 0, row: 3))))
        _ = app.handle(.mouse(Mouse(.drag, at: Point(column: column, row: row))))
        #expect(app.session.gpus.memory == ByteCount(16_000_000_000))
    }

    @Test(
        "wherever something is typed the cursor moves in it",
        arguments: ["/", "m", "v", "=", "n", "g="])
    func cursor(opening: String) throws {
        var app = ShippedCourse.app("gqa", "from-end-to-end")
        app.type(characters: opening == "g=" ? "e" : "")
        app.type(characters: opening)
        app.type(characters: "134")
        app.press(.left, .left)
        app.type(characters: "2")
        #expect(app.words.contains("1234"))
        let cursor = try #require(app.canvas().cursor)
        let row = app.rows[cursor.row]
        #expect(Array(row)[cursor.column - 2..<cursor.column + 2] == ["1", "2", "3", "4"])
        app.press(.control("w"))
        #expect(!app.words.contains("1234") && app.words.contains("34"))
    }

    @Test("the plain mode tells the whole command that y shows")
    func command() {
        var session = ShippedCourse.app("gqa", "from-end-to-end").session
        session.toggleExplore()
        session.take(Catalog.models[0])
        var course = PlainCourse(session, width: 200)
        let parts = session.commandParts { $0 }
        #expect(course.words("setting").contains(parts.dropFirst().joined(separator: " ")))
    }
}
