import Lessons
import Testing

@Suite("What would be lost without a word")
struct LostTests {
    private let front = "---\ntitle: T\nsummary: S\n---\n"

    @Test(
        "Near misses of comments are found where they stand",
        arguments: [
            "«<!-- note: tell it -->", "«<!-- minutes: 3 -->", "«<!-- Notes: x -->",
            "«<!-- notes : x -->", "«<!-- minute 3 -->", "«<!-- notes ask them -->",
            "«<!-- word: x -->", "- a\n  «<!-- notes: x -->\n\nb", "a «<!-- notes: x --> b",
        ])
    func nearMisses(body: String) {
        let (found, marked) = spots(.remark, in: front + "## A\nText.\n\n\(body)\n")
        #expect(found == marked)
    }

    @Test(
        "Comments for the author alone are no near misses",
        arguments: [
            "note that this stays", "later: more", "was wrong before", "the notes: see there",
            "minute details", "Front matter, above: title", "",
        ])
    func ownComments(text: String) {
        let lesson = Lesson.parse(front + "## A\nText.\n\n<!-- \(text) -->\n", file: "1-a.md")
        #expect(lesson.findings == [])
    }

    @Test(
        "Notes that are more than plain text are found",
        arguments: [
            "- a\n- b", "1. a", "```\na\n```", "see [8](value:n)", "see [a](https://b.org)",
            "**now**", "say *this*", "| a |", "# a",
        ])
    func notes(text: String) {
        let (found, marked) = spots(
            .remark, in: front + "## A\nText.\n\n«<!-- notes:\n\(text)\n-->\n")
        #expect(found == marked)
    }

    @Test("A file that is not UTF-8 is one finding, where its first other byte stood")
    func encodings() {
        let windows = Array("\(front)## A\ncaf".utf8) + [0xE9, 0x20, 0x93] + Array("x\n".utf8)
        let lesson = Lesson.parse(String(decoding: windows, as: UTF8.self), file: "1-a.md")
        #expect(lesson.findings.spots == [Spot(rule: "encoding", place: at(6, 4))])
        let units = Array("\(front)## A\nText.\n".utf16)
        for (mark, isLittle) in [
            ([0xFF, 0xFE] as [UInt8], true), ([0xFE, 0xFF], false), ([], true),
        ] {
            let bytes = units.flatMap { unit in
                let (low, high) = (UInt8(unit & 0xFF), UInt8(unit >> 8))
                return isLittle ? [low, high] : [high, low]
            }
            let text = String(decoding: mark + bytes, as: UTF8.self)
            let lesson = Lesson.parse(text, file: "1-a.md")
            #expect(lesson.findings.spots == [Spot(rule: "encoding", place: at(1, 1))])
            #expect(lesson.steps.isEmpty)
        }
    }

    @Test("A file without front matter has one finding for that")
    func withoutFrontMatter() {
        let lesson = Lesson.parse("title: T\nsummary: S\n---\n\n## A\nText.\n", file: "1-a.md")
        #expect(lesson.findings.filter { $0.rule == "step" } == [])
        #expect(lesson.findings.first?.rule == "front-matter")
    }

    @Test(
        "What YAML cannot read is told with the line as it would be read",
        arguments: [
            ("id: a\n\tquestion: b", "write spaces: `  question: b`"),
            ("question: What: this?", "needs quotes: `question: \"What: this?\"`"),
            ("question: Say \"a: b\"", "needs quotes: `question: 'Say \"a: b\"'`"),
            ("answer: @b", "needs quotes: `answer: \"@b\"`"),
            ("id: a\n  question: b", "otherwise than those it belongs to: `question: b`"),
            ("  id: a\n question: b", "otherwise than those it belongs to: `  question: b`"),
            ("words: [a, b", "parted by commas and closed"),
            ("a: \"b", "a quote is opened before here and not closed"),
        ])
    func mended(body: String, words: String) {
        let lesson = Lesson.parse(front + "## A\nText.\n\n```{a}\n\(body)\n```\n", file: "1-a.md")
        #expect(lesson.findings.map(\.rule) == ["yaml"])
        #expect(
            lesson.findings.allSatisfy { $0.message.contains(words) },
            "\(lesson.findings.map(\.message))")
    }
}
