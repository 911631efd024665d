import TestSupport
import Testing

@testable import TerminalCanvas

struct CanvasExportTests {
    private var canvas: Canvas {
        var canvas = Canvas(size: Size(width: 8, height: 3))
        canvas.draw("漢 ok", at: Point(column: 0, row: 0), style: Style(.group(1)), in: canvas.area)
        canvas.draw(
            "x", at: Point(column: 6, row: 2), style: Style(.text, [.bold, .reverse]),
            in: canvas.area)
        canvas.cursor = Point(column: 3, row: 1)
        return canvas
    }

    @Test("text has the rows without the blanks at their ends")
    func text() {
        #expect(canvas.text == "漢 ok\n\n      x")
    }

    @Test(
        "colours are written as each scheme has them, and taken back at the end of a row",
        arguments: [
            (ColourScheme(.none), "漢 ok"), (ColourScheme(.colours8), "\u{1B}[33m漢 ok\u{1B}[0m"),
            (ColourScheme(.colours16), "\u{1B}[33m漢 ok\u{1B}[0m"),
            (ColourScheme(.colours256), "\u{1B}[38;5;196m漢 ok\u{1B}[0m"),
            (ColourScheme(.colours256, on: .dark), "\u{1B}[38;5;202m漢 ok\u{1B}[0m"),
        ])
    func ansi(scheme: ColourScheme, first: String) {
        #expect(canvas.ansi(scheme) == "\(first)\n\n      \u{1B}[1;7mx\u{1B}[0m")
    }

    @Test("the bright half of 16 colours has codes of its own")
    func bright() {
        var canvas = Canvas(size: Size(width: 1, height: 1))
        canvas.draw("x", at: Point(column: 0, row: 0), style: Style(.group(0)), in: canvas.area)
        #expect(canvas.ansi(ColourScheme(.colours16)) == "\u{1B}[94mx\u{1B}[0m")
    }

    @Test("blanks are kept where they are seen")
    func visibleBlanks() {
        var canvas = Canvas(size: Size(width: 4, height: 1))
        canvas.mark(Rect(column: 1, row: 0, width: 2, height: 1), .reverse)
        #expect(canvas.ansi(ColourScheme(.none)) == " \u{1B}[7m  \u{1B}[0m")
        #expect(canvas.text == "")
    }

    @Test("a snapshot shows size, cursor, rows and styles")
    func snapshot() {
        #expect(
            canvas.snapshot == """
                8x3, cursor in column 3, row 1
                |漢 ok   |
                |        |
                |      x |
                0: 0-4 group 1
                2: 6 bold reverse
                """)
    }

    @Test("canvases with the same snapshot have the same cells")
    func faithful() {
        var styles: Set<String> = []
        let inks: [Ink] = [.text, .faint, .title, .accent, .good, .bad, .group(0), .group(5)]
        for ink in inks {
            for attributes in 0..<UInt8(16) {
                var canvas = Canvas(size: Size(width: 1, height: 1))
                canvas.draw(
                    "x", at: Point(column: 0, row: 0),
                    style: Style(ink, TextAttributes(rawValue: attributes)), in: canvas.area)
                styles.insert(canvas.snapshot)
            }
        }
        #expect(styles.count == inks.count * 16)
    }
}
