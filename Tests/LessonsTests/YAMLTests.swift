import Lessons
import Testing

@Suite struct YAMLTests {
    @Test(
        "What is wrong in a body is found where it is",
        arguments: [
            "a: b «: c",
            "a: [1, 2\n«",
            "  é: \"ü\n«",
            "a: «@b",
            "«- a\n- b",
            "«word",
            "a: 1\nb: 2\n«a: 3",
            "a:\n  b: 1\n  «b : 2",
            "a: {«b: 1, b: 2}",
            "\"a\": 1\n«\"a\": 2",
            "a: «&x 1\nb: *x",
            "a: 1 # R&D\nb: «*x",
            "a: [«&x [1], *x]",
            "a: «!!int 3",
            "a: «! 3",
            "«!!map {a: 1}",
            "«!t a: 1",
            "«&x a: 1",
            "? «[a]\n: b",
            "a: 1\n«---\nb: 2",
            "a: {b: {c: {d: {e: {f: {g: {h: «{}}}}}}}}",
        ])
    func problems(marked body: String) {
        let (found, marked) = spots(.yaml, in: step("  ```{a}\n" + indented(body) + "\n  ```"))
        #expect(found == marked)
    }

    @Test(
        "What is wrong in front matter is found where it is, and nothing is missed besides",
        arguments: [
            "title: T «: U", "title: T\nsummary: S\n«title: U", "«title", "title: «*t",
            "title: T\nsummary: «!!str S",
        ])
    func frontMatter(marked lines: String) {
        let (found, marked) = spots(.yaml, in: "---\n\(lines)\n---\n## Step\nText.\n")
        #expect(found == marked)
    }

    private func indented(_ body: String) -> String {
        body.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
            .joined(separator: "\n")
    }

    @Test(
        "What only looks like an anchor, an alias or a tag is text",
        arguments: [
            "a: \"*x\"\nb: '&x'", "a: |\n  *x* and &y\n  !z", "a: b *c &d !e", "a: b\n  *c",
            "# &x *y\na: b",
        ])
    func lookalikes(body: String) {
        #expect(Lesson.parse(step("```{a}\n\(body)\n```"), file: "a.md").findings == [])
    }

    @Test("Bodies nest eight levels deep")
    func depth() {
        let deepest = "a: {b: {c: {d: {e: {f: {g: {h: 1}}}}}}}"
        #expect(Lesson.parse(step("```{a}\n\(deepest)\n```"), file: "a.md").findings == [])
    }

    @Test(
        "Bodies that are nested without end are refused",
        arguments: ["[", "{", "- ", "? ", "a: [{", "[\"]\", "])
    func hostileDepth(part: String) {
        let body = String(repeating: part, count: 10_000)
        let lesson = Lesson.parse(step("```{a}\n\(body)\n```"), file: "a.md")
        #expect(lesson.findings.map(\.rule) == ["yaml"])
    }

    @Test("Mappings nested line by line without end are refused")
    func hostileIndents() {
        let body = (0..<300).map { String(repeating: " ", count: $0) + "a:" }
            .joined(separator: "\n")
        let (found, marked) = spots(.yaml, in: step("```{a}\n\(body)\n```"))
        #expect(marked.isEmpty)
        #expect(found.map(\.rule) == ["yaml"])
    }

    @Test("Aliases that multiply are refused before they do")
    func aliases() {
        var body = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...20 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            body += "a\(level): &a\(level) [\(aliases)]\n"
        }
        body += "? *a20\n: 1"
        let lesson = Lesson.parse(step("```{a}\n\(body)\n```"), file: "a.md")
        #expect(lesson.findings.spots == [Spot(rule: "yaml", place: at(8, 5))])
    }

    @Test("A body of more than 64 KiB is refused")
    func size() {
        let line = "- " + String(repeating: "x", count: 1_000) + "\n"
        let body = "a:\n" + String(repeating: line, count: 70)
        let lesson = Lesson.parse(step("```{a}\n\(body)```"), file: "a.md")
        #expect(lesson.findings.spots == [Spot(rule: "yaml", place: at(7, 5))])
    }

    @Test("A body that cannot be read stays as code")
    func unreadable() {
        #expect(
            blocks("```{ask}\n- a\n```") == [.code(language: "{ask}", lines: ["- a"])])
    }

    @Test("Escapes spell no control characters")
    func escapes() {
        let (found, marked) = spots(
            .controlCharacter, in: step("```{a}\nb: «\"\\e[31m\"\nc: \"\\n\"\n«\"\\0\": d\n```"))
        #expect(found == marked)
        #expect(
            blocks("```{a}\nb: \"x\\e\"\n```") == [
                .directive(
                    Directive(
                        name: "a", place: at(1, 5),
                        body: Attributes([entry("b", 2, 1, scalar("x\u{FFFD}", 2, 4))])))
            ])
    }
}
