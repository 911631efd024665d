import CourseContent
import TerminalCanvas
import TestSupport
import Testing

@testable import CourseExport
@testable import CourseScreens
@testable import CourseSession

@Suite("A step that pauses")
struct PauseTests {
    private static let text = """
        ---
        title: A lesson
        summary: For a test.
        setting: l=4,b=1,n=8,g=2,h=16,s=64,bytes=2
        ---

        ## A step

        First words.

        <!-- notes: At first. -->
        <!-- pause -->

        Second words.

        ```{heads}
        ```

        <!-- notes: Then. -->
        <!-- pause -->

        ```{ask}
        id: size
        question: How many query heads?
        answer: value:n
        hint: Count them.
        because: They are 8.
        ```

        ## Another

        Last words, of more than the others.
        """

    private static let course = Course(files: [(name: "1-test.md", text: text)])

    private static func app() -> CourseApp {
        CourseApp(course: course, size: .usual, lesson: 0, step: 0)
    }

    @Test("shows its portions one after the other, forward and back")
    func portions() {
        var app = Self.app()
        func shown() -> [Bool] {
            ["First words", "Second words", "How many query heads"].map(app.words.contains)
        }
        #expect(shown() == [true, false, false])
        app.press(.character(" "))
        #expect(shown() == [true, true, false])
        #expect(app.step.widgets.count == 1)
        app.press(.pageDown)
        #expect(shown() == [true, true, true])
        #expect(!app.session.isPaused)
        app.press(.pageUp)
        #expect(shown() == [true, true, false])
        app.press(.pageDown, .pageDown)
        #expect(app.stepIndex == 1)
        app.press(.pageUp)
        #expect(app.stepIndex == 0 && shown() == [true, true, true])
    }

    @Test("keeps what is shown while all sliders are free, and shows it to those who follow")
    func kept() {
        var app = Self.app().pressing(.character(" "))
        app.press(.character("e"))
        app.press(.character("e"))
        #expect(app.session.position.shown == 2)
        var follower = Self.app()
        follower.session.show(app.shared)
        #expect(follower.session.position.shown == 2)
        var forged = app.shared
        for number in [Int.min, 0, 99, .max] {
            forged.position.shown = number
            follower.session.show(forged)
            #expect([1, 3].contains(follower.session.position.shown))
        }
    }

    @Test("hides before the pause what its question asks for behind it")
    func veiled() {
        #expect(Self.app().session.isVeiled)
    }

    @Test("is whole on a hand-out, whose teacher's edition has all there is to say")
    func handout() {
        let steps = Self.course.openings(ofLesson: nil, size: .usual, glyphs: .unicode)
        let student = markdownHandout(title: "T", steps: steps, edition: .student)
        let teacher = markdownHandout(title: "T", steps: steps, edition: .teacher)
        #expect(student.contains("How many query heads") && !student.contains("They are 8"))
        for text in ["At first", "Then", "Count them", "Answer", "They are 8"] {
            #expect(!student.contains(text) && teacher.contains(text), "\(text)")
        }
        #expect(
            steps[0].session.step.teacherRemarks.map(\.label) == [
                "Notes", "Notes", "Hint", "Answer",
            ])
    }

    @Test("has notes of its own at each portion, and tells what comes next")
    func notes() {
        var notes = SpeakerNotes(course: Self.course, size: .usual, glyphs: .unicode)
        var app = Self.app()
        func rows() -> String {
            notes.follow(app.shared)
            return notes.canvas(minutes: 0).text
        }
        let first = rows()
        #expect(first.contains("At first.") && !first.contains("Then."))
        #expect(first.contains("portion 2") && first.contains("Second words."))
        app.press(.character(" "), .pageDown)
        let last = rows()
        #expect(!last.contains("At first.") && last.contains("portion 3 of 3"))
        #expect(last.contains("Another") && last.contains("Last words, of more"))
        app.screens.append(BlankScreen())
        #expect(rows().contains("blank screen"))
    }

    @Test("that has nothing on one side is found")
    func nothing() {
        MarkedLesson(step: "^^<!-- pause -->").expect(
            (
                "remark",
                "a pause parts what is shown of a step at once from what comes then; nothing of the "
                    + "step stands on one side of this one"
            ))
        #expect(
            MarkedLesson(step: "<!-- Pause -->\n\nMore.").findings.map(\.severity) == [.warning])
    }
}
