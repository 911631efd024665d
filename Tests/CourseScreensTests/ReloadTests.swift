import CourseContent
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("A course edited while it is open")
struct ReloadTests {
    /// A course of two lessons, the first with steps of these titles.
    private func course(
        _ titles: [String], words: String = "Words.", setting: String = "g=8", second: Bool = true
    ) -> Course {
        let front = """
            ---
            title: A lesson
            summary: For a test.
            setting: l=96,b=1,n=96,\(setting),h=128,s=1024,bytes=2
            ---

            """
        let steps = titles.map { title in
            "\n## \(title)\n\n\(words)\n\n```{sliders}\nshow: [g, s]\n```\n"
        }
        let files = [("1-one.md", front + steps.joined()), ("2-two.md", front + steps[0])]
        return Course(files: second ? files : [files[0]])
    }

    private func app(_ course: Course, lesson: Int = 0, step: Int) -> CourseApp {
        CourseApp(course: course, size: .usual, lesson: lesson, step: step)
    }

    @Test(
        "keeps the step by its id, or stays behind the nearest before it that is left",
        arguments: [
            (["A", "B", "C"], "B"), (["Zero", "A", "B", "C"], "B"), (["A", "Other", "C"], "Other"),
            (["A", "C"], "C"), (["A"], "A"), (["C"], "C"), (["X", "Y"], "X"),
        ])
    func place(titles: [String], expected: String) {
        var app = app(course(["A", "B", "C"]), step: 1)
        app.reload(course(titles))
        #expect(app.step.title == expected)
        #expect(app.progress.position.step.part == app.step.id)
    }

    @Test("keeps the learner's values and slider, unless the step's own values are others now")
    func values() {
        var app = app(course(["A", "B"]), step: 1).pressing(.tab, .right)
        let moved = app.setting
        #expect(moved != app.step.setting)
        app.reload(course(["A", "B"], words: "Other words."))
        #expect(app.setting == moved)
        #expect(app.focused?.parameter == .tokens)
        #expect(app.words.contains("Other words."))
        #expect(app.notice == "Reloaded: 1-one.md, 2-two.md")
        app.reload(course(["A", "B"], words: "Other words.", setting: "g=4"))
        #expect(app.setting == app.step.setting)
        #expect(app.setting.keyValueHeads == 4)
    }

    @Test("empties a cache that holds more tokens than its sentence has left")
    func shorterSentence() {
        func course(_ words: String) -> Course {
            let text = """
                ---
                title: A lesson
                summary: For a test.
                setting: l=1,b=1,n=1,g=1,h=8,s=8,bytes=2
                ---

                ## A step

                ```{append}
                words: [\(words)]
                ```
                """
            return Course(files: [("1-one.md", text)])
        }
        var app = app(course("a, b, c"), step: 0)
        app.press(.character("r"), .character("r"), .character("r"))
        #expect(app.words.contains("held 96 bytes"))
        app.reload(course("a, b, c, d"))
        #expect(app.words.contains("held 96 bytes"))
        app.reload(course("a, b"))
        #expect(app.words.contains("held 0 bytes"))
    }

    @Test("keeps the good version of a broken lesson, and says where it is broken")
    func broken() {
        var app = app(course(["A", "B"]), step: 1)
        app.reload(course(["A", "B"], words: "Bad.\n\n```{slidders}\n```"))
        #expect(app.words.contains("Words."))
        #expect(
            app.notice?.hasPrefix("1-one.md:11: ") == true
                && app.notice?.hasSuffix("; the previous version stays") == true)
        app.reload(course(["A", "B"]))
        #expect(app.notice == nil)
        app.reload(course(["A", "B"], words: "Mended."))
        #expect(app.words.contains("Mended."))
    }

    @Test("says what is wrong with a lesson that was broken from the start")
    func brokenAtStart() {
        let good = "---\ntitle: Good\nsummary: s\n---\n\n## One\n\nWords.\n"
        var app = CourseApp(
            course: Course(files: [("1-good.md", good), ("2-bad.md", "x")], folder: "own"),
            size: .usual)
        app.session.tellErrors()
        #expect(app.notice?.hasPrefix("2-bad.md:1: ") == true)
        app.press(.character("]"))
        #expect(app.words.contains("No step here 2-bad.md:1: "))
    }

    @Test("shows a lesson that never was good as it is now")
    func neverGood() {
        var app = app(course(["A"], words: "```{slidders}\n```"), step: 0)
        app.reload(course(["A"], words: "Less bad.\n\n```{slidders}\n```"))
        #expect(app.words.contains("Less bad."))
        #expect(app.notice?.hasSuffix("stays") == false)
    }

    @Test("goes to a lesson that is left when its own is gone")
    func lessonGone() {
        var app = app(course(["A"]), lesson: 1, step: 0)
        app.reload(course(["A"], second: false))
        #expect(app.lesson?.id == "one")
        #expect(app.canvas().rows.first?.contains("1 A lesson") == true)
    }

    @Test("leaves what is being answered, chosen and explored in a state that can be drawn")
    func open() {
        for step in [QuestionLesson.Step.number, .choice, .free, .find] {
            var app = QuestionLesson.app(step).pressing(.enter, .down, .down)
            app.reload(Course(files: [("1-questions.md", QuestionLesson.text)]))
            #expect(app.answering != nil)
            app.reload(
                Course(files: [
                    (
                        "1-questions.md",
                        QuestionLesson.text
                            .replacing("{ask}", with: "text")
                            .replacing("{find}", with: "text")
                    )
                ]))
            #expect(app.answering == nil)
            #expect(app.canvas().rows.count == Size.usual.height)
        }
        var contents = app(course(["A", "B", "C"]), step: 2).pressing(.character("c"))
        contents.reload(course(["A"], second: false))
        contents.press(.enter)
        #expect(contents.step.title == "A")
        var exploring = app(course(["A", "B"]), step: 1).pressing(.character("e"))
        exploring.reload(course(["A", "B"], setting: "g=4"))
        #expect(exploring.isExploring)
        exploring.press(.character("e"))
        #expect(exploring.step.title == "B")
    }
}
