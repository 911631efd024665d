import CourseContent
import Foundation
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("What is kept of answers and notes")
struct KeptAnswerTests {
    private static let key = QuestionID("gqa/half-of-g")!

    private func asked() -> CourseApp { ShippedCourse.app("gqa", "half-of-g") }

    @Test("is the first answer, also after the question was asked again by 0")
    func askedAgain() throws {
        var app = asked()
        let right = try #require(app.session.answer)
        app.press(.enter)
        app.type(characters: "\(Int(right.amount)) B")
        app.press(.enter)
        let first = try #require(app.progress.answers[Self.key])
        #expect(first.isRight && first.tries == 1)
        app.press(.character("0"))
        #expect(app.session.isQuestionOpen && app.session.isVeiled)
        app.press(.enter)
        app.type(characters: "1 B")
        app.press(.enter, .escape)
        #expect(app.record?.isRight == false)
        #expect(app.progress.answers[Self.key] == first)
        #expect(!app.session.canReview)
    }

    @Test("are no answers that the course showed by itself")
    func byItself() {
        var app = asked()
        let first = app.goOnByItself()
        #expect(first && !app.session.isVeiled)
        #expect(app.progress.answers.isEmpty)
        let second = app.goOnByItself()
        #expect(second)
        #expect(app.step.id != "half-of-g")
    }

    @Test("are words that are being written, which a course by itself waits for")
    func waits() {
        var app = asked()
        app.press(.character("n"))
        app.type(characters: "Mine")
        let before = app
        let isGoingOn = app.goOnByItself()
        #expect(isGoingOn && app.opened == before.opened && app.step.id == before.step.id)
        app.press(.escape)
        #expect(app.progress.notes.values.map(\.text) == ["Mine"])
    }

    @Test("is a note's every character, however long it was made elsewhere")
    func longNote() throws {
        var app = asked()
        let text = String(repeating: "Many words. ", count: 4_000).trimmed
        app.takeNote(text)
        app.session.adopt(app.progress)
        #expect(app.progress.notes.values.map(\.text) == [text])
        // More cannot be typed to it, and nothing is lost by trying.
        app.press(.character("n"), .character("x"), .escape)
        #expect(app.progress.notes.values.map(\.text) == [text])
    }

    @Test("are all entries of a damaged file that can be understood")
    func damaged() throws {
        let text = """
            {"notes": {"a": {"text": "whole", "lesson": "gqa", "step": "x", "setting": "",
              "isExploring": false}, "b": {"text": 7}, "c": []},
             "answers": {"gqa/half-of-g": {"tries": 2}, "y": "no"}, "proposal": {"numbers": "3"},
             "visited": ["gqa/half-of-g"]}
            """
        let decoder = JSONDecoder()
        let left = LockedCount()
        decoder.userInfo[.unreadableEntry] = { left.add() } as @Sendable () -> Void
        let progress = try decoder.decode(CourseProgress.self, from: Data(text.utf8))
        #expect(progress.notes.keys.sorted() == ["a"])
        #expect(progress.answers == [Self.key: AnswerRecord(tries: 2)])
        #expect(progress.proposal == nil && progress.visited == [StepID("gqa/half-of-g")!])
        #expect(left.count == 4)
    }

    @Test("is a note of the step it was opened on, when that is taken out of the lesson")
    func reloaded() throws {
        func course(_ titles: [String]) -> Course {
            let steps = titles.map { "## \($0)\n\nWords of \($0).\n" }.joined(separator: "\n")
            return Course(files: [("1-own.md", "---\ntitle: Own\nsummary: s\n---\n\n" + steps)])
        }
        var app = CourseApp(
            course: course(["One", "Two", "Three"]), size: .usual, lesson: 0, step: 1)
        app.press(.character("n"))
        app.type(characters: "Of two")
        app.reload(course(["One", "Three"]))
        #expect(app.progress.notes.values.map(\.position.step.part) == ["two"])
        #expect(app.open == nil && app.step.id == "three")
    }
}

@Suite("Keys at a question")
struct QuestionKeyTests {
    @Test("that are digits begin the guess, also when it was put off, and change no lesson")
    func digits() {
        var app = ShippedCourse.app("gqa", "half-of-g")
        app.press(.character("4"))
        #expect(app.typed == "4")
        app.press(.escape, .character("4"))
        #expect(app.typed == "4")
        #expect(app.lesson?.id == "gqa")
    }

    @Test("that could give the answer away say so")
    func veiled() {
        for key in "megv" {
            var app = ShippedCourse.app("gqa", "half-of-g")
            app.press(.character(key))
            #expect(app.open == nil && app.notice?.hasPrefix("Guess first") == true, "\(key)")
        }
    }

    @Test("before a class show every mistake of a table, then go on")
    func clicker() throws {
        let place = try #require(
            ShippedCourse.places.first { place in
                if case .find? = ShippedCourse.app(place).step.question?.kind {
                    true
                } else {
                    false
                }
            })
        var app = ShippedCourse.app(place)
        app.session.isPresenting = true
        let step = app.step.id
        for _ in 0..<20 where app.session.isQuestionOpen && app.step.id == step {
            app.press(.pageDown)
        }
        #expect(app.step.id == step && !app.session.isQuestionOpen)
    }

    @Test("that are Enter on an empty line leave what was said about the last guess")
    func emptyLine() {
        var app = ShippedCourse.app("gqa", "half-of-g").pressing(.enter)
        app.type(characters: "1 B")
        app.press(.enter)
        let said = app.answering
        app.press(.enter)
        #expect(app.answering == said && app.record?.tries == 1)
    }
}

@Suite("A follower's own words")
struct FollowerNoteTests {
    @Test("are kept as answers, also while following and after coming back")
    func answer() {
        var app = CourseApp(course: ShippedCourse.course, size: .usual)
        let teacher = ShippedCourse.app("question", "your-proposal")
        guard case .free? = teacher.step.question?.kind, let key = teacher.session.questionID else {
            Issue.record("no question for words of one's own")
            return
        }
        app.follow(teacher.shared)
        app.press(.enter)
        app.type(characters: "Mine")
        app.press(.escape)
        app.press(.character("f"))
        #expect(app.progress.answers[key]?.given == "Mine")
        #expect(app.record?.given == "Mine")
    }

    @Test("of a number are one's own, and whoever answers goes on following")
    func ownNumber() throws {
        var app = CourseApp(course: ShippedCourse.course, size: .usual)
        app.follow(ShippedCourse.app("gqa", "half-of-g").shared)
        app.press(.enter)
        app.type(characters: "1 B")
        app.press(.enter, .escape)
        #expect(app.progress.answers[QuestionID("gqa/half-of-g")!]?.given == "1 B")
        #expect(app.session.isFollowing && app.record?.given == "1 B")
    }

    @Test("taken on by an editor elsewhere belong to the screen they were begun on")
    func elsewhere() {
        var app = CourseApp(course: ShippedCourse.course, size: .usual)
        app.follow(ShippedCourse.app("gqa", "half-of-g").shared)
        app.press(.character("n"))
        app.type(characters: "A")
        app.follow(ShippedCourse.app("mqa", "n-times-less").shared)
        app.press(.control("x"))
        #expect(app.step.id == "half-of-g")
        app.takeNote("A thought")
        #expect(app.step.id == "n-times-less")
        #expect(app.progress.notes.values.map(\.position.step.part) == ["half-of-g"])
    }

    @Test("stay on the screen while the place moves on, which is caught up with after them")
    func writing() {
        var app = CourseApp(course: ShippedCourse.course, size: .usual)
        app.follow(ShippedCourse.app("gqa", "half-of-g").shared)
        let visited = app.progress.visited
        app.press(.character("n"))
        app.type(characters: "A thought")
        app.follow(ShippedCourse.app("mqa", "n-times-less").shared)
        #expect(app.step.id == "half-of-g")
        app.press(.escape)
        #expect(app.step.id == "n-times-less" && app.session.isFollowing)
        #expect(app.progress.notes.values.map(\.position.step.part) == ["half-of-g"])
        #expect(app.progress.visited == visited && app.progress.answers.isEmpty)
    }
}

private final class LockedCount: @unchecked Sendable {
    private let lock = NSLock()
    private var value = 0
    func add() { lock.withLock { value += 1 } }
    var count: Int { lock.withLock { value } }
}
