import Testing

@testable import Lessons

@Suite struct TableTests {
    @Test("A table has a header, alignments and rows")
    func table() {
        #expect(
            blocks("| a | b | c |\n|---|:-:|--:|\n| 1 | *2* | [3](cache:) |\n\nd") == [
                .table(
                    Table(
                        header: [[text("a", 1, 3)], [text("b", 1, 7)], [text("c", 1, 11)]],
                        alignments: [.left, .centre, .right],
                        rows: [
                            [
                                [text("1", 3, 3)], [.emphasis([text("2", 3, 8)])],
                                [figure("3", "cache:", 3, 13)],
                            ]
                        ])),
                paragraph("d", 5, 1),
            ])
    }

    @Test("The outer bars may be left out, and cells may be empty")
    func bare() {
        #expect(
            blocks("a | b\n:--|--\n1 |\n| | 2") == [
                .table(
                    Table(
                        header: [[text("a", 1, 1)], [text("b", 1, 5)]],
                        alignments: [.left, .left],
                        rows: [[[text("1", 3, 1)]], [[], [text("2", 4, 5)]]].map {
                            $0 + Array(repeating: [], count: 2 - $0.count)
                        }))
            ])
    }

    @Test("A bar behind a backslash is part of its cell, in code too")
    func bars() {
        #expect(
            blocks("| a |\n|---|\n| x \\| `y\\|z` *w* |") == [
                .table(
                    Table(
                        header: [[text("a", 1, 3)]], alignments: [.left],
                        rows: [
                            [
                                [
                                    text("x | ", 3, 3), .code("y|z", at(3, 8)),
                                    text(" ", 3, 14), .emphasis([text("w", 3, 16)]),
                                ]
                            ]
                        ]))
            ])
    }

    @Test("Rows are made as wide as the header")
    func widths() {
        #expect(
            blocks("| a | b |\n|---|---|\n| 1 |\n| 2 | 3 | 4 |") == [
                .table(
                    Table(
                        header: [[text("a", 1, 3)], [text("b", 1, 7)]],
                        alignments: [.left, .left],
                        rows: [
                            [[text("1", 3, 3)], []],
                            [[text("2", 4, 3)], [text("3", 4, 7)]],
                        ]))
            ])
    }

    @Test("The line above the dashes is the header; lines above that stay a paragraph")
    func paragraphAbove() {
        #expect(
            blocks("- x\n  | a |\n  |---|\n- y") == [
                .list(
                    start: nil,
                    items: [
                        [
                            paragraph("x", 1, 3),
                            .table(
                                Table(
                                    header: [[text("a", 2, 5)]], alignments: [.left], rows: [])),
                        ],
                        [paragraph("y", 4, 3)],
                    ])
            ])
    }

    @Test("A block that starts ends a table")
    func ends() {
        #expect(
            blocks("| a |\n|---|\n> b") == [
                .table(Table(header: [[text("a", 1, 3)]], alignments: [.left], rows: [])),
                .quote([paragraph("b", 3, 3)]),
            ])
    }
}
