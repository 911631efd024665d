import AttentionEngine
import CourseContent
import Foundation
import ModelCatalog
import TerminalCanvas
import Testing

@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

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

    @Test("search finds an answer that was shown, and no more once its question is open again")
    func searchAfterReset() {
        var app = QuestionLesson.app(.number)
        app.session.reveal()
        func search(_ words: String) -> CourseApp {
            var app = app.pressing(.character("/"))
            app.type(characters: words)
            return app
        }
        #expect(search("403 MB").words.contains("Search: 1 step"))
        #expect(search("takes").words.contains("takes 403 MB (384 MiB)"))
        app.press(.character("0"))
        #expect(app.session.isVeiled)
        #expect(search("403 MB").words.contains("Nothing found"))
        #expect(search("takes").words.contains("takes ?"))
        #expect(!search("takes").words.contains("403 MB"))
    }

    @Test(
        "the contents and the summary tell nothing of the answer to a question that is open again",
        arguments: ["c", "s"])
    func toldAfterReset(key: Character) throws {
        var app = QuestionLesson.app(.number).pressing(.enter)
        app.type(characters: "1 GB")
        app.press(.enter, .escape)
        let question = try #require(app.notebook.questions.first)
        let off = try #require(question.off)
        let told = app.pressing(.character(key)).words
        #expect(question.answer == "403 MB (384 MiB)" && told.contains(off))
        app.press(.character("0"))
        #expect(app.session.isVeiled)
        let open = app.pressing(.character(key))
        #expect(open.open != nil)
        for secret in ["403 MB", "384 MiB", off] {
            #expect(!open.words.contains(secret), "\(secret)")
        }
    }

    @Test(
        "the mouse moves a slider on the page of the GPUs as it does in a lesson, also from a step",
        arguments: ["eg", "g"])
    func mouseOnGPUs(keys: String) throws {
        var app = ShippedCourse.app("gqa", "from-end-to-end")
        app.type(characters: keys)
        #expect(app.open == "GPUsScreen" && app.isExploring == (keys == "eg"))
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

    /// Keys in a line of "12 34", and what they leave of it, with the cursor at "|".
    private static let edits: [(keys: [Key], line: String)] = [
        ([.left], "12 3|4"), ([.left, .left, .right], "12 3|4"), ([.right], "12 34|"),
        ([.home], "|12 34"), ([.home, .left], "|12 34"), ([.home, .end], "12 34|"),
        ([.control("a")], "|12 34"), ([.control("a"), .control("e")], "12 34|"),
        ([.home, .right, .delete], "1| 34"), ([.delete], "12 34|"), ([.control("w")], "12 |"),
        ([.left, .control("w")], "12 |4"), ([.left, .control("u")], "|4"),
        ([.left, .left, .control("k")], "12 |"), ([.home, .control("k"), .character("5")], "5|"),
        ([.control("u"), .character("6")], "6|"), ([.left, .backspace], "12 |4"),
    ]

    @Test(
        "every key of a line edits it, and is drawn, wherever one is typed",
        arguments: [
            "search", "value", "models", "your figure", "a GPU's value", "answer", "own words",
        ])
    func editing(place: String) throws {
        let (start, keys) =
            switch place {
            case "search": (ShippedCourse.app("gqa", "from-end-to-end"), "/")
            case "value": (ShippedCourse.app("gqa", "from-end-to-end"), "=")
            case "models": (ShippedCourse.app("gqa", "from-end-to-end"), "m")
            case "your figure": (ShippedCourse.app("gqa", "from-end-to-end"), "v")
            case "a GPU's value": (ShippedCourse.app("gqa", "from-end-to-end"), "g=")
            case "answer": (QuestionLesson.app(.number), " ")
            default: (QuestionLesson.app(.free).pressing(.enter), "")
            }
        for (edit, line) in Self.edits {
            var app = start
            app.type(characters: keys + "12 34")
            app.press(edit)
            let screen = try #require(app.screens.last as? any TypingScreen, "\(edit)")
            var told = screen.line.text
            told.insert("|", at: told.index(told.startIndex, offsetBy: screen.line.cursor))
            #expect(told == line, "\(edit)")
            let cursor = try #require(app.canvas().cursor, "\(edit)")
            let row = app.canvas().row(cursor.row).map(\.character)
            let first = cursor.column - screen.line.cursor
            #expect(
                Array(row[first..<first + screen.line.characters.count]) == screen.line.characters,
                "\(edit)")
        }
    }

    @Test(
        "the plain mode tells the whole command that y shows, the lessons' folder among it",
        arguments: [nil, "lessons", "/home/learner/my own lessons"])
    func command(folder: String?) throws {
        let shipped = ShippedCourse.app("gqa", "from-end-to-end")
        let course = Course(lessons: shipped.course.lessons, folder: folder)
        var app = CourseApp(
            course: course, size: .huge, lesson: shipped.lessonIndex, step: shipped.stepIndex)
        app.session.toggleExplore()
        app.session.take(Catalog.models[0])
        let parts = app.session.commandParts(quote: ShellLine.word)
        let last = try #require(parts.last)
        #expect(last.hasPrefix(folder == nil ? "--state" : "--lessons"))
        #expect(folder.map { last.contains($0) } ?? true)
        let command = parts.dropFirst().joined(separator: " ")
        #expect(
            command.contains("--explore") && command.contains("--model \(Catalog.models[0].id)"))
        #expect(app.pressing(.character("y")).words.contains(command))
        var plain = PlainCourse(app.session, width: 200)
        #expect(plain.words("setting").contains(command))
    }
}
