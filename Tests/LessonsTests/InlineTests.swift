import Testing

@testable import Lessons

@Suite struct InlineTests {
    @Test("Text of several lines is one text a line, joined by spaces")
    func lines() {
        #expect(
            inlines("one two\n  three\nfour")
                == [text("one two ", 1, 1), text("three ", 2, 3), text("four", 3, 1)])
    }

    @Test("Stars and underscores are emphasis, two of them strong")
    func emphasis() {
        #expect(
            inlines("a *b* _c_ **d** __e__") == [
                text("a ", 1, 1), .emphasis([text("b", 1, 4)]), text(" ", 1, 6),
                .emphasis([text("c", 1, 8)]), text(" ", 1, 10), .strong([text("d", 1, 13)]),
                text(" ", 1, 16), .strong([text("e", 1, 19)]),
            ])
    }

    @Test("Emphasis nests, and three marks are both kinds")
    func nestedEmphasis() {
        #expect(
            inlines("***a** b*") == [
                .emphasis([.strong([text("a", 1, 4)]), text(" b", 1, 7)])
            ])
        #expect(
            inlines("**a *b***") == [
                .strong([text("a ", 1, 3), .emphasis([text("b", 1, 6)])])
            ])
    }

    @Test(
        "Marks that pair with nothing are text",
        arguments: ["2 * 3 * 4", "snake_case_name", "*open", "close*", "**a*b", "a ** b"])
    func strayMarks(_ line: String) {
        #expect(inlines(line) == [text(line, 1, 1)])
    }

    @Test("Marks left over stand where they stand in the file")
    func leftOverMarks() {
        #expect(inlines("**a*") == [text("*", 1, 1), .emphasis([text("a", 1, 3)])])
        #expect(inlines("*a**") == [.emphasis([text("a", 1, 2)]), text("*", 1, 4)])
    }

    @Test("Code takes any number of backticks, keeps what looks like Markdown, and its lines")
    func code() {
        #expect(
            inlines("`a*b*` ``c`d`` ` `` ` `e\nf`") == [
                .code("a*b*", at(1, 1)), text(" ", 1, 7), .code("c`d", at(1, 8)),
                text(" ", 1, 15), .code("``", at(1, 16)), text(" ", 1, 22),
                .code("e f", at(1, 23)),
            ])
    }

    @Test("Backticks that no others close are text")
    func strayBackticks() {
        #expect(inlines("a `` b ` c") == [text("a `` b ` c", 1, 1)])
    }

    @Test("A backslash takes the meaning from punctuation, and is text elsewhere")
    func escapes() {
        #expect(inlines(#"\*a\* \[b] \c \\"#) == [text(#"*a* [b] \c \"#, 1, 1)])
    }

    @Test("Two spaces or a backslash at a line's end break the line")
    func breaks() {
        #expect(
            inlines("a  \nb\\\nc") == [
                text("a", 1, 1), .lineBreak, text("b", 2, 1), .lineBreak, text("c", 3, 1),
            ])
    }

    @Test("Five entities are characters")
    func entities() {
        #expect(
            inlines("a &amp; &lt;b&gt; &quot;1&nbsp;MB&quot; & c")
                == [text("a & <b> \"1\u{A0}MB\" & c", 1, 1)])
    }

    @Test("A link has a text of any inlines and an address")
    func links() {
        #expect(
            inlines("see [the *paper*](https://example.org/a_(b)?c=1&amp;d) now") == [
                text("see ", 1, 1),
                .link(
                    [text("the ", 1, 6), .emphasis([text("paper", 1, 11)])],
                    destination: "https://example.org/a_(b)?c=1&d"),
                text(" now", 1, 55),
            ])
        #expect(
            inlines("[a](<b c>) <https://d.org> [e](mailto:f@g.org)") == [
                .link([text("a", 1, 2)], destination: "b c"), text(" ", 1, 11),
                .link([text("https://d.org", 1, 13)], destination: "https://d.org"),
                text(" ", 1, 27), .link([text("e", 1, 29)], destination: "mailto:f@g.org"),
            ])
    }

    @Test("The inner of two links is the link")
    func nestedLinks() {
        #expect(
            inlines("[a [b](c) d](e)") == [
                text("[a ", 1, 1), .link([text("b", 1, 5)], destination: "c"),
                text(" d](e)", 1, 10),
            ])
    }

    @Test("A link to a scheme of our own is a figure, known or not")
    func figures() {
        #expect(
            inlines("takes [403 MB (384 MiB)](cache:g=8,live) or **[x](no-such:)**") == [
                text("takes ", 1, 1),
                .figure(
                    Figure(
                        quantity: "cache",
                        arguments: [
                            Figure.Argument(key: "g", value: "8"),
                            Figure.Argument(key: nil, value: "live"),
                        ],
                        written: "403 MB (384 MiB)", place: at(1, 7))),
                text(" or ", 1, 41),
                .strong([
                    .figure(
                        Figure(
                            quantity: "no-such", arguments: [], written: "x", place: at(1, 47)))
                ]),
            ])
    }

    @Test("A figure's text is read as the page shows it")
    func figureText() {
        #expect(
            inlines("[403&nbsp;MB *or\nso*](cache:)") == [
                figure("403\u{A0}MB or so", "cache:", 1, 1)
            ])
    }

    @Test("Comments inside a line are dropped")
    func comments() {
        #expect(inlines("a <!-- b\nc --> d") == [text("a ", 1, 1), text(" d", 2, 6)])
    }

    @Test("Columns count characters, not their parts")
    func columns() {
        #expect(
            inlines("é👩‍👩‍👧e\u{301} *x*") == [
                text("é👩‍👩‍👧e\u{301} ", 1, 1), .emphasis([text("x", 1, 6)]),
            ])
    }

    @Test("Tabs in text are spaces")
    func tabs() {
        #expect(inlines("a\tb") == [text("a b", 1, 1)])
    }

    @Test("Emphasis nests sixteen levels deep, and what is deeper keeps its text")
    func deepEmphasis() {
        let depth = 40
        let line =
            String(repeating: "*a **b ", count: depth) + "c"
            + String(repeating: "** *", count: depth)
        var levels = 0
        var inner = inlines(line)
        while let next = inner.compactMap(\.content).first { (inner, levels) = (next, levels + 1) }
        #expect(levels <= 16)
        #expect(inlines(line).plainText.filter { $0 == "a" }.count == depth)
    }
}

extension Inline {
    fileprivate var content: [Inline]? {
        switch self {
        case .emphasis(let inlines), .strong(let inlines), .link(let inlines, _): inlines
        case .text, .code, .figure, .lineBreak: nil
        }
    }
}
