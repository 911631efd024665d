import Testing

@testable import Lessons

@Suite("Words for a block of code, or a paragraph")
struct CodeWordsTests {
    private let front = "---\ntitle: T\nsummary: S\n---\n"

    @Test("are those of the comment before it, on one line")
    func taken() {
        let body = """
            ## A
            <!-- words: An arrow
            leads on. -->
            <!-- only for the author -->

            ``` text
            -->
            ```
            ```
            <--
            ```
            """
        let lesson = Lesson.parse(front + body, file: "1-a.md")
        #expect(lesson.findings == [])
        #expect(
            lesson.steps.map(\.blocks) == [
                [
                    .code(language: "text", lines: ["-->"], words: "An arrow leads on."),
                    .code(language: "", lines: ["<--"]),
                ]
            ])
    }

    @Test("replace a paragraph only where no picture is seen")
    func paragraphs() {
        let body = "## A\n<!-- words: Hear it. -->\nSee *it*.\n\nNext.\n"
        let blocks = Lesson.parse(front + body, file: "1-a.md").steps.first?.blocks ?? []
        #expect(blocks.count == 2 && blocks.first?.inlines.plainText == "See it.")
        guard case .paragraph(_, let words)? = blocks.first else {
            Issue.record("no paragraph")
            return
        }
        #expect(words == "Hear it.")
    }

    @Test("that have neither behind them are found")
    func found() {
        let code = "```\na\n```\n"
        let marked =
            front + "«<!-- words: early -->\n## A\n«<!-- words: prose -->\n- Text.\n"
            + "«<!-- words: -->\n\(code)«<!-- words: a -->\n<!-- words: b -->\n\(code)"
            + "## B\nText.\n«<!-- words: last -->\n"
        let (found, expected) = spots(.remark, in: marked)
        #expect(found == expected)
    }
}
