import Testing

@testable import TerminalCanvas

struct CharacterWidthTests {
    @Test(
        "a character takes the columns that terminals give it",
        arguments: [
            ("a", 1), (" ", 1), ("~", 1), ("é", 1), ("e\u{301}", 1), ("─", 1), ("█", 1), ("●", 1),
            ("漢", 2), ("ｆ", 2), ("한", 2), ("한", 2), ("。", 2), ("𠀀", 2), ("😀", 2), ("⌚", 2),
            ("☺", 1), ("☺\u{FE0F}", 2), ("\u{200B}", 0), ("\u{301}", 0), ("\u{AD}", 0),
            ("\u{0}", -1), ("\u{1B}", -1), ("\u{7F}", -1), ("\u{85}", -1), ("\u{2029}", -1),
        ] as [(Character, Int)])
    func width(character: Character, expected: Int) {
        #expect(columns(of: character) == expected)
    }

    @Test("a code point that no character has yet takes one column")
    func unassigned() {
        #expect(columns(of: Character("\u{2E9A}")) == 1)
        #expect(columns(of: Character("\u{1FAFF}")) == 1)
    }

    @Test("a text takes the columns of its characters")
    func text() {
        #expect(columns(of: "GQA") == 3)
        #expect(columns(of: "a漢e\u{301}\u{200B}") == 4)
        #expect(columns(of: "") == 0)
    }

    @Test("glyphs whose width terminals disagree on are known")
    func ambiguous() {
        #expect(hasAmbiguousWidth("±"))
        #expect(hasAmbiguousWidth("☺\u{FE0F}"))
        #expect(hasAmbiguousWidth("\u{E000}"))
        #expect(!hasAmbiguousWidth("a"))
        #expect(!hasAmbiguousWidth("漢"))
    }

    @Test("every glyph of a drawing takes one column")
    func glyphs() {
        for glyphs in [Glyphs.unicode, .ascii] {
            for glyph in glyphs.all { #expect(columns(of: glyph) == 1, "\(glyph)") }
        }
    }
}

extension Glyphs {
    /// Every character that drawings are made of.
    var all: [Character] {
        [
            horizontal, vertical, bottomLeft, bottomRight, teeDown, teeRight, knob, pointer, here,
            more, less, times, bullet, progressDone, progressLeft, tick, wrong, left, ellipsis,
            shade, fullBlock, track,
        ] + groupMarks + (0...17).flatMap { bar(eighths: $0) }
    }
}
