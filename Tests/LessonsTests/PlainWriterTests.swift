import Lessons
import Testing

@Suite("A text without marks")
struct PlainWriterTests {
    private static let inlines = Inline.parse(
        "Of *every **n*** `g` [1](ratio:) in\\\nthe [paper](x.org).",
        at: SourcePlace(line: 1, column: 1)
    ).0

    @Test("keeps words, code, figures, addresses and ends of lines")
    func everything() {
        let writer = PlainWriter { "<\($0.written)>" }
        #expect(writer.text(Self.inlines) == "Of every n g <1> in\nthe paper <x.org>.")
    }

    @Test("says of a figure that it cannot be computed")
    func notComputable() {
        #expect(
            PlainWriter { _ in nil }.text(Self.inlines)
                == "Of every n g [ratio:?] in\nthe paper <x.org>.")
    }
}
