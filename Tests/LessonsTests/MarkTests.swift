import ForeignText
import TestSupport
import Testing

@testable import Lessons

@Suite struct MarkTests {
    /// Where marks may stand in a lesson; "%" is where.
    private static let places = [
        "a%", "%", "### a%", "x\n\n## a%\n\nx", "<!-- id: a% -->\n\nx", "<!-- notes: a% -->\n\nx",
        "<!-- minute: a% -->\n\nx", "<!-- words: a% -->\n```\nx\n```", "<!-- a% -->\n\nx",
        "[a%](b)",
        "[a](b%)", "[a](b%:c)", "[1](cache:g=8%)", "[1](cache:g%=8)", "[1%](cache:g=8)", "*a%*",
        "[a](b \"%\")", "[a](<b%>)", "![a%](b)", "<http:a%>", "<b%>", "</b%>", "&a%;", "`a%`",
        "[^a%]", "[a%][b]", "~~a%~~", "a\\%", "```\na%\n```", "```a%\na\n```", "    a%", "- a%",
        "1. a%", "> a%", "|a%|b|\n|-|-|\n|c|d|", "|a|b|\n|-|-|\n|c%|d|", "```{a%}\n```",
    ]
    /// The same in YAML, of which 64 KB are read.
    private static let places64 = [
        "a%: 1", "a: b%", "\"a%\": 1", "'a%': 1", "? a%\n: 1", "? [a%]\n: 1", "{a%: 1}",
        "a: {b%: 1}",
        "a: [b%]", "a: |\n  b%", "a: >\n  b%", "# a%\na: 1", "a: &b% 1", "a: *b%", "a: !b% 1",
    ]
    private static let pair = "\u{301}\u{323}"
    private static let most = String(repeating: pair, count: 15)

    private func parse(_ text: String) -> (lesson: Lesson, rules: Set<String>) {
        let lesson = Lesson.parse(text, file: "1-x.md")
        return (lesson, Set(lesson.findings.map(\.rule)))
    }

    /// Each text of a lesson, and its pieces as they are read on.
    private func texts(_ lesson: Lesson) -> [String] {
        lesson.steps.flatMap { step in
            [step.id, step.title] + step.notes + step.blocks.flatMap(\.strings)
                + step.blocks.flatMap { $0.texts.map { $0.map(\.plain).joined() } }
        } + lesson.frontMatter.strings + lesson.findings.map(\.message)
    }

    @Test("a megabyte of marks is found anywhere, and no text of the lesson has too many in a row")
    func everywhere() {
        // Hashing one such text takes an hour.
        for place in Self.places {
            let marks = String(repeating: Self.pair, count: 225_000)
            let (lesson, rules) = parse(step(place.replacing("%", with: marks) + "\n\nText."))
            #expect(rules.contains("marks"), "\(place)")
            #expect(texts(lesson).allSatisfy { $0.isStreamSafe }, "\(place)")
            #expect(!Set(texts(lesson)).isEmpty)
        }
        for place in Self.places64 {
            let yaml = place.replacing("%", with: String(repeating: Self.pair, count: 15_000))
            for text in [
                step("```{a}\n\(yaml)\n```"),
                "---\ntitle: T\nsummary: S\n\(yaml)\n---\n\n## A\n\nx\n",
            ] {
                let (lesson, rules) = parse(text)
                #expect(rules.contains("marks"), "\(place)")
                #expect(texts(lesson).allSatisfy { $0.isStreamSafe }, "\(place)")
            }
        }
    }

    @Test(
        "marks that are spelled, or joined where a line goes on, are counted before any comparison",
        arguments: [
            #""a\u0301\u0323\#(String(repeating: #"\u0301\u0323"#, count: 5_000))": 1"#,
            #"b: "a\#(String(repeating: #"\U00000301\u0323"#, count: 3_000))""#,
            "{\"a" + String(repeating: MarkTests.most + "\\\n  ", count: 900) + "\": 1}",
        ])
    func spelled(yaml: String) {
        let (lesson, rules) = parse(step("```{a}\n\(yaml)\n```"))
        #expect(rules == ["marks"])
        #expect(lesson.steps.map(\.blocks.count) == [1])
    }

    @Test(
        "marks do not gather where signs between them are gone",
        arguments: [
            "<!---->%", "*%*<!---->", "**%**<!---->", "`%`<!---->", "[%](b)", "![%](b)",
            "[%](cache:g=8)",
        ])
    func gathered(part: String) {
        let one = part.replacing("%", with: Self.most)
        let (lesson, rules) = parse(step("a" + String(repeating: one, count: 500)))
        #expect(rules.contains("marks"))
        #expect(texts(lesson).allSatisfy { $0.isStreamSafe })
    }

    @Test("a row is one finding where the first mark too many stands, which is shown as a sign")
    func finding() {
        let lesson = Lesson.parse(step("a\(Self.most)\(Self.pair) b\(Self.most)"), file: "1-x.md")
        #expect(lesson.findings.spots == [Spot(rule: "marks", place: at(7, 2))])
        #expect(
            lesson.findings.map(\.message)
                == ["more than 30 marks are on one character; remove the others"])
        #expect(inlines("a\(Self.most)\u{301}b") == [text("a\(Self.most)\u{FFFD}b", 1, 1)])
        #expect(parse(step("a\(Self.most) é \(Self.most)b\(Self.most)")).rules == [])
    }
}
