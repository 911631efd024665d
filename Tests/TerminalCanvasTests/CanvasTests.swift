import TestSupport
import Testing

@testable import TerminalCanvas

struct CanvasTests {
    @Test("text stands where it is drawn, and the column behind it is returned")
    func place() {
        var canvas = Canvas(size: Size(width: 10, height: 3))
        let end = canvas.draw("abc", at: Point(column: 2, row: 1), in: canvas.area)
        #expect(canvas.text == "\n  abc\n")
        #expect(end == 5)
    }

    @Test(
        "nothing is drawn outside the clip, on any side",
        arguments: [
            (Point(column: 0, row: 1), "bcd"), (Point(column: 3, row: 1), "bcd"),
            (Point(column: -2, row: 1), "bcd"), (Point(column: 1, row: 0), "bcd"),
            (Point(column: 1, row: 3), "bcd"), (Point(column: 1, row: -7), "bcd"),
            (Point(column: 99, row: 1), "bcd"),
        ])
    func clip(point: Point, text: String) {
        let clip = Rect(column: 2, row: 1, width: 3, height: 2)
        var canvas = Canvas(size: Size(width: 8, height: 5))
        canvas.draw(text + "漢字漢字", at: point, style: Style(.bad), in: clip)
        for row in 0..<5 {
            for column in 0..<8 where !clip.contains(Point(column: column, row: row)) {
                #expect(canvas[column, row] == .blank, "\(column), \(row)")
            }
        }
    }

    @Test("places may be counted from the corner of the area that clips")
    func drawingInAnArea() {
        var canvas = Canvas(size: Size(width: 8, height: 3))
        let area = Rect(column: 2, row: 1, width: 5, height: 2)
        #expect(canvas.draw("ab", .faint, column: 1, in: area) == 3)
        #expect(canvas.draw([Span("c"), Span("d", .bright)], column: 3, in: area) == 5)
        canvas.draw([[Span("lines")], [Span("below")]], column: 1, row: 1, in: area)
        #expect(canvas.text == "\n   abcd\n   line")
        #expect(canvas[3, 1].style == .faint)
        #expect(canvas[6, 1].style == .bright)
    }

    @Test("a mark stands before the first line, and the others are indented by its columns")
    func wrappingBehindAMark() {
        let lines = wrapped(
            [Span("one two three")], behind: Span("- "), width: 9, glyphs: .unicode)
        #expect(lines.map { $0.map(\.text).joined() } == ["- one two", "  three"])
        #expect(
            wrapped("one two", .faint, width: 3, glyphs: .unicode).last == [
                Span("two", .faint)
            ])
    }

    @Test("lines end at the same places in a text of ASCII and in one of any letters")
    func wrappingOfAnyLetters() {
        func lines(_ text: String) -> [String] {
            wrapped(text, width: 8, glyphs: .unicode).map { $0.map(\.text).joined() }
        }
        let plain = lines("one two-three \n\n four  fivesixseven, e ")
        #expect(plain == ["one", "two-thre", "e", "", "four", "fivesixs", "even, e"])
        #expect(
            lines("oné two\u{A0}thréé \n\n four  fivésixsévén, é ")
                == ["oné", "two thré", "é", "", "four", "fivésixs", "évén, é"])
        // A mark makes another character of the space before it.
        #expect(lines("fives e \u{301}a") == ["fives", "e \u{301}a"])
    }

    @Test("a clip larger than the canvas is the canvas")
    func largeClip() {
        var canvas = Canvas(size: Size(width: 4, height: 1))
        canvas.draw(
            "abcdefgh", at: Point(column: -1, row: 0),
            in: Rect(column: -5, row: -5, width: 99, height: 99))
        #expect(canvas.text == "bcde")
    }

    @Test("a canvas of no extent takes every drawing and stays empty")
    func empty() {
        var canvas = Canvas(size: Size(width: -3, height: 2))
        canvas.draw("漢", at: Point(column: 0, row: 0), in: canvas.area)
        canvas.fill(Rect(column: 0, row: 0, width: 9, height: 9), with: "x")
        canvas.mark(Rect(column: 0, row: 0, width: 9, height: 9), .bold)
        #expect(canvas.cells.isEmpty)
    }

    @Test("a wide character takes two columns, the second of which prints nothing")
    func wide() {
        var canvas = Canvas(size: Size(width: 6, height: 1))
        let end = canvas.draw(
            "a漢b", at: Point(column: 0, row: 0), style: Style(.good), in: canvas.area)
        #expect(end == 4)
        #expect(canvas[1, 0] == Cell("漢", Style(.good)))
        #expect(canvas[2, 0] == Cell(Cell.continuation.character, Style(.good)))
        #expect(canvas[3, 0] == Cell("b", Style(.good)))
    }

    @Test("a wide character that does not fit whole leaves a blank")
    func wideAtEdge() {
        var canvas = Canvas(size: Size(width: 3, height: 1))
        let end = canvas.draw("ab漢", at: Point(column: 0, row: 0), in: canvas.area)
        #expect(canvas.snapshot == "3x1\n|ab |")
        #expect(end == 4)
    }

    @Test(
        "overwriting either half of a wide character blanks the other",
        arguments: [(1, "|ax c|"), (2, "|a xc|")])
    func halves(column: Int, row: String) {
        var drawn = Canvas(size: Size(width: 4, height: 1))
        drawn.draw("a漢c", at: Point(column: 0, row: 0), in: drawn.area)
        var filled = drawn
        drawn.draw("x", at: Point(column: column, row: 0), in: drawn.area)
        filled.fill(Rect(column: column, row: 0, width: 1, height: 1), with: "x")
        #expect(drawn.snapshot == "4x1\n\(row)")
        #expect(filled.snapshot == drawn.snapshot)
    }

    @Test("a wide character over the seam of two others leaves no half behind")
    func seam() {
        var canvas = Canvas(size: Size(width: 4, height: 1))
        canvas.draw("漢字", at: Point(column: 0, row: 0), in: canvas.area)
        canvas.draw("語", at: Point(column: 1, row: 0), in: canvas.area)
        #expect(canvas.snapshot == "4x1\n| 語 |")
    }

    @Test("a letter and its combining marks are one cell")
    func combining() {
        var canvas = Canvas(size: Size(width: 4, height: 1))
        let end = canvas.draw("e\u{301}x", at: Point(column: 0, row: 0), in: canvas.area)
        #expect(end == 2)
        #expect(canvas[0, 0].character == "e\u{301}")
        #expect(canvas[1, 0].character == "x")
    }

    @Test("a mark without a letter, and what has no width, takes no column")
    func noWidth() {
        var canvas = Canvas(size: Size(width: 4, height: 1))
        let end = canvas.draw("\u{200B}a\u{FEFF}b", at: Point(column: 0, row: 0), in: canvas.area)
        #expect(end == 2)
        #expect(canvas.text == "ab")
    }

    @Test(
        "control characters are shown as a question mark",
        arguments: ["\u{0}", "\u{7}", "\u{1B}", "\n", "\r\n", "\u{7F}", "\u{9B}", "\u{2028}"])
    func control(character: String) {
        for glyphs in [Glyphs.unicode, .ascii] {
            var canvas = Canvas(size: Size(width: 8, height: 1), glyphs: glyphs)
            canvas.draw("a\(character)[2J", at: Point(column: 0, row: 0), in: canvas.area)
            #expect(canvas.text == "a?[2J")
        }
    }

    @Test("spans stand one behind the other, each in its style")
    func spans() {
        var canvas = Canvas(size: Size(width: 12, height: 1))
        let end = canvas.draw(
            [Span("l "), Span("32", Style(.accent, .bold)), Span(" layers", Style(.faint))],
            at: Point(column: 1, row: 0), in: canvas.area)
        #expect(end == 12)
        #expect(
            canvas.snapshot == """
                12x1
                | l 32 layers|
                0: 3-4 accent bold, 5-11 faint
                """)
    }

    @Test("filling covers an area and nothing else")
    func fill() {
        var canvas = Canvas(size: Size(width: 5, height: 4))
        canvas.fill(
            Rect(column: 3, row: 2, width: 9, height: 9), with: "#", style: Style(.group(2)))
        #expect(
            canvas.snapshot == """
                5x4
                |     |
                |     |
                |   ##|
                |   ##|
                2: 3-4 group 2
                3: 3-4 group 2
                """)
    }

    @Test("marking adds attributes and keeps ink and text")
    func mark() {
        var canvas = Canvas(size: Size(width: 4, height: 1))
        canvas.draw(
            "abcd", at: Point(column: 0, row: 0), style: Style(.good, .bold), in: canvas.area)
        canvas.mark(Rect(column: 1, row: 0, width: 2, height: 5), .reverse)
        #expect(
            canvas.snapshot == """
                4x1
                |abcd|
                0: 0 good bold, 1-2 good bold reverse, 3 good bold
                """)
    }
}
