import CourseContent
import Foundation
import TerminalCanvas
import TestSupport
import Testing

@testable import CourseScreens
@testable import CourseSession

/// An event of every kind.
private let everyEvent: [Event] =
    "ax10f é".map { .key(.character($0)) }
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

/// Gives every event to each place, or a part of them, so that each screen meets all.
private struct Turns {
    private let places: [String: Int]
    private var given: [String: Int] = [:]

    init(_ places: [EveryPlace]) {
        self.places = Dictionary(grouping: places) { $0.screen }.mapValues(\.count)
    }

    mutating func events(at place: EveryPlace) -> [Event] {
        let (all, first) = (everyEvent.count, given[place.screen, default: 0])
        let share = (all - 1) / (places[place.screen] ?? all) + 1
        let turn = first..<first + SlowTests.extent(share, min(all, share * 8), of: all)
        given[place.screen] = turn.upperBound
        return turn.map { everyEvent[$0 % all] }
    }
}

@Suite("Every screen, whatever is done there")
struct EveryScreenTests {
    /// The types of screens that the sources declare.
    private func declaredScreens() throws -> [String] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/CourseScreens/Open").standardizedFileURL
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).flatMap { name in
            try String(contentsOf: folder.appending(path: name), encoding: .utf8)
                .matches(of: #/struct (\w+Screen):/#).map { String($0.1) }
        }.sorted()
    }

    /// What was written and read last, which is not read again.
    private struct Read {
        var shared: SharedScreen?
        var progress: CourseProgress?
    }

    /// What is wrong with an app; empty where every invariant holds.
    private func faults(_ app: CourseApp, _ read: inout Read) throws -> [String] {
        var faults: [String] = []
        func expect(_ holds: Bool, _ fault: String) { if !holds { faults.append(fault) } }
        let canvas = app.canvas()
        expect(canvas.shows(app.canvas()), "drawn twice it is another screen")
        expect(canvas.crookedRows.isEmpty, "characters do not stand in their columns")
        for text in canvas.cutTexts { faults.append("'\(text)' is cut without a mark") }
        expect(canvas.cursor.map(canvas.area.contains) ?? true, "the cursor is off the screen")
        expect(app.session.position.subject != nil, "there is no setting")
        expect(app.session.course.find(app.session.position.step) != nil, "no such step")
        expect((0...app.stepLayout.scrollLimit).contains(app.scroll), "scrolled beyond the end")
        expect(!(app.session.isExploring && app.session.review != nil), "two modes at once")
        let rows = canvas.rows
        for secret in app.secrets where rows.contains(where: { $0.contains(secret) }) {
            faults.append("'\(secret)' is told before the answer")
        }
        var began = app.session
        if let review = began.review { began.position = review.back }
        let shared = app.shared
        expect(
            shared.answer?.isRevealed ?? false == began.record?.isRevealed ?? false,
            "an answer is shared that is not the lesson's step's")
        if shared != read.shared {
            read.shared = shared
            expect(shared.reread == shared, "what is shared reads as something else")
        }
        let progress = app.session.progress
        if progress != read.progress {
            read.progress = progress
            let data = try JSONEncoder().encode(progress)
            expect(
                try JSONDecoder().decode(CourseProgress.self, from: data) == progress,
                "progress reads as something else")
        }
        return faults
    }

    /// Whether nothing that is being typed is lost when the screen that is followed moves on.
    private func keepsTyped(_ app: CourseApp, at place: EveryPlace) -> Bool {
        guard app.session.followed != nil, !app.typedTexts.isEmpty else { return true }
        var other = app
        other.follow(place.elsewhere)
        return other.typedTexts == app.typedTexts
    }

    @Test("stays whole for every event, in every mode and with every link, and none is left out")
    func everywhere() throws {
        var faults: Set<String> = []
        var met: Set<String> = []
        var (stood, veiled): (Set<String>, Set<Doing>) = ([], [])
        var (turns, read) = (Turns(EveryPlace.all), Read())
        for place in EveryPlace.all {
            met.formUnion(place.app.openNames)
            let doing = Doing(place.app)
            stood.insert("\(doing), \(Linked(place.app))")
            if !place.app.secrets.isEmpty { veiled.insert(doing) }
            faults.formUnion(try self.faults(place.app, &read).map { "\(place.name): \($0)" })
            for event in turns.events(at: place) {
                var app = place.app
                let effects = app.handle(event)
                let name = "\(place.name), \(event): "
                faults.formUnion(try self.faults(app, &read).map { name + $0 })
                if !keepsTyped(app, at: place) { faults.insert(name + "what is typed is lost") }
                for case .save(let progress) in effects where progress != app.session.progress {
                    faults.insert(name + "something else is saved than is there")
                }
            }
        }
        #expect(faults.sorted() == [])
        #expect(try met.sorted() == declaredScreens())
        #expect(stood.count == Doing.allCases.count * Linked.allCases.count)
        #expect(veiled == [.lesson, .reviewing])
    }

    @Test("keeps what a follower types when the teacher moves on, and shows the teacher's after it")
    func typed() {
        var met: Set<String> = []
        for place in EveryPlace.all where Linked(place.app) == .following {
            guard let screen = place.app.screens.last as? any TypingScreen, !screen.line.isEmpty
            else { continue }
            met.insert(place.screen)
            var app = place.app
            app.follow(place.elsewhere)
            #expect(app.opened == place.app.opened, "\(place.name)")
            #expect(keepsTyped(app, at: place), "\(place.name)")
            for _ in app.screens { app.press(.escape) }
            guard Doing(app) != .reviewing, app.session.isFollowing else { continue }
            #expect(app.step.id == place.elsewhere.position.step.part, "\(place.name)")
        }
        #expect(
            met.sorted() == [
                "AnswerScreen", "ComparisonScreen", "ModelsScreen", "NoteScreen", "SearchScreen",
                "ValueScreen", "WordsScreen",
            ])
    }

    @Test(
        "does nothing unseen in a window that is too small, but for what ends it, with every link")
    func tooSmall() {
        let starts = SlowTests.extent([.number, .sliders], of: Start.allCases)
        let places = EveryPlace.all.filter { starts.contains($0.start) }
        var turns = Turns(places)
        for place in places {
            var small = place.app
            _ = small.handle(.resize(Size(width: 59, height: 20)))
            let before = place.app.canvas()
            for event in turns.events(at: place) {
                var app = small
                let effects = app.handle(event)
                guard effects.isEmpty else {
                    #expect(effects.last == .quit, "\(place.name), \(event)")
                    continue
                }
                _ = app.handle(.resize(place.app.size))
                #expect(app.canvas().shows(before), "\(place.name), \(event)")
                #expect(app.opened == place.app.opened, "\(place.name), \(event)")
            }
        }
    }
}

extension CourseApp {
    /// What the step's question must not have told yet. The lessons of the sweep hold it nowhere
    /// else.
    fileprivate var secrets: [String] {
        guard session.isQuestionOpen, let question = step.question, question.kind != .free else {
            return []
        }
        let answer = (session.answer?.text ?? "").split(separator: " (").map {
            String($0).replacing(")", with: "")
        }
        // The beginning of a sentence stands on one row.
        let because = (question.because?.plain).map { String($0.prefix(20)) }
        return answer + (because.map { [$0] } ?? [])
    }
}
