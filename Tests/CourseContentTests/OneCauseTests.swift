import CourseContent
import TestSupport
import Testing

@Suite("The linter finds each cause once, and nothing is lost in silence")
struct OneCauseTests {
    @Test("a setting that cannot be read is one finding, however many figures stand on it")
    func unknownSetting() {
        let figures = "It is [8](value:n), [4](group-size:) and [1.07 GB (1.00 GiB)](cache:)."
        let start = "---\ntitle: A\nsummary: B.\n"
        let rest = "---\n\n## A step\n\n\(figures)\n\n```{memory}\nvariants: [mla]\n```\n"
        MarkedLesson("\(start)model: ^^gtp2\n\(rest)").expect(
            ("unknown-model", "no model 'gtp2'; did you mean 'gpt2'?"))
        #expect(
            MarkedLesson("\(start)setting: l=4,n=8\n\(rest)").findings.map(\.rule) == ["setting"])
        for body in ["model: gtp2", "nn: 3", "n: [", "g: 7"] {
            let lesson = MarkedLesson(step: "```{setting}\n\(body)\n```\n\n\(figures)")
            #expect(lesson.findings.count == 1, "\(body)")
        }
    }

    @Test("a model that is not there is one finding, however often it is named")
    func unknownModel() {
        let figure = "[1](value:n,model=gtp2)"
        MarkedLesson(step: "It is ^^\(figure), \(figure) and \(figure).").expect(
            ("unknown-model", "no model 'gtp2'; did you mean 'gpt2'?"))
    }

    @Test("finds what would be left out: a second start, stops never met, latents that are none")
    func leftOut() {
        func rules(_ step: String) -> [String] { MarkedLesson(step: step).findings.map(\.rule) }
        func front(_ lines: String) -> [String] {
            MarkedLesson("---\ntitle: A\nsummary: B.\n\(lines)\n---\n\n## A step\n\nWords.\n")
                .findings.map(\.rule)
        }
        #expect(front("setting: l=1,n=8,g=8,h=4,s=5\nmodel: gpt2") == ["setting"])
        #expect(front("setting: l=1,n=8,g=8,h=4,s=5\ntokens: 9") == ["setting"])
        #expect(front("model: gpt2\ntokens: 9") == [])
        #expect(rules("```{sliders}\nshow: [g]\ng: {stops: [1, 5, 96]}\n```") == ["stops"])
        #expect(rules("```{sliders}\nshow: [g]\ng: {stops: [1, 3, 96]}\n```") == [])
        #expect(rules("```{sliders}\nshow: [g, n]\ng: {stops: [1, 5, 96]}\n```") == [])
        #expect(
            rules("```{sliders}\nshow: [s]\ns: {stops: [1, 9], from: 4, to: 8}\n```") == ["stops"])
        for block in ["forms}", "memory}\nvariants: [mla]"] {
            #expect(rules("```{\(block)\n```") == ["picture"], "\(block)")
        }
    }

    @Test("says how a decimal is written, and what a comma in braces does")
    func commas() {
        MarkedLesson(step: "```{ask}\nid: a\nquestion: How many?\nanswer: ^^\"1,5\"\n```").expect(
            ("wrong-value", "'answer' is '1,5'; it must be written with a point, 1.5"))
        MarkedLesson(
            step: "```{head}\ntokens: [{word: a, ^^b, key: [0.5, 1], value: 3}]\n```"
        ).expect(
            (
                "unknown-key",
                "a token has no key 'b'; a comma in braces ends a text, so put it in quotes: "
                    + "`word: \"a, b\"`"
            ))
    }

    @Test("finds links that lead nowhere")
    func links() {
        func ok(_ address: String) -> Bool {
            MarkedLesson(step: "See [there](\(address)).").findings.isEmpty
        }
        for address in [
            "https://a.org", "mailto:a@b.org", "#a-step", "1-test.md", "1-test.md#a-step",
        ] {
            #expect(ok(address), "\(address)")
        }
        for address in ["2-other.md", "#no-step", "a-step", "file.pdf", "1-test.md#no", "#"] {
            #expect(!ok(address), "\(address)")
        }
    }

    @Test("passes over what editors, version control and the desktop leave in a folder")
    func leftBehind() {
        let names = [
            ".DS_Store", ".git", ".1-a.md.swp", "1-a.md~", "#1-a.md#", "1-a.md.orig", "1-a.md.bak",
            "Thumbs.db", "desktop.ini",
        ]
        let lesson = MarkedLesson(step: "More.").text
        let found = CourseLint.findings(
            files: [(name: "1-a.md", text: lesson)], otherNames: names,
            rules: CourseLint.contentRules)
        #expect(found.isEmpty)
    }
}
