import TestSupport
import Testing

@testable import Lessons

/// Lessons are anyone's: whatever is in them, reading one takes time that grows with its length.
@Suite struct LinearTests {
    /// Parts of which a lesson may consist without end.
    private static let parts = [
        // Brackets, links, titles and figures.
        "[", "]", "![", "[a](", "[a](b)", "![](a)", "[^", "[^a]", "[a][", "](x", "[a](b \"",
        "[a](b '", "[a](b (", "[a](b (c", "[a](b (c) ", "[a](b \"\\\"", "[a](<", "[a](<b",
        "[a](<b>", "[a](b\\(", "![a](b (", "[a](b(c)", "[a](b\n", "[a]( ", "[](", "[1](cache:g=8)",
        "[a](b \"c\")",
        // Emphasis and code.
        "*", "_", "*a", "*a_", "**a ", "a* ", "_a* ", "a**b", "***a*** ", "**a*b**c* ", "a_b_", "`",
        "` `` ", "`a` ", "``a` ", "~", "~~", "\\", "\\\\", "\\|", "\\*",
        // Angle brackets and entities.
        "<", "<!--", "<!---->", "<a ", "<a\n", "<http:a>", "<b>", "</b>", "&", "&amp;", "&x;",
        "a &",
        // Lines, lists, quotes, headings, tables, fences, comments and steps.
        " ", "\t", "\n", "a\n", "a  \n", "a\\\n", "a\n\n", "> ", "> a\n", ">> a\n", "- ", "- a\n",
        "- a\n\n", "1. a\n", "* a\n+ b\n", "> - a\n", "-\n", "#", "### a\n", "## a\n", "a\n===\n",
        "***\n", "\n---\n", "|", "a|", "|a|b|\n", "|-|\n", "a|b\n-|-\n", "```\n", "```\na\n```\n",
        "~~~\na\n", "```{a}\n```\n", "```{a}\nb: c\n```\n", "    a\n", "<!-- a -->\n",
        "<!-- id: a -->\n", "<!-- notes: a -->\n", "<!-- minute: 1 -->\n", "<!-- words: a -->\n",
        // Characters.
        "a", "a ", "é", "語", "e\u{301}", "\u{200B}", "👩‍👩‍👧", "\u{1F1E6}", "\u{915}\u{94D}",
        "\u{1100}",
    ]

    /// Lessons whose parts depend on each other, by a length that they have about.
    private static let wholes: [(name: String, text: @Sendable (Int) -> String)] = [
        ("a title closed at the end", { repeated("[a](b (", $0) + ") x" }),
        (
            "code of every width",
            { length in
                (1...Int((2 * Double(length)).squareRoot())).map {
                    String(repeating: "`", count: $0)
                }.joined(separator: " ")
            }
        ),
        ("nested emphasis", { repeated("*a ", $0 / 2) + "x" + repeated(" b*", $0 / 2) }),
        ("nested links", { repeated("[", $0 / 5) + "x" + repeated("](c)", 4 * $0 / 5) }),
        ("nested images", { repeated("![a ", $0 / 2) + "x" + repeated(" b](c)", $0 / 2) }),
        ("two rows of stars", { repeated("*", $0 / 2) + "a" + repeated("*", $0 / 2) }),
        ("deep quotes", { repeated(repeated("> ", 200) + "a\n", $0) }),
        (
            "a staircase of items",
            { length in
                (0..<Int(Double(length).squareRoot())).map { repeated(" ", 2 * $0) + "- a" }
                    .joined(separator: "\n")
            }
        ),
        ("a table of rows", { "|a|b|\n|-|-|\n" + repeated("|c|[d](e)|\n", $0) }),
        (
            "a table of columns",
            { length in
                ["|a", "|-", "|b"].map { repeated($0, length / 3) }.joined(separator: "\n")
            }
        ),
        ("a block of code", { "```\n" + repeated("a b c\n", $0) + "```" }),
        ("a line of code", { "```\n" + repeated("a b c ", $0) + "\n```" }),
        ("code of blank lines", { "    a\n" + repeated("\n", $0) + "    b" }),
        ("an item of blank lines", { "- a\n" + repeated("\n", $0) + "  b" }),
        ("a quote that goes on", { "> a\n" + repeated("b\n", $0) }),
        ("a comment", { "<!--\n" + repeated("a\n", $0) + "-->" }),
        ("notes", { "<!-- notes:\n" + repeated("a\n", $0) + "-->" }),
        (
            "steps after their ids",
            { length in
                (2...length / 30).map { "x\n\n## s-\($0)\n\n" }.joined()
                    + repeated("x\n\n## s\n\n", length / 2)
            }
        ),
        ("lines behind spaces", { repeated(repeated(" ", 500) + "a\n", $0) }),
        ("quotes behind tabs", { repeated(repeated(">\t", 16) + repeated("\t", 200) + "a\n", $0) }),
        ("a line of spaces", { "a" + repeated(" ", $0) + "b" }),
        ("keys", { length in inBlocks(length) { lines($0) { "k\($0): 1" } } }),
        ("equal keys", { length in inBlocks(length) { repeated("k: 1\n", $0) } }),
        ("a long key", { length in inBlocks(length) { repeated("k", $0) + ": 1\n" } }),
        (
            "lists in brackets",
            { length in inBlocks(length) { "k: [" + repeated("[a], ", $0) + "]\n" } }
        ),
        ("brackets", { length in inBlocks(length) { "k: " + repeated("[", $0) + "\n" } }),
        ("anchors", { length in inBlocks(length) { lines($0) { "k\($0): &a\($0) x" } } }),
        ("folded lines", { length in inBlocks(length) { "k: >\n" + repeated("  a\n", $0) } }),
        (
            "quoted lines",
            { length in inBlocks(length) { "k: \"\n" + repeated("  a\n", $0) + "\"\n" } }
        ),
        ("colons", { length in inBlocks(length) { repeated("a: ", $0) + "\n" } }),
        ("keys without values", { length in inBlocks(length) { repeated("? a\n", $0) } }),
    ]

    /// A part as often as it fits into a number of bytes.
    private static func repeated(_ part: String, _ length: Int) -> String {
        String(repeating: part, count: length / part.utf8.count)
    }

    /// So many bytes of lines, or somewhat less.
    private static func lines(_ length: Int, _ line: (Int) -> String) -> String {
        (0..<length / (line(length).utf8.count + 1)).map { line($0) + "\n" }.joined()
    }

    /// Blocks in braces of as much as they may hold, or less.
    private static func inBlocks(_ length: Int, _ body: (Int) -> String) -> String {
        let size = min(length, 60_000)
        return String(
            repeating: "```{a}\n" + body(size) + "```\n\n", count: length / size)
    }

    @Test("eight times as long a lesson takes about eight times as long, whatever is in it")
    func growth() {
        let texts = Self.parts.map { part in
            (name: part.debugDescription, text: { @Sendable in Self.repeated(part, $0) })
        }
        var slow: [String] = []
        var unread: [String] = []
        for (name, text) in texts + Self.wholes {
            let isLinear = Growth.isLinear(from: SlowTests.extent(16_000, of: 120_000)) {
                step(text($0))
            } _: {
                if Lesson.parse($0, file: "1-x.md").steps.isEmpty { unread.append(name) }
            }
            if !isLinear { slow.append(name) }
        }
        #expect(slow == [])
        #expect(unread == [])
    }

    @Test("a parenthesis in a link's title in parentheses ends the link, as in CommonMark")
    func titles() {
        #expect(inlines("[a](b (c\\(d))").count == 1)
        #expect(inlines("[a](b \"c(d\")").count == 1)
        #expect(inlines("[a](b (c(d))") == [text("[a](b (c(d))", 1, 1)])
        #expect(inlines("[a](b (c(d)))") == [text("[a](b (c(d)))", 1, 1)])
    }
}
