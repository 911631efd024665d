import Lessons
import Testing

@Suite struct FrontMatterTests {
    @Test("A lesson is its front matter and its steps, its id and title its own")
    func wholeLesson() {
        let text = """
            ---
            title: Heads
            summary: "What they share: notes"
            ---

            # Heads

            ## One *head*

            It reads.

            ## Two
            <!-- id: pair -->

            Both read.
            """
        #expect(
            Lesson.parse(text, file: "lessons/5-gqa.md")
                == Lesson(
                    id: "gqa", file: "lessons/5-gqa.md",
                    frontMatter: Attributes([
                        entry("title", 2, 1, scalar("Heads", 2, 8)),
                        entry("summary", 3, 1, scalar("What they share: notes", 3, 10)),
                    ]),
                    title: "Heads",
                    steps: [
                        Step(
                            id: "one-head", title: "One head", place: at(8, 1),
                            blocks: [paragraph("It reads.", 10, 1)]),
                        Step(
                            id: "pair", title: "Two", place: at(12, 1),
                            blocks: [paragraph("Both read.", 15, 1)]),
                    ],
                    findings: []))
    }

    @Test("Windows line ends and a byte order mark change nothing")
    func lineEnds() {
        let text = step("- a\n- b\n\n```{heads}\nx: y\n```\n| a |\n|---|")
        let windows =
            "\u{FEFF}"
            + text.split(separator: "\n", omittingEmptySubsequences: false)
            .joined(separator: "\r\n")
        #expect(Lesson.parse(windows, file: "a.md") == Lesson.parse(text, file: "a.md"))
        #expect(Lesson.parse(text, file: "a.md").findings == [])
    }

    @Test(
        "A lesson's id is its file's name without number and ending",
        arguments: [
            ("5-gqa.md", "gqa"), ("lessons/10-kv-cache.md", "kv-cache"), ("notes.md", "notes"),
            ("3.md", "3"), ("12-", "12-"), ("a-1", "a-1"), ("", ""),
        ])
    func ids(file: String, id: String) {
        #expect(Lesson.parse(step("Text."), file: file).id == id)
    }

    @Test("Where the front matter has no title, the first heading has, or the id stands for it")
    func titles() {
        let summary = "---\nsummary: S\n---\n"
        #expect(Lesson.parse(summary + "# *My* title\n", file: "1-a.md").title == "My title")
        #expect(Lesson.parse(summary + "## Step\n", file: "1-a.md").title == "a")
    }

    @Test(
        "What front matter lacks is found",
        arguments: [
            "«",
            "«## Step\nText.",
            "«--- x\n## Step\nText.",
            "«---\ntitle: T\nsummary: S\n\n## Step\nText.",
            "«---\ntitle: T\nsummary: S\n## Step\nText.",
            "«---\ntitle: T\n---\n## Step\nText.",
            "««---\n---\n## Step\nText.",
            "---\ntitle:«\nsummary: «[S]\n---\n## Step\nText.",
        ])
    func lacks(marked: String) {
        let (found, marked) = spots(.frontMatter, in: marked)
        #expect(found.filter { $0.rule != TextRule.step.rawValue } == marked)
    }
}
