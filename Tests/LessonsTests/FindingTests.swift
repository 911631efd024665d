import Lessons
import Testing

@Suite struct FindingTests {
    @Test(
        "Markdown outside the supported part is found where it stands",
        arguments: [
            "a «![b](c.png) d",
            "a «<b>c</b> d",
            "«<div class=\"x\">\na\n</div>",
            "a «</b>",
            "«<br/>",
            "a «<!DOCTYPE html>",
            "a\n«===",
            "a\nb\n«---",
            "a\n\n    «b\n    c\n\n    d\n\ne",
            "\t«a",
            "a «[b][c]",
            "a «[b][]",
            "a\n\n«[b]: https://c.org",
            "a«[^1]",
            "«[^1]: b",
            "a\n\n«***\n\n«---\n«- - -",
            "a\n\n«# b",
            "- a\n  «## b\n> «# c",
            "«##b",
            "a\n«###b",
            "- «[ ] a\n- «[x] b\n1. «[X]",
            "a «~~b«~~",
            "a «&copy; «&#65;",
            "«[a](https://b.org \"c\")",
        ])
    func markdown(body: String) {
        let (found, marked) = spots(.markdown, in: stepWithText(body))
        #expect(found == marked)
    }

    @Test(
        "What only looks like it is text",
        arguments: [
            "a < b > c", "g<=n, n>g", "a <3", "[1, 2] and [x]", "[ ]", "1.5 * 2 - 3", "#1 of n",
            "R&D; AT&T", "~5 and ~6", "a [x] (y)", "2^[1 2]", "    ", "- a\n\n     b",
            "`<b>` `![a](b)` `[^1]`", "\\<b> \\![a] \\[b][c]", "| a |\n|---|\n| - |", "-1", "1.x",
        ])
    func lookalikes(body: String) {
        #expect(Lesson.parse(stepWithText(body), file: "a.md").findings == [])
    }

    @Test(
        "A fence that nothing closes is found where it opens",
        arguments: [
            "«```\na\n## b", "«~~~~{ask}\nid: 1\n~~~\n```", "- a\n\n  «```\n  b\n\nc", "> «```\nb",
        ])
    func fences(body: String) {
        let (found, marked) = spots(.fence, in: step(body))
        #expect(found == marked)
    }

    @Test(
        "Braces that name no block are found",
        arguments: [
            "```«{}\n```", "```«{heads\n```", "``` «{two words}\n```", "```«{heads} x\n```",
            "```«{1}\n```",
        ])
    func directiveNames(body: String) {
        let (found, marked) = spots(.directive, in: step(body))
        #expect(found == marked)
    }

    @Test("Blocks in braces inside lists and quotes are found")
    func nestedDirectives() {
        let (found, marked) = spots(
            .directive, in: step("- a\n  ```«{heads}\n  ```\n\n> ```«{ask}\n> id: a\n> ```"))
        #expect(found == marked)
    }

    @Test(
        "Comments without an end, or with text behind it, are found",
        arguments: [
            "a\n\n«<!-- b\n\nc", "a «<!-- b\nc «<!--", "<!-- a --> «b *c*", "<!--\n--> «a",
        ])
    func comments(body: String) {
        let (found, marked) = spots(.comment, in: stepWithText(body))
        #expect(found.filter { $0.rule != TextRule.step.rawValue } == marked)
    }

    @Test(
        "Links that would not be links are found",
        arguments: [
            "«[a](cache:g=4, s=8)", "«[a]()", "«[a](b", "«[a](<b)", "«[a](b \"c)",
            "«[a](((((((((((((((((((((((((((((((((((((((((b)",
        ])
    func links(body: String) {
        let (found, marked) = spots(.link, in: step(body))
        #expect(found == marked)
    }

    @Test(
        "Table rows with a wrong number of cells are found",
        arguments: [
            "| a | b |\n|---|---|\n«| 1 |\n| 1 | 2 |\n«| 1 | 2 | 3 |\n«text",
            "| a | b |\n«|---|",
            "| a |\n«|---|---|",
            "«|" + String(repeating: "a|", count: 17) + "\n|" + String(repeating: "-|", count: 17),
        ])
    func tables(body: String) {
        let (found, marked) = spots(.table, in: step(body))
        #expect(found == marked)
    }

    @Test("Control characters are found, each, and shown as what they are not")
    func controls() {
        let (found, marked) = spots(
            .controlCharacter,
            in:
                "---\ntitle: T«\u{7}\nsummary: S\n---\n## A\né«\u{0}b«\u{1B}[0m\tc«\u{2028}d«\u{85}\n"
                + "```\n«\u{FEFF}«\u{7F}\n```\na«\rb\n")
        #expect(found == marked)
        #expect(inlines("a\u{0}b") == [text("a\u{FFFD}b", 1, 1)])
    }

    @Test("Signs that turn a line around or hide in it are found, those that join letters are not")
    func unseen() {
        let (found, marked) = spots(
            .controlCharacter, in: step("a«\u{202E}b«\u{2066}c«\u{200B}d\u{200D}e"))
        #expect(found == marked)
    }

    @Test("Lists and quotes nest sixteen levels deep")
    func depth() {
        let quotes = String(repeating: "> ", count: 16)
        let lists = (0..<16).map { String(repeating: "  ", count: $0) + "- a" }
        #expect(Lesson.parse(step(quotes + "a"), file: "a.md").findings == [])
        let deepest = step(lists.joined(separator: "\n"))
        #expect(Lesson.parse(deepest, file: "a.md").findings == [])
        for deeper in ["«> a", "«- a", "«1. a"] {
            let (found, marked) = spots(.markdown, in: step(quotes + deeper))
            #expect(found == marked)
        }
    }

    @Test("A file of more than 1 MiB is one finding and no steps")
    func size() {
        let long = step(String(repeating: "long ", count: 1 << 18))
        let lesson = Lesson.parse(long, file: "3-long.md")
        #expect(lesson.findings.spots == [Spot(rule: "size", place: at(1, 1))])
        #expect(lesson.id == "long")
        #expect(lesson.steps == [])
    }

    @Test("What a message quotes is bounded, and what would be right still stands at its end")
    func boundedMessage() throws {
        let name = String(repeating: "\u{1F469}\u{200D}", count: 20_000)
        let finding = Finding(
            rule: "r", place: at(1, 1), message: "\"\(name)\" is no name; write another")
        #expect(finding.message.unicodeScalars.count == 703)
        #expect(finding.message.unicodeScalars.starts(with: "\"\u{1F469}\u{200D}".unicodeScalars))
        #expect(finding.message.hasSuffix(" is no name; write another"))
        let lesson = Lesson.parse(step("<!-- id: a\(name) -->"), file: "a.md")
        #expect(!lesson.findings.isEmpty)
        #expect(lesson.findings.allSatisfy { $0.message.unicodeScalars.count <= 703 })
    }

    @Test("After a thousand findings the rest is left out")
    func many() {
        let lesson = Lesson.parse(step(String(repeating: "<b> ", count: 2_000)), file: "a.md")
        #expect(lesson.findings.count == 1_001)
        #expect(lesson.findings.last?.spot == Spot(rule: "size", place: at(7, 4_001)))
    }

    @Test("Messages are one line that names the fact and what to write instead")
    func wording() {
        let lesson = Lesson.parse(
            step("| a | b |\n|---|---|\n| c |\n\nx\u{7}\n\n```{a}\nb: 1\nb: 2\n```"), file: "a.md")
        #expect(
            lesson.findings.map(\.message) == [
                "this row has 1 cells, the header 2; write | inside a cell as \\|",
                "remove the invisible character U+0007",
                "\"b\" appears twice; keep one",
            ])
    }
}
