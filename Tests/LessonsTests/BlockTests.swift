import Testing

@testable import Lessons

@Suite struct BlockTests {
    @Test("Empty lines part paragraphs")
    func paragraphs() {
        #expect(
            blocks("one\n\n\n   two\nthree") == [
                paragraph("one", 1, 1), .paragraph([text("two ", 4, 4), text("three", 5, 1)]),
            ])
    }

    @Test("A heading ends a paragraph and may close its row of #")
    func headings() {
        #expect(
            blocks("a\n### b *c* ###\n#### d#") == [
                paragraph("a", 1, 1),
                .heading(level: 3, [text("b ", 2, 5), .emphasis([text("c", 2, 8)])]),
                .heading(level: 4, [text("d#", 3, 6)]),
            ])
    }

    @Test("Bullets make a list, another bullet another list")
    func bullets() {
        #expect(
            blocks("- a\n- b\n  c\n* d") == [
                .list(
                    start: nil,
                    items: [
                        [paragraph("a", 1, 3)],
                        [.paragraph([text("b ", 2, 3), text("c", 3, 3)])],
                    ]),
                .list(start: nil, items: [[paragraph("d", 4, 3)]]),
            ])
    }

    @Test("Numbers make a list that starts where its first number says")
    func numbers() {
        #expect(
            blocks("3. a\n7. b\n1) c") == [
                .list(start: 3, items: [[paragraph("a", 1, 4)], [paragraph("b", 2, 4)]]),
                .list(start: 1, items: [[paragraph("c", 3, 4)]]),
            ])
    }

    @Test("Lists nest by indent, and items hold blocks")
    func nestedLists() {
        #expect(
            blocks("- a\n  1. b\n\n     c\n  2. d\n- e\n\nf") == [
                .list(
                    start: nil,
                    items: [
                        [
                            paragraph("a", 1, 3),
                            .list(
                                start: 1,
                                items: [
                                    [paragraph("b", 2, 6), paragraph("c", 4, 6)],
                                    [paragraph("d", 5, 6)],
                                ]),
                        ],
                        [paragraph("e", 6, 3)],
                    ]),
                paragraph("f", 8, 1),
            ])
    }

    @Test("An item may be empty, or begin on its second line")
    func emptyItems() {
        #expect(
            blocks("-\n-\n  a\n-\n\n  b") == [
                .list(start: nil, items: [[], [paragraph("a", 3, 3)], []]),
                paragraph("b", 6, 3),
            ])
    }

    @Test("Only a list from 1 on interrupts a paragraph")
    func interruption() {
        #expect(
            blocks("in\n1986. a\n- b") == [
                .paragraph([text("in ", 1, 1), text("1986. a", 2, 1)]),
                .list(start: nil, items: [[paragraph("b", 3, 3)]]),
            ])
    }

    @Test("A tab after a bullet indents to its stop")
    func tabs() {
        #expect(
            blocks("-\ta\n\n\tb") == [
                .list(start: nil, items: [[paragraph("a", 1, 3), paragraph("b", 3, 2)]])
            ])
    }

    @Test("Quotes hold blocks, and their paragraphs go on without the mark")
    func quotes() {
        #expect(
            blocks("> a\nb\n>\n> > c\n\n> - d\ne") == [
                .quote([
                    .paragraph([text("a ", 1, 3), text("b", 2, 1)]),
                    .quote([paragraph("c", 4, 5)]),
                ]),
                .quote([
                    .list(
                        start: nil, items: [[.paragraph([text("d ", 6, 5), text("e", 7, 1)])]])
                ]),
            ])
    }

    @Test("Fenced code keeps its lines, less the fence's indent")
    func code() {
        #expect(
            blocks("```swift\nlet a = 1\n\n  *b*\n```\n  ~~~~\n   c\n ~~~\nd\n  ~~~~~") == [
                .code(language: "swift", lines: ["let a = 1", "", "  *b*"]),
                .code(language: "", lines: [" c", "~~~", "d"]),
            ])
    }

    @Test("Fenced code stands in lists and quotes, its tabs made spaces")
    func nestedCode() {
        #expect(
            blocks("- ```\n  a\n  \tb\n  ```\n> ~~~\n> c\n> ~~~") == [
                .list(start: nil, items: [[.code(language: "", lines: ["a", "  b"])]]),
                .quote([.code(language: "", lines: ["c"])]),
            ])
    }

    @Test("Comments are dropped, over several lines too")
    func comments() {
        #expect(
            blocks("a\n<!-- b\n\n## c\n-->\nd\n\n- <!-- e -->\n\n  f") == [
                paragraph("a", 1, 1), paragraph("d", 6, 1),
                .list(start: nil, items: [[paragraph("f", 10, 3)]]),
            ])
    }

    @Test("A block in braces is a directive with the places of its keys and values")
    func directives() {
        #expect(
            blocks("```{ask}\nid: a\nchoices:\n  - text: b c\n    right: true\n```") == [
                .directive(
                    Directive(
                        name: "ask", place: at(1, 5),
                        body: Attributes([
                            entry("id", 2, 1, scalar("a", 2, 5)),
                            entry(
                                "choices", 3, 1,
                                Attribute(
                                    .list([
                                        Attribute(
                                            .mapping(
                                                Attributes([
                                                    entry("text", 4, 5, scalar("b c", 4, 11)),
                                                    entry("right", 5, 5, scalar("true", 5, 12)),
                                                ])), at: at(4, 5))
                                    ]), at: at(4, 3))),
                        ])))
            ])
    }

    @Test("A directive without a body has an empty one")
    func emptyDirectives() {
        let empty = { line in
            Block.directive(Directive(name: "heads", place: at(line, 5), body: Attributes()))
        }
        #expect(
            blocks("```{heads}\n```\n~~~{heads}\n\n~~~\n```{heads}\n# just a comment\n```")
                == [empty(1), empty(3), empty(6)])
    }

    @Test("Scalars stay text, whatever YAML takes them for")
    func scalars() {
        #expect(
            blocks("```{a}\nb: [yes, 0x10, ~, '1', \"é\", 2.0]\nc:\n```") == [
                .directive(
                    Directive(
                        name: "a", place: at(1, 5),
                        body: Attributes([
                            entry(
                                "b", 2, 1,
                                Attribute(
                                    .list([
                                        scalar("yes", 2, 5), scalar("0x10", 2, 10),
                                        scalar("~", 2, 16), scalar("1", 2, 19),
                                        scalar("é", 2, 24), scalar("2.0", 2, 29),
                                    ]), at: at(2, 4))),
                            entry("c", 3, 1, scalar("", 3, 3)),
                        ])))
            ])
    }

    @Test("A directive moved right has the places of the file")
    func indentedDirectives() {
        #expect(
            blocks("  ```{a}\n  é: ü # ö\n  ```") == [
                .directive(
                    Directive(
                        name: "a", place: at(1, 7),
                        body: Attributes([entry("é", 2, 3, scalar("ü", 2, 6))])))
            ])
    }
}
