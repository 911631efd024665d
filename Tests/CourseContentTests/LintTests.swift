import Lessons
import TestSupport
import Testing

@testable import CourseContent

@Suite("The linter")
struct LintTests {
    private static func texts(
        _ files: [(String, String)], otherNames: [String] = []
    ) -> [String] {
        CourseLint.findings(
            files: files.map { (name: $0.0, text: $0.1) }, otherNames: otherNames,
            rules: CourseLint.contentRules
        ).map(\.text)
    }

    @Test("writes a finding as file, line, column, severity, message and rule")
    func text() {
        let lesson = MarkedLesson(step: "```{^^heads}\nmapping: mirror\n```")
        #expect(
            Self.texts([("5-gqa.md", lesson.text)]) == [
                "5-gqa.md:12:10: error: 'mapping' is 'mirror'; it must be one of repeat, tile, "
                    + "both [wrong-value]"
            ])
    }

    private static let lesson = MarkedLesson(step: "More.").text

    @Test(
        "takes only names like 5-gqa.md for lessons, and the guide README.md",
        arguments: [
            "gqa.md", "5gqa.md", "0-gqa.md", "5-.md", "5-GQA.md", "5-gqa.txt", "-5-gqa.md",
            "5-g qa.md",
        ])
    func strayFiles(name: String) {
        let files = [("1-start.md", Self.lesson), ("README.md", "# Guide"), (name, Self.lesson)]
        #expect(
            Self.texts(files) == [
                "\(name):1:1: error: not a readable lesson: lessons are files named like 5-gqa.md; "
                    + "the guide is README.md [stray-file]"
            ])
    }

    @Test("finds two lessons of one number, and a folder without any")
    func numbers() {
        let two = [("1-a.md", Self.lesson), ("1-b.md", Self.lesson)]
        #expect(
            Self.texts(two) == [
                "1-b.md:1:1: error: has the number 1, as 1-a.md has [stray-file]"
            ])
        #expect(
            Self.texts([("README.md", "")]) == [
                ".:1:1: error: no lessons here; their files are named like 1-start.md [stray-file]"
            ])
    }

    @Test("finds a former id that a step has, or that two steps claim")
    func formerNames() {
        func file(_ was: String) -> String {
            "---\ntitle: A\nsummary: B.\n---\n\n## One\n\(was)\n\nWords.\n"
        }
        let files = [
            ("1-a.md", file("<!-- was: b/one, gone -->")), ("2-b.md", file("<!-- was: a/gone -->")),
        ]
        #expect(
            Self.texts(files) == [
                "1-a.md:7:1: error: 'b/one' is a step of the course, so it cannot lead here "
                    + "[former-step]",
                "1-a.md:7:1: error: 'a/gone' may lead to one step only; remove it elsewhere "
                    + "[former-step]",
                "2-b.md:7:1: error: 'a/gone' may lead to one step only; remove it elsewhere "
                    + "[former-step]",
            ])
    }

    @Test("finds an earlier answer that is none: of no question, of a later one, or not in words")
    func earlierAnswers() {
        func ask(_ id: String, _ rest: String) -> String {
            "## \(id)\n\nWords.\n\n```{ask}\nid: \(id)\nquestion: What?\n\(rest)\n```\n\n"
        }
        let start = "---\ntitle: A\nsummary: B.\n---\n\n"
        let files = [
            ("1-a.md", start + ask("mine", "free: true") + ask("sum", "answer: 3")),
            (
                "2-b.md",
                start + ask("right", "free: true\nearlier: a/mine")
                    + ask("number", "free: true\nearlier: a/sum")
                    + ask("later", "free: true\nearlier: b/last")
                    + ask("none", "free: true\nearlier: a/gone") + ask("last", "free: true")
            ),
        ]
        let texts = Self.texts(files)
        #expect(texts.count == 3)
        for (text, name) in zip(texts, ["a/sum", "b/last", "a/gone"]) {
            #expect(text.hasSuffix("[earlier-answer]"))
            #expect(text.contains("'\(name)' is no earlier question"))
        }
    }

    @Test("finds what the front matter cannot mean")
    func frontMatter() {
        func check(_ lines: String, _ rule: String, _ message: String) {
            MarkedLesson("---\ntitle: A\nsummary: B.\n\(lines)\n---\n\n## A step\n\nWords.\n")
                .expect((rule, message))
        }
        check(
            "^^modle: gpt2", "unknown-key",
            "the front matter has no key 'modle'; did you mean 'model'?")
        check(
            "model: ^^gtp2", "unknown-model", "no model 'gtp2'; did you mean 'gpt2'?")
        check(
            "setting: ^^l=1,n=8,g=3,h=4,s=5", "setting",
            "g=3: K/V heads must divide the 8 query heads (1, 2, 4, 8)")
        check("setting: ^^[a]", "wrong-type", "'setting' must be text")
        check(
            "model: gpt2\ntokens: ^^few", "wrong-value",
            "'tokens' is 'few'; it must be a whole number")
    }

    @Test(
        "finds pictures that cannot show their step's windows or latent",
        arguments: ["append}\nwords: [a, b]", "times}", "outputs}"])
    func leftOut(block: String) {
        func findings(_ setting: String) -> [String] {
            let lesson = MarkedLesson(
                step: "```{\(block)\n```", setting: "l=2,b=1,n=8,g=8,h=16,s=64,bytes=2\(setting)")
            return Self.texts([("1-a.md", lesson.text)])
        }
        #expect(findings("").isEmpty)
        for setting in [",c=32,r=8", ",wl=1,w=16"] {
            let found = findings(setting)
            #expect(found.count == 1 && found.allSatisfy { $0.hasSuffix("[picture]") })
        }
    }

    @Test("finds figures that cannot be computed, and such as disagree with what is written")
    func figures() {
        MarkedLesson(step: "It takes ^^[400 MB](cache:).").expect(
            ("figure-disagrees", "written '400 MB', computed '403 MB (384 MiB)'"))
        MarkedLesson(step: "It takes [403 MB](cache:as=decimal).").expect()
        MarkedLesson(step: "It takes ^^[1](cahce:).").expect(
            (
                "unknown-figure",
                "'cahce:' is not a figure that can be computed; did you mean 'cache'?"
            ))
        MarkedLesson(step: "It is ^^[1](cache:g=7).").expect(
            (
                "figure",
                "'cache:g=7' cannot be computed at this step's setting (does g divide n, are c "
                    + "and r set for MLA?)"
            ))
        MarkedLesson(step: "It is ^^[1](value:).").expect(
            ("figure", "'value:' needs a parameter's letter, as in value:l"))
        MarkedLesson(step: "It is ^^[1](cache:lively).").expect(
            ("figure", "'lively' is none of key=value, 'live', and once 'over' or 'minus'"))
        MarkedLesson(step: "It is ^^[1](cache:x=3).").expect(
            (
                "setting",
                "'x' is not a parameter; they are l, b, n, g, h, s, bytes, c, r, wl, w"
            ))
        MarkedLesson(step: "It is ^^[1](cache:variant=mga).").expect(
            ("wrong-value", "'variant' is 'mga'; it must be mha, gqa, mqa or mla"))
        MarkedLesson(step: "It is ^^[1](cache:as=octal).").expect(
            ("wrong-value", "'as' is 'octal'; it must be both, decimal, binary, bytes or short"))
        MarkedLesson(step: "It is ^^[1](cache:model=gtp2).").expect(
            ("unknown-model", "no model 'gtp2'; did you mean 'gpt2'?"))
    }

    @Test("finds figures in emphasis, lists, quotes, tables and questions")
    func figuresEverywhere() {
        let rule = ("figure-disagrees", "written '1', computed '12'")
        MarkedLesson(step: "Of **n ^^[1](group-size:)**.").expect(rule)
        MarkedLesson(step: "- a\n- ^^[1](group-size:)").expect(rule)
        MarkedLesson(step: "> ^^[1](group-size:)").expect(rule)
        MarkedLesson(step: "| a | b |\n|---|---|\n| c | ^^[1](group-size:) |").expect(rule)
        MarkedLesson(
            step: "```{ask}\nid: a\nquestion: Why?\nfree: true\n"
                + "because: ^^Because of [1](group-size:).\n```"
        ).expect(rule)
    }

    @Test("finds sizes typed by hand: such as are wrong, and such as should be figures")
    func typedFigures() {
        MarkedLesson(step: "^^It takes 410 MB of memory.").expect(
            (
                "typed-figure",
                "'410 MB' is typed by hand, and the engine computes 403 MB (384 MiB) at this "
                    + "step's setting; write a figure, or `410 MB` where it is a quotation"
            ))
        let exact = MarkedLesson(step: "^^It takes 403 MB of memory.")
        exact.expect(
            (
                "typed-figure",
                "'403 MB' is typed by hand; write a figure, [403 MB](cache:...), so that it "
                    + "stays right, or `403 MB` where it is a quotation"
            ))
        #expect(exact.findings.map(\.severity) == [.warning])
        MarkedLesson(step: "The paper says `410 MB`.").expect()
        MarkedLesson(step: "> It takes 410 MB.").expect()
        MarkedLesson(step: "A rank of 2, 12 layers, 3 B letters.").expect()
    }

    @Test("warns of sizes that are none of the step's, and sees them in emphasis and across lines")
    func typedFiguresElsewhere() {
        func rules(_ step: String) -> [String] {
            MarkedLesson(step: step).findings.map { "\($0.rule) \($0.severity.rawValue)" }
        }
        #expect(rules("A disk of 2 TB.") == ["typed-figure warning"])
        #expect(rules("It takes **410 MB**.") == ["typed-figure error"])
        #expect(rules("It takes *410* MB.") == ["typed-figure error"])
        #expect(rules("It takes 410\nMB.") == ["typed-figure error"])
        #expect(rules("It takes 410MB.") == ["typed-figure error"])
    }

    @Test("finds what else is in the folder, and two lessons of one id")
    func strays() {
        let files = [("1-a.md", Self.lesson), ("2-a.md", Self.lesson)]
        #expect(
            Self.texts(files, otherNames: ["README.md", "b\u{1B}.png"]) == [
                "b?.png:1:1: error: not a readable lesson: lessons are files named like 5-gqa.md; "
                    + "the guide is README.md [stray-file]",
                "2-a.md:1:1: error: has the id 'a', as 1-a.md has [stray-file]",
            ])
    }

    @Test("reads sizes in running text, with punctuation around them")
    func typedSizes() {
        let text = "It takes 4.5 GB, (384 MiB) or 3,123 kB; not 12 heads, 7 B or 5 GHz."
        let place = SourcePlace(line: 3, column: 4)
        #expect(
            CourseLint.typedSizes(in: [.text(text, place)]) == [
                CourseLint.TypedSize(text: "4.5 GB", bytes: 4.5e9, place: place),
                CourseLint.TypedSize(text: "384 MiB", bytes: 402_653_184, place: place),
                CourseLint.TypedSize(text: "3,123 kB", bytes: 3_123_000, place: place),
            ])
    }

    @Test("passes over long runs of digits and letters, and sees no size across other marks")
    func longRuns() {
        let place = SourcePlace(line: 1, column: 1)
        for run in ["1", "1,", "\u{4E00}", "5 G", "B"] {
            let text = String(repeating: run, count: 50_000)
            #expect(CourseLint.typedSizes(in: [.text(text, place)]).isEmpty)
        }
        let parted: [Inline] = [.text("4.5", place), .code("x", place), .text(" GB", place)]
        #expect(CourseLint.typedSizes(in: parted).isEmpty)
    }

    @Test("finds what the parser found as well, all in the order of the text")
    func inOrder() {
        let lesson = MarkedLesson(
            step: "^^***\n\n```{heads}\n^^maping: tile\n```\n\nIt is ^^[1](group-size:).")
        #expect(lesson.findings.map(\.rule) == ["markdown", "unknown-key", "figure-disagrees"])
        #expect(lesson.findings.map(\.place) == lesson.places)
    }
}
