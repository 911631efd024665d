import Lessons
import Testing

@Suite("A teacher's remarks in comments")
struct RemarkTests {
    private let front = "---\ntitle: T\nsummary: S\n---\n"

    @Test("are notes in paragraphs and a minute, and nothing of them is in the step's text")
    func taken() {
        let body = """
            ## A
            <!-- minute: 3 -->
            Text.
            <!-- notes: Ask who has
            seen this.

            Wait. -->
            ## B
            <!-- notes: Short. -->
            <!-- notes: And more. -->
            <!-- only for the author -->
            Text.
            """
        let lesson = Lesson.parse(front + body, file: "1-a.md")
        #expect(lesson.findings == [])
        #expect(
            lesson.steps.map(\.notes) == [
                ["Ask who has seen this.", "Wait."], ["Short.", "And more."],
            ])
        #expect(lesson.steps.map(\.minute) == [3, nil])
        #expect(lesson.steps.map(\.blocks.count) == [1, 1])
    }

    @Test("name the steps that went into theirs, of the same lesson or of another")
    func former() {
        let body = "## A\n<!-- was: one, gqa/two\nthree -->\nText.\n<!-- was: four -->\n"
        let lesson = Lesson.parse(front + body, file: "1-a.md")
        #expect(lesson.findings == [])
        #expect(lesson.steps[0].former.map(\.id) == ["one", "two", "three", "four"])
        #expect(lesson.steps[0].former.map(\.lesson) == [nil, "gqa", nil, nil])
        let marked =
            front + "## A\n«<!-- was: One -->\nText.\n«<!-- was: a/b/c -->\n«<!-- was: -->\n"
            + "«<!-- was: gqa/ -->\n"
        let (found, expected) = spots(.stepID, in: marked)
        #expect(found == expected)
        let (early, places) = spots(.remark, in: front + "«<!-- was: one -->\n## A\nText.\n")
        #expect(early == places)
    }

    @Test("that belong to no step, or go back in time, are found")
    func found() {
        let marked =
            front + "«<!-- notes: too early -->\n## A\n<!-- minute: 5 -->\nText.\n"
            + "## B\n«<!-- minute: 4 -->\nText.\n## C\n«<!-- minute: soon -->\nText.\n"
            + "## D\n<!-- minute: 5 -->\n«<!-- minute: 6 -->\nText.\n## E\n«<!-- minute: 601 -->\nText."
        let (found, expected) = spots(.remark, in: marked)
        #expect(found == expected)
    }
}
