import CourseContent
import Testing

@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("A shared screen followed by line")
struct PlainFollowingTests {
    /// A student by line who follows a teacher at a step of the small lesson.
    private func pair(_ step: QuestionLesson.Step) -> (CourseApp, PlainCourse, said: String) {
        let teacher = QuestionLesson.app(step)
        var session = Session(course: QuestionLesson.course)
        session.waitForScreen(in: "class")
        var student = PlainCourse(session, width: nil, screenKeys: CourseApp.stepKeys)
        let opening = student.opening().joined(separator: "\n")
        #expect(opening.contains("Waiting for a screen to be shared in class."))
        let said = student.follow(teacher.shared.reread).lines.joined(separator: "\n")
        return (teacher, student, said)
    }

    @Test("is told: the step, then what changes on it, an answer that is shown, and the end")
    func told() {
        var (teacher, student, said) = pair(.number)
        #expect(said.contains("Step 1 of 5: A number"))
        func follow() -> String {
            student.follow(teacher.shared.reread).lines.joined(separator: "\n")
        }
        #expect(follow() == "")
        teacher.session.reveal()
        #expect(follow().contains("It is 403 MB (384 MiB)."))
        teacher.press(".")
        #expect(follow() == "The teacher has blanked the screen.")
        teacher.press(".", .pageDown)
        #expect(follow().contains("Step 2 of 5: A choice"))
        var over = teacher.shared
        over.isOver = true
        #expect(student.follow(over).lines == ["The shared course has ended."])
        #expect(student.noteSilence().lines == [])
    }

    @Test("is left by moving and not by answering, and returned to by follow")
    func left() {
        var (teacher, student, _) = pair(.choice)
        student.type("answer 2")
        #expect(student.session.isFollowing && student.session.classAnswers.count == 1)
        #expect(student.type("next").contains("You are on your own now"))
        teacher.press(.pageDown, .pageDown)
        #expect(student.follow(teacher.shared.reread).lines == [])
        #expect(student.type("f").contains(teacher.step.title))
        #expect(student.type("follow") == "You are following.")
    }

    @Test("asks once whether answers are sent")
    func join() {
        var (_, student, _) = pair(.choice)
        #expect(student.type("join Ada") == "Nobody asks for answers here.")
        #expect(student.askToJoin().lines.joined().contains("So far nothing was sent."))
        var other = student
        #expect(student.take("join Ada").effects == [.joinClass(name: "Ada")])
        #expect(other.take("decline").effects == [.stayOut])
        #expect(other.type("join") == "Nobody asks for answers here.")
    }
}
