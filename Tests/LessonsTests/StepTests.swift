import Lessons
import Testing

@Suite struct StepTests {
    private let front = "---\ntitle: T\nsummary: S\n---\n"

    private func steps(_ body: String) -> [Step] {
        Lesson.parse(front + body, file: "a.md").steps
    }

    @Test(
        "An id is a title's letters and digits",
        arguments: [
            ("Eight groups", "eight-groups"), ("  What *n/g* is: 4!  ", "what-n-g-is-4"),
            ("K/V & Q", "k-v-q"), ("Größe", "größe"),
            ("DeepSeek's heads", "deepseeks-heads"), ("!!", "step"),
        ])
    func slugs(title: String, id: String) {
        #expect(steps("## \(title)\nText.").map(\.id) == [id])
    }

    @Test("Headings in code, comments and deeper levels start no step")
    func headings() {
        #expect(
            steps("## A\n```\n## B\n```\n<!--\n## C\n-->\n### D\n## E\nText.").map(\.title)
                == ["A", "E"])
    }

    @Test("Steps of one name get ids of their own")
    func duplicates() {
        let marked =
            front
            + "## A\nText.\n«## A\nText.\n## B\n«<!-- id: a -->\nText.\n## A 2\nText.\n«## A\nText."
        let (found, expected) = spots(.stepID, in: marked)
        #expect(found.count == 4)
        #expect(found.filter(expected.contains) == expected)
        let ids = steps(String(marked.dropFirst(front.count)).filter { $0 != "«" }).map(\.id)
        #expect(Set(ids).count == 5)
        #expect(ids.prefix(3) == ["a", "a-2", "a-3"])
    }

    @Test(
        "Ids that are none, or stand where none belongs, are found",
        arguments: [
            "## A\n«<!-- id: My Id -->\nText.",
            "## A\n«<!-- id: -->\nText.",
            "## A\nText.\n\n«<!-- id: b -->",
            "## A\n<!-- id: b -->\n«<!-- id: c -->\nText.",
            "«<!-- id: b -->\n## A\nText.",
        ])
    func badIDs(body: String) {
        let (found, marked) = spots(.stepID, in: front + body)
        #expect(found == marked)
    }

    @Test(
        "What is wrong with steps is found",
        arguments: [
            "«\n",
            "«\n<!-- nothing -->",
            "«## A",
            "## A\nText.\n«## B\n<!-- id: b -->\n## C\nText.",
            "«Text.\n\n- text\n\n## A\nText.",
            "\n# T\n\n«> text\n\n## A\nText.",
            "\n«```{heads}\n```\n## A\nText.",
            "«##\nText.",
            "## A «[12](group-size:)\nText.",
        ])
    func problems(body: String) {
        let (found, marked) = spots(.step, in: front + body)
        #expect(found == marked)
    }
}
