import Lessons
import TestSupport
import Testing

@Suite struct RobustnessTests {
    /// A lesson with every kind of block and inline in it, and nothing wrong.
    static let rich = """
        ---
        title: "Everything: at once"
        summary: All that a lesson may hold. # R&D
        setting: l=96,b=1,n=96,g=8,h=128,s=1024,bytes=2
        ---

        # Everything

        ## Eight *groups* — größer
        <!-- id: eight -->

        Each head serves [12](group-size:) heads, *the **cache** takes*
        [403 MB (384&nbsp;MiB)](cache:g=8,as=both), as `a*b` and ``c`d`` say;  
        see [the _paper_](https://example.org/a_(b)) or <https://example.org>.\\
        A \\* star, R&amp;D, 👩‍👩‍👧 e\u{301}. <!-- a remark -->

        ```{heads}
        ```

        ### More, `so` to say

        1. one
           - two
             lazy

             ```swift
             let a = "`"
             ```
        2. three

           > quoted *text*
           > - and
        more

        | a | b \\| c |
        |:-:|---:|
        | `d\\|e` | [96](value:l) |
        | **f** | |

        ## Second

        > > deep
        >
        > quote

        ~~~{ask}
        id: half
        question: "g is halved. What becomes of the cache?"
        choices:
          - {text: half, right: true}
          - text: a quarter
            because: |
              *Only* g changes,
              & nothing else.
        rows: [[x, y], [1, "2"]]
        ~~~

        <!--
        ## Not a step
        -->

        *\tend*

        """

    /// What does not hold for a lesson from a text, though it must from any; nothing, that is.
    private func wrong(_ text: String) -> [String] {
        let lesson = Lesson.parse(text, file: "1-x.md")
        var wrong: [String] = []
        // Looked for only where something was found, which is not so in most texts.
        lazy var widths = text.split(omittingEmptySubsequences: false) {
            $0 == "\n" || $0 == "\r\n"
        }.map(\.count)
        for finding in lesson.findings {
            let place = finding.place
            let isInside =
                widths.indices.contains(place.line - 1) && place.column >= 1
                && place.column <= widths[place.line - 1] + 1
            if !isInside || finding.message.contains("\n") { wrong.append("\(finding)") }
        }
        if Set(lesson.steps.map(\.id)).count < lesson.steps.count {
            wrong.append("ids \(lesson.steps.map(\.id))")
        }
        if lesson.findings != lesson.findings.sorted(by: { $0.place < $1.place }) {
            wrong.append("findings in the order \(lesson.findings.map(\.place))")
        }
        let strings =
            lesson.steps.flatMap { $0.blocks.flatMap(\.strings) } + lesson.frontMatter.strings
        wrong += strings.filter { !$0.isWithoutControls }
        return wrong.isEmpty ? [] : wrong + ["in \(text.debugDescription)"]
    }

    @Test("The lesson with everything in it has no findings and two steps")
    func rich() {
        let lesson = Lesson.parse(Self.rich, file: "1-x.md")
        #expect(lesson.findings == [])
        #expect(lesson.steps.map(\.id) == ["eight", "second"])
        #expect(lesson.steps.map(\.blocks.count) == [5, 3])
        #expect(wrong(Self.rich) == [])
    }

    @Test("Every beginning of a lesson is a lesson")
    func prefixes() {
        var text = ""
        var wrong: [String] = []
        for (index, character) in Self.rich.enumerated() {
            if index % SlowTests.extent(5, of: 1) == 0 { wrong += self.wrong(text) }
            text.append(character)
        }
        #expect(wrong == [])
    }

    @Test("Every end of a lesson is a lesson")
    func suffixes() {
        var wrong: [String] = []
        for (index, start) in Self.rich.indices.enumerated()
        where index % SlowTests.extent(5, of: 1) == 0 {
            wrong += self.wrong(String(Self.rich[start...]))
        }
        #expect(wrong == [])
    }

    @Test("Lessons changed at random are lessons", arguments: 1...SlowTests.extent(2, of: 8))
    func mutations(seed: UInt64) {
        var random = SplitMix(state: seed)
        let parts =
            Self.rich.map(String.init)
            + [
                "```", "~~~", "{", "}", "[", "](", ")", "![", "<", "<!--", "-->", "**", "__", "|",
                "\n|---|\n", "\n---\n", "\n## ", "\n> ", "\n- ", "\n1. ", "\t", "\r\n", "\r",
                "\u{0}", "\u{2028}", "\u{FEFF}", "&x", "*x", "!!t ", ": ", "\"", "\\", "\u{301}",
            ]
        var wrong: [String] = []
        let whole = Self.rich.map(String.init)
        for _ in 0..<SlowTests.extent(150, of: 500) {
            var characters = whole
            for _ in 0...Int.random(in: 0...8, using: &random) {
                let at = Int.random(in: 0..<characters.count, using: &random)
                switch Int.random(in: 0...3, using: &random) {
                case 0: characters[at] = parts.randomElement(using: &random) ?? ""
                case 1: characters.insert(parts.randomElement(using: &random) ?? "", at: at)
                case 2:
                    let count = min(characters.count - at, Int.random(in: 1...40, using: &random))
                    characters.removeSubrange(at..<at + count)
                default:
                    let count = min(characters.count - at, Int.random(in: 1...80, using: &random))
                    let to = Int.random(in: 0..<characters.count, using: &random)
                    characters.insert(contentsOf: characters[at..<at + count], at: to)
                }
            }
            wrong += self.wrong(characters.joined())
        }
        #expect(wrong == [])
    }

    @Test("Texts of nothing but marks are lessons", arguments: 1...4)
    func marks(seed: UInt64) {
        var random = SplitMix(state: seed)
        let marks = Array("*_`[]()<>!&;#-=+1.|:~\\{}\"' \t\n\na")
        var wrong: [String] = []
        for _ in 0..<500 {
            let count = Int.random(in: 1...120, using: &random)
            let text = (0..<count).map { _ in marks.randomElement(using: &random) ?? " " }
            wrong += self.wrong(step(String(text)))
        }
        #expect(wrong == [])
    }

    @Test(
        "One thing without end is a lesson",
        arguments: [
            "[", "]", "*", "_", "`", ">", "> ", "- ", "1. ", "#", "|", "a|", "(", "<", "<!--",
            "<a ",
            "![", "[a](", "[a](b)", "![](a)", "*a", "*a_", "**a ", "a* ", "_a* ", "a**b", "` `` ",
            "\\", "&", "&amp;", "[^", "[^a]", "[a][", "](x", "[a](b \"", "~", "~~", " ", "\t", "\n",
            "a\n", "- a\n", "> a\n", "## a\n", "#", "<!-- -->", "```\n", "```{a}\n```\n", "é",
            "\u{0}",
            "\n---\n", "|-|\n", "a\n\n", "-\n", "a &", "a  \n",
        ])
    func repeated(part: String) {
        let length = SlowTests.extent(20_000, of: 100_000)
        let text = String(repeating: part, count: length / max(1, part.utf8.count))
        #expect(wrong(step(text)) == [])
        let less = text.prefix(4_000)
        #expect(wrong(String(less)) == [])
        #expect(wrong("---\n" + less) == [])
        #expect(wrong(step("```{a}\n" + less)) == [])
        #expect(wrong(step("```{a}\n" + less + "\n```")) == [])
    }

    @Test("Emphasis and links nested without end are lessons")
    func nested() {
        for (open, close) in [
            ("*a ", " b*"), ("**a *b ", "* **"), ("[", "](c)"), ("![a ", " b](c)"),
        ] {
            let depth = 10_000
            let text =
                String(repeating: open, count: depth) + "x" + String(repeating: close, count: depth)
            #expect(wrong(step(text)) == [])
        }
    }

    @Test("A table is as wide as a screen at most, however it is written")
    func wideTable() {
        let wide =
            String(repeating: "|a", count: 5_000) + "\n" + String(repeating: "|-", count: 5_000)
            + "\n" + String(repeating: "b\n", count: 5_000)
        let table = blocks(wide).compactMap {
            if case .table(let table) = $0 { table } else { nil }
        }
        #expect(table.map(\.header.count) == [16])
        #expect(table.map(\.rows.count) == [5_000])
        #expect(table.flatMap(\.rows).allSatisfy { $0.count == 16 })
    }

    @Test("A line of a million characters is a paragraph")
    func longLine() {
        let line = String(repeating: "long é *x* ", count: 80_000)
        let lesson = Lesson.parse(step(line), file: "1-x.md")
        #expect(lesson.findings == [])
        #expect(lesson.steps.map(\.blocks.count) == [1])
    }
}

/// The SplitMix64 generator: the same numbers everywhere for the same seed.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
