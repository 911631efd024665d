import CourseContent
import Testing

@testable import CourseSession

@Suite("A step that went into another one")
struct FormerStepTests {
    private static func course(_ steps: [String: String]) -> Course {
        Course(
            files: steps.sorted { $0.key < $1.key }.map { name, steps in
                (name, "---\ntitle: A\nsummary: For tests.\n---\n\n\(steps)")
            })
    }

    private static let question = """
        ```{ask}
        id: size
        question: How many?
        answer: 3
        ```

        """
    private static let before = course([
        "1-a.md": "## One\n\nText.\n\n## Two\n\nText.\n\n\(question)",
        "2-b.md": "## Three\n\nText.\n",
    ])
    private static let after = course([
        "1-a.md": "## One\n\nText.\n",
        "2-b.md": "## Three\n<!-- was: a/two, a/nine -->\n\nText.\n\n\(question)",
    ])
    private static let two = StepID(lesson: "a", part: "two")
    private static let three = StepID(lesson: "b", part: "three")

    /// What a learner leaves behind at the step that goes.
    private static var left: Session {
        var session = Session(course: before, at: (lesson: 0, step: 1))
        session.takeNote("Here.")
        session.kept.answers[QuestionID(lesson: "a", part: "size")] = AnswerRecord(
            given: "3", tries: 1, isRight: true, isRevealed: true)
        return session
    }

    @Test("leads there from progress, with its note, its answer and that it was seen")
    func progress() {
        let session = Session(course: Self.after, progress: Self.left.progress)
        #expect(session.position.step == Self.three)
        #expect(session.progress.visited == [Self.three])
        #expect(session.progress.notes.values.map(\.position.step) == [Self.three])
        #expect(session.progress.notes.keys.allSatisfy { $0.hasPrefix("b/three ") })
        #expect(session.record?.isRight == true)
        let book = Notebook(course: Self.after, progress: Self.left.progress, races: [])
        #expect(book.entries.map(\.step) == ["three"])
        #expect(book.entries.first?.questions.count == 1)
        #expect(book.seen == 1)
    }

    @Test("keeps what the step has already that it went into")
    func both() {
        var progress = Self.left.progress
        let new = QuestionID(lesson: "b", part: "size")
        progress.answers[new] = AnswerRecord(given: "4", tries: 1)
        #expect(progress.named(as: Self.after).answers.mapValues(\.given) == [new: "4"])
    }

    @Test("leaves an answer that the step it went into does not ask for")
    func other() {
        let course = Self.course([
            "1-a.md": "## One\n\nText.\n",
            "2-b.md": "## Three\n<!-- was: a/two -->\n\nText.\n\n## Four\n\nText.\n\n"
                + Self.question,
        ])
        let old = QuestionID(lesson: "a", part: "size")
        #expect(course.current(old) == old)
        let session = Session(course: course, progress: Self.left.progress)
        #expect(session.kept.answers.keys.contains(old))
        #expect(Self.after.current(old) == QuestionID(lesson: "b", part: "size"))
    }

    @Test("leads there from a screen that is followed, and when it is named")
    func named() {
        var follower = Session(course: Self.after)
        var shared = Self.left.shared()
        // With it, the step would be shown as the teacher's edition has it.
        #expect(shared.lesson != nil)
        shared.lesson = nil
        follower.show(shared)
        #expect(follower.position.step == Self.three)
        #expect(follower.notice == nil)
        #expect(Self.after.find(Self.two)?.lesson == 1)
        #expect(Self.after.find(StepID(lesson: "a", part: "ten")) == nil)
    }

    @Test("leads there while the course is edited under the learner")
    func reloaded() {
        var session = Self.left
        session.reload(Self.after)
        #expect(session.position.step == Self.three)
        #expect(session.kept.visited.contains(Self.three))
    }

    @Test("is itself where the course has it")
    func present() {
        let course = Self.course(["1-a.md": "## One\n<!-- was: two -->\n\nText.\n\n## Two\n\nText."]
        )
        #expect(course.find(Self.two)?.step == 1)
    }

    @Test("was in every shipped case a step that is no more")
    func shipped() {
        let course = ShippedCourse.course
        let former = course.lessons.flatMap { lesson in
            lesson.lesson.steps.flatMap { step in
                step.former.map {
                    (StepID(lesson: $0.lesson ?? lesson.id, part: $0.id), lesson.id, step.id)
                }
            }
        }
        #expect(former.contains { $0.0.description == "kv-cache/made-again-each-time" })
        for (name, lesson, step) in former {
            #expect(course.current(name) == StepID(lesson: lesson, part: step))
        }
    }
}
