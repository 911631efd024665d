import AttentionEngine
import CourseContent
import Foundation
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("Coming back")
struct ResumingTests {
    private func back(_ progress: CourseProgress, _ course: Course = ShippedCourse.course) throws
        -> CourseApp
    {
        // As it comes back from the file.
        let data = try JSONEncoder().encode(progress)
        let read = try JSONDecoder().decode(CourseProgress.self, from: data)
        #expect(read == progress)
        return CourseApp(course: course, size: .usual, progress: read)
    }

    @Test("shows the step and its sliders as they were left")
    func setting() throws {
        var app = ShippedCourse.app("gqa", "from-end-to-end")
        app.press(.home, .tab, .right)
        #expect(app.setting != app.step.setting)
        let again = try back(app.progress)
        #expect(again.setting == app.setting)
        #expect(again.step.id == app.step.id)
        app.press(.character("0"))
        #expect(app.progress.settings == [:])
    }

    @Test("shows the values that were set after an answer, also where they are the step's own")
    func answered() throws {
        for presses: [Key] in [[.left], [.right, .right]] {
            var app = ShippedCourse.app("gqa", "why-so-often-eight")
            app.press("2", .enter)
            #expect(app.setting.keyValueHeads == 4 && app.progress.settings == [:])
            for key in presses { app.press(key) }
            #expect(try back(app.progress).setting == app.setting)
        }
    }

    @Test("returns to free sliders, and from there to the lesson as it was left")
    func exploring() throws {
        var app = ShippedCourse.app("gqa", "from-end-to-end")
        app.press(.home)
        let lesson = app.setting
        app.press(.character("e"), .end)
        var again = try back(app.progress)
        #expect(again.isExploring)
        #expect(again.setting == app.setting)
        again.press(.character("e"))
        #expect(again.setting == lesson)
    }

    @Test(
        "drops a setting whose lesson has other values now, and takes a step that is gone as the first"
    )
    func edited() throws {
        func course(_ g: Int, _ title: String) -> Course {
            Course(files: [
                (
                    "1-a.md",
                    """
                    ---
                    title: A
                    summary: For tests.
                    setting: l=4,b=1,n=8,g=\(g),h=16,s=64,bytes=2
                    ---

                    ## First

                    One.

                    ## \(title)

                    ```{sliders}
                    show: [g]
                    ```
                    """
                )
            ])
        }
        var app = CourseApp(course: course(2, "Second"), size: .usual, lesson: 0, step: 1)
        app.press(.end)
        #expect(app.setting.keyValueHeads == 8)
        #expect(try back(app.progress, course(2, "Second")).setting.keyValueHeads == 8)
        #expect(try back(app.progress, course(4, "Second")).setting.keyValueHeads == 4)
        #expect(try back(app.progress, course(2, "Renamed")).step.title == "First")
    }

    @Test("comes through a course whose lessons and steps share their names, each place its own")
    func sameNames() throws {
        let text = "---\ntitle: A\nsummary: For tests.\n---\n\n## One\n\nText.\n\n## One\n\nMore.\n"
        let course = Course(files: [("1-a.md", text), ("2-a.md", text), ("3-1-a.md", text)])
        var app = CourseApp(course: course, size: .usual)
        var places: Set<StepID> = []
        repeat {
            places.insert(app.session.position.step)
            #expect(try back(app.progress, course).session.position == app.session.position)
        } while app.session.goOn()
        #expect(places.count == 6)
    }

    @Test("takes a file from before there were notes")
    func older() throws {
        let text = #"{"lesson":"gqa","step":"half-of-g","visited":["gqa/half-of-g"],"answers":{}}"#
        let read = try JSONDecoder().decode(CourseProgress.self, from: Data(text.utf8))
        #expect(
            read
                == CourseProgress(
                    lesson: "gqa", step: "half-of-g", visited: ["gqa/half-of-g"]))
    }
}

@Suite("Two programs' progress as one")
struct MergingTests {
    private func note(_ text: String, _ step: String = "a") -> Note {
        Note(text: text, lesson: "l", step: step, setting: "s")
    }

    @Test("has the steps, answers and notes of both")
    func both() {
        let base = CourseProgress(visited: ["l/a"])
        let own = CourseProgress(
            lesson: "l", step: "b", visited: ["l/a", "l/b"],
            answers: ["l/q": AnswerRecord(given: "1", tries: 1)], notes: ["x": note("own")])
        let other = CourseProgress(
            lesson: "l", step: "c", visited: ["l/a", "l/c"],
            answers: ["l/r": AnswerRecord(given: "2", tries: 1)], notes: ["y": note("other", "b")])
        #expect(
            own.merged(since: base, with: other)
                == CourseProgress(
                    lesson: "l", step: "b", visited: ["l/a", "l/b", "l/c"],
                    answers: [
                        "l/q": AnswerRecord(given: "1", tries: 1),
                        "l/r": AnswerRecord(given: "2", tries: 1),
                    ], notes: ["x": note("own"), "y": note("other", "b")]))
    }

    @Test(
        "keeps the other's newer answer where this one's is the old one, and this one's where both are new"
    )
    func newest() {
        let old = ["l/q": AnswerRecord(given: "0")]
        let base = CourseProgress(answers: old)
        let other = CourseProgress(answers: ["l/q": AnswerRecord(given: "2")])
        #expect(base.merged(since: base, with: other) == other)
        let own = CourseProgress(answers: ["l/q": AnswerRecord(given: "1")])
        #expect(own.merged(since: base, with: other) == own)
    }

    @Test("drops what was taken away, unless the other has changed it since")
    func takenAway() {
        let base = CourseProgress(notes: ["x": note("1"), "y": note("2")])
        let other = CourseProgress(notes: ["x": note("1"), "y": note("3")])
        #expect(
            CourseProgress().merged(since: base, with: other)
                == CourseProgress(notes: ["y": note("3")]))
    }

    @Test("has both texts of a note that both wrote, once each however often they save")
    func sameNote() {
        let own = CourseProgress(notes: ["x": note("own")])
        let other = CourseProgress(notes: ["x": note("other")])
        let both = own.merged(since: CourseProgress(), with: other)
        #expect(both.notes["x"]?.text == "other\nown")
        #expect(both.merged(since: both, with: both) == both)
        #expect(other.merged(since: other, with: both) == both)
    }
}
