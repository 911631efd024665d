import CourseContent
import TestSupport
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("The linter with its rules of screens")
struct ScreenLintTests {
    @Test("finds nothing in the shipped lessons")
    func shippedLessons() {
        #expect(ShippedCourse.files.count > 7)
        #expect(CourseLint.findings(files: ShippedCourse.files).map(\.text) == [])
    }

    @Test("finds characters of ambiguous width, in prose, titles and questions")
    func ambiguousWidth() {
        func message(_ character: String, _ code: String) -> (String, String) {
            (
                "ambiguous-width",
                "'\(character)' (U+\(code)) takes one column in some terminals and two in others; "
                    + "write it in ASCII"
            )
        }
        MarkedLesson(step: "^^Twelve × eight.").expect(message("×", "D7"))
        MarkedLesson(step: "Twelve *^^α*.").expect(message("α", "3B1"))
        MarkedLesson(step: "Code ^^`a … b`.").expect(message("…", "2026"))
        MarkedLesson(
            step: "```{ask}\nid: a\nquestion: ^^Why “so”?\nfree: true\n```"
        ).expect(message("“", "201C"))
        MarkedLesson(step: "Words.\n\n^^## Step → two\n\nWords.").expect(message("→", "2192"))
        MarkedLesson(step: "Words, 語 and -- no more.").expect()
    }

    @Test(
        "finds code that no small screen shows whole, words that a table breaks, and letters that turn around"
    )
    func tooWide() {
        func rules(_ step: String) -> [String] { MarkedLesson(step: step).findings.map(\.rule) }
        func code(_ width: Int) -> String {
            "```\n\(String(repeating: "x", count: width))\n```"
        }
        #expect(rules(code(56)) == [])
        #expect(rules(code(57)) == ["width"])
        #expect(rules(code(41) + "\n\n```{memory}\n```") == ["width"])
        let long = String(repeating: "w", count: 24)
        #expect(rules("| a | b |\n|---|---|\n| \(long) | \(long) |") == [])
        #expect(rules("| a | b | c |\n|---|---|---|\n| \(long) | \(long) | \(long) |") == ["width"])
        #expect(MarkedLesson(step: "A word: שלום.").findings.map(\.rule) == ["right-to-left"])
    }

    @Test("finds what a key cannot run at the step's setting")
    func cannotRun() {
        func rules(_ block: String, _ setting: String) -> [String] {
            MarkedLesson(step: "```{\(block)\n```", setting: setting).findings.map(\.rule)
        }
        let (small, large) = ("l=2,n=8,g=8,h=16,s=64", "l=1000,n=32,g=32,h=4096,s=1000000")
        for block in ["append}\nwords: [a]", "times}"] {
            #expect(rules(block, small) == [], "\(block)")
            #expect(rules(block, large) == ["run"], "\(block)")
        }
    }

    @Test("finds a step that does not fit 80x24, at its heading")
    func doesNotFit() {
        let rows = (1...14).map { "  - [a\($0), b]" }.joined(separator: "\n")
        let lesson = MarkedLesson(
            """
            ---
            title: A lesson
            summary: For a test.
            ---

            ## A step that fits

            Words.

            ```{memory}
            ```

            ^^## A step that does not

            Words.

            ```{memory}
            ```

            ```{find}
            id: a
            question: Where?
            header: [c, d]
            rows:
            \(rows)
            mistakes: [{cell: [1, 1], because: So.}]
            ```
            """)
        let findings = lesson.findings
        #expect(findings.map(\.rule) == ["fits"])
        #expect(findings.map(\.place) == lesson.places)
        #expect(findings[0].message.hasPrefix("the step does not fit 80x24: "))
    }
}
