import CourseContent
import Foundation
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

/// Classes that have answered.
enum Classroom {
    /// A class of which each student gave one answer to a question of the small lesson.
    static func answering(_ question: String, _ given: [String], found: [[Int]] = [])
        -> ClassAnswers
    {
        let records =
            given.map { AnswerRecord(given: $0, tries: 1) }
            + found.map { AnswerRecord(tries: 2, found: $0) }
        return ClassAnswers(
            students: records.enumerated().map { index, record in
                let id = QuestionID(lesson: "questions", part: question)
                return .init(
                    id: "\(index)", given: StudentAnswers(answers: [id: record]), isHere: true)
            })
    }

    /// The small lesson before a class.
    static func app(
        _ step: QuestionLesson.Step, _ classroom: ClassAnswers, size: Size = .usual
    ) -> CourseApp {
        var app = QuestionLesson.app(step, size: size)
        app.session.isPresenting = true
        app.session.classroom = classroom
        return app
    }
}

@Suite("What a class answers")
struct ClassAnswersTests {
    private let sizes = ["403 MB", "201 MB", "403 MB", "0.4 GB", "12 GB", "many", "\u{1B}[2J"]

    @Test("is told by key: who follows and has answered, each answer's share, and nobody's name")
    func bars() {
        let classroom = Classroom.answering("pick", ["l", "b", "l", "forged"])
        let app = Classroom.app(.choice, classroom).pressing("A")
        #expect(app.open == "SpreadScreen")
        #expect(app.words.contains("4 follow, 4 have answered."))
        #expect(app.words.contains("1 gave another answer."))
        #expect(app.rows.contains { $0.contains("2  50 %") })
        #expect(app.rows.contains { $0.contains("1  25 %") })
        #expect(app.footer.contains("Space show the answer"))
    }

    @Test("is shown without the right answer first, the same whichever is right")
    func hidden() {
        let classroom = Classroom.answering("pick", ["l", "b", "s", "s"])
        var other = Classroom.app(.choice, classroom)
        let moved = QuestionLesson.text.replacing("    right: true\n", with: "")
            .replacing("text: s\n", with: "text: s\n    right: true\n")
        other.session.course = Course(files: [("1-questions.md", moved)])
        let app = Classroom.app(.choice, classroom).pressing("A")
        #expect(other.pressing("A").canvas().shows(app.canvas()))
        let shown = app.pressing(.space)
        #expect(shown.open == "SpreadScreen" && !shown.session.isAnswerOpen)
        #expect(shown.words.contains("1 of 4 was right at once."))
        #expect(shown.rows.contains { $0.contains("\u{2713} 2 l") })
        #expect(shown.pressing(.pageDown).stepIndex == app.stepIndex + 1)
        #expect(app.pressing("A").open == nil)
    }

    @Test("of a number stands on one scale, the right one among the guesses once it is shown")
    func guesses() throws {
        let app = Classroom.app(.number, Classroom.answering("size", sizes)).pressing("A")
        #expect(app.words.contains("7 have answered."))
        #expect(app.words.contains("2 typed no number."))
        #expect(!app.words.contains("right"))
        let shown = app.pressing(.space)
        #expect(shown.words.contains("3 of 7 were right at once."))
        #expect(shown.words.contains("403 MB (384 MiB) is right"))
        let spread = try #require(app.session.spread)
        guard case .guesses(let guesses, _, _) = spread.form else {
            Issue.record("numbers are guessed")
            return
        }
        #expect(guesses.map(\.value) == guesses.map(\.value).sorted() && guesses.count == 5)
        #expect(spread.causes.first?.count == 1)
        for row in shown.rows { #expect(row.unicodeScalars.allSatisfy { $0.value >= 0x20 }) }
    }

    @Test("of mistakes in a table is how many of them were found, and of own words only counted")
    func others() {
        let found = Classroom.answering("mistakes", [], found: [[1, 5], [1], [1, 900], []])
        let app = Classroom.app(.find, found).pressing("A")
        #expect(app.rows.contains { $0.contains("2 1 of 2 found") })
        #expect(app.rows.contains { $0.contains("2  50 %") })
        let words = Classroom.app(.free, Classroom.answering("words", ["Secret words"]))
        #expect(!words.pressing("A").words.contains("Secret"))
        #expect(Classroom.app(.end, found).pressing("A").words.contains("This step asks nothing."))
    }

    @Test("fits every size, also of nobody and of thousands", arguments: Size.supported)
    func everySize(size: Size) {
        let many = (0..<3_000).map { ["403 MB", "1 B", "9 EB", "b", "l"][$0 % 5] }
        for step in [QuestionLesson.Step.number, .choice, .find, .free, .end] {
            for (question, given) in [("size", many), ("pick", many), ("pick", [])] {
                let classroom = Classroom.answering(question, given)
                let app = Classroom.app(step, classroom, size: size).pressing("A")
                #expect(app.canvas().cutTexts == [])
                #expect(app.pressing(.space).canvas().cutTexts == [])
            }
        }
    }

    @Test("is in the teacher's notes with the right answer")
    func notes() {
        let course = QuestionLesson.course
        var notes = SpeakerNotes(course: course, size: .usual, glyphs: .unicode)
        notes.classroom = Classroom.answering("pick", ["l", "b", "l"])
        notes.follow(QuestionLesson.app(.choice).shared)
        let words = notes.canvas(minutes: 0).rows.joined(separator: " ")
        #expect(words.contains("3 follow, 3 have answered. 2 of 3 were right at once."))
    }

    @Test("is read from a file that anyone may have written, no longer than can be typed")
    func hostile() throws {
        let long = String(repeating: "x", count: 10_000)
        let text = """
            {"version": 9, "name": "  A\\u001b[2J\\n\(long)", "isFollowing": true, "answers": {
             "a/b": {"given": "\(long)", "found": [1, 1, 2]}, "nothing": {"given": "x"}}}
            """
        let given = try JSONDecoder().decode(StudentAnswers.self, from: Data(text.utf8))
        #expect(given.name?.count == StudentAnswers.longestName)
        #expect(given.name?.unicodeScalars.allSatisfy { $0.value >= 0x20 } == true)
        #expect(given.answers.count == 1)
        #expect(given.answers.values.first?.given.count == 500)
        #expect(given.answers.values.first?.found == [1, 2])
        #expect(StudentAnswers(name: " \n").name == nil)
        let data = try JSONEncoder().encode(given)
        #expect(try JSONDecoder().decode(StudentAnswers.self, from: data) == given)
    }
}

@Suite("A student in a class")
struct StudentTests {
    /// A teacher at a step of the small lesson, and a student who follows.
    private func pair(_ step: QuestionLesson.Step) -> (teacher: CourseApp, student: CourseApp) {
        var teacher = QuestionLesson.app(step)
        teacher.session.isPresenting = true
        var student = CourseApp(course: QuestionLesson.course, size: .usual)
        student.follow(teacher.shared.reread)
        return (teacher, student)
    }

    @Test("is asked once, and sends nothing unless they say so")
    func asked() {
        var (_, student) = pair(.number)
        student.askToJoin()
        student.askToJoin()
        #expect(student.openNames == ["JoinScreen"])
        #expect(student.pressing(.escape).open == nil)
        #expect(student.press("A", "d", "a", .enter) == [.joinClass(name: "Ada")])
        student.askToJoin()
        #expect(student.press(.escape) == [.stayOut])
    }

    @Test(
        "answers and follows on; the answer counts for the class, and stays when the teacher moves a slider"
    )
    func answers() {
        var (teacher, student) = pair(.number)
        student.press(.enter)
        student.type(characters: "12 GB")
        student.press(.enter, .escape)
        #expect(student.session.isFollowing)
        let question = QuestionID(lesson: "questions", part: "size")
        #expect(student.session.classAnswers[question]?.given == "12 GB")
        #expect(student.session.isAnswerOpen == false)
        teacher.press(.enter, .escape, "u")
        student.follow(teacher.shared.reread)
        #expect(student.record?.given == "12 GB" && !student.session.isAnswerOpen)
        teacher.press(.pageDown, .pageDown)
        student.follow(teacher.shared.reread)
        #expect(student.step.id == "a-choice")
    }

    @Test("gives the class no answer of an earlier day, and none to what it was not shown")
    func ownAffairs() {
        let question = QuestionID(lesson: "questions", part: "size")
        var progress = CourseProgress()
        progress.answers[question] = AnswerRecord(
            given: "1 B", tries: 4, isRevealed: true, first: "2 B")
        let teacher = QuestionLesson.app(.number)
        var student = CourseApp(course: QuestionLesson.course, size: .usual, progress: progress)
        student.follow(teacher.shared.reread)
        #expect(student.session.classAnswers.isEmpty)
        student.press(.enter)
        student.type(characters: "403 MB")
        student.press(.enter)
        #expect(student.session.classAnswers[question]?.firstGuess == "403 MB")
        student.press(.pageDown, .enter, "1", .enter)
        #expect(student.step.id == "a-choice" && !student.session.isFollowing)
        #expect(student.session.classAnswers.count == 1)
    }

    @Test(
        "looks without letting go, and what they look at stays until they close it",
        arguments: ["?", "w", "y", "u", "c", "/", "t"])
    func looking(key: Character) {
        var teacher = ShippedCourse.app("gqa", "from-end-to-end")
        var student = teacher.follower()
        student.press(.character(key))
        #expect(student.session.isFollowing)
        let open = student.open
        teacher.press(.pageDown)
        student.follow(teacher.shared.reread)
        #expect(student.open == open)
        if open != nil {
            #expect(student.rows.first?.contains("the class is elsewhere") == true)
            student.press(.escape)
        }
        #expect(student.step.id == teacher.step.id && student.session.isFollowing)
    }

    @Test("keeps an open choice when the teacher moves on, as what is typed")
    func choice() {
        var (teacher, student) = pair(.choice)
        student.press(.enter, .down, .down)
        let open = student.opened
        teacher.press(.pageDown, .pageDown)
        student.follow(teacher.shared.reread)
        #expect(student.opened == open && student.step.id == "a-choice")
        student.press(.up, .enter)
        #expect(student.session.classAnswers.values.first?.isRight == true)
        #expect(student.step.id == "own-words")
    }

    @Test("is told when nothing was heard for long, and when something is again")
    func silence() {
        let (teacher, following) = pair(.number)
        var student = following
        student.session.noteSilence()
        #expect(student.words.contains("Nothing was heard of the shared screen"))
        #expect(student.rows.first?.contains("no news") == true)
        student.follow(teacher.shared.reread)
        #expect(student.rows.first?.contains("following") == true)
        var over = teacher.shared
        over.isOver = true
        student.follow(over)
        student.session.noteSilence()
        #expect(student.rows.first?.contains("ended") == true)
    }
}

@Suite("A teacher's edition of a lesson")
struct TeachersEditionTests {
    private func course(_ text: String, file: String = "1-questions.md") -> Course {
        Course(files: [(file, text)])
    }

    @Test("is shown in place of another one, or of none, which is said; also as it is edited")
    func shown() {
        let text = QuestionLesson.text.replacing("How large is it?", with: "Of the teacher.")
        var teacher = CourseApp(course: course(text), size: .usual, lesson: 0, step: 0)
        var other = CourseApp(course: QuestionLesson.course, size: .usual)
        other.follow(teacher.shared.reread)
        #expect(other.words.contains("Of the teacher."))
        #expect(other.notice?.contains("another one; the teacher's is shown") == true)
        var without = CourseApp(course: ShippedCourse.course, size: .usual)
        without.follow(teacher.shared.reread)
        #expect(without.words.contains("Of the teacher."))
        #expect(without.notice?.contains("does not have this lesson") == true)
        #expect(without.course.lessons.count == ShippedCourse.course.lessons.count + 1)
        teacher.reload(course(text.replacing("Of the teacher.", with: "Edited there.")))
        other.follow(teacher.shared.reread)
        #expect(other.words.contains("Edited there."))
        #expect(other.notice == "The teacher has edited this lesson.")
        other.follow(teacher.shared.reread)
        #expect(other.course.taking(teacher.shared.lesson!) == nil)
    }

    @Test("has its notes beside it, also where the notes' own course lacks it")
    func notes() {
        let text = QuestionLesson.text.replacing(
            "How large is it?", with: "<!-- notes: Ask them first. -->\n\nHow large is it?")
        let teacher = CourseApp(course: course(text), size: .usual, lesson: 0, step: 0)
        var notes = SpeakerNotes(course: ShippedCourse.course, size: .usual, glyphs: .ascii)
        notes.follow(teacher.shared.reread)
        #expect(notes.canvas(minutes: 0).rows.contains { $0.contains("Ask them first.") })
    }

    @Test("is taken from no file that is no lesson's, and none that is too long is handed on")
    func hostile() {
        let course = QuestionLesson.course
        for file in ["../1-x.md", "thesis.md", "0-x.md", ""] {
            #expect(LessonText(file: file, text: "## A").flatMap(course.taking) == nil)
        }
        #expect(LessonText(file: "1-x.md", text: String(repeating: "x", count: 400_001)) == nil)
    }
}
