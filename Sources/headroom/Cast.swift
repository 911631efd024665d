import CourseExport
import TerminalCanvas

/// A recording as asciinema plays it: a line of JSON that describes the terminal, then one for each
/// event (asciicast v2, docs.asciinema.org/manual/asciicast/v2).
struct Cast {
    private(set) var lines: [JSON] = []
    private var shown: [String] = []
    private var seconds = 0.0

    var text: String { lines.map { $0.text + "\n" }.joined() }

    init(_ demonstration: Demonstration, title: String, size: Size) {
        lines.append(
            .object([
                ("version", .int(2)), ("width", .int(size.width)), ("height", .int(size.height)),
                ("title", .string(title)),
                ("env", .object([("TERM", .string("xterm-256color"))])),
            ]))
        for part in demonstration.parts {
            var app = part.opening
            add("m", app.sheetScreen.title)
            show(app.canvas())
            for press in part.presses {
                seconds += press.pause
                _ = app.handle(.key(press.key))
                show(app.canvas())
            }
            seconds += part.rest
        }
        // The cursor is given back on a clean line, where a shell may go on.
        add("o", "\u{1B}[\(size.height);1H\u{1B}[0m\u{1B}[2K\u{1B}[?25h")
    }

    private mutating func add(_ kind: String, _ text: String) {
        // Hundredths are exact in a decimal number where they are not in a binary one.
        let hundredths = Int((seconds * 100).rounded())
        let rest = hundredths % 100
        let time = "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
        lines.append(.array([.number(time), .string(kind), .string(text)]))
    }

    /// Writes the rows that have changed, from a cleared screen at first.
    private mutating func show(_ canvas: Canvas) {
        var output = "\u{1B}[?25l"
        if shown.isEmpty { output += "\u{1B}[0m\u{1B}[2J" }
        let rows = canvas.ansi(ColourScheme(.colours256)).split(
            separator: "\n", omittingEmptySubsequences: false
        ).map(String.init)
        for (index, row) in rows.enumerated()
        where !shown.indices.contains(index) || shown[index] != row {
            // Cleared first: behind a full row the cursor still stands on its last cell.
            output += "\u{1B}[\(index + 1);1H\u{1B}[K\(row)"
        }
        shown = rows
        if let cursor = canvas.cursor {
            output += "\u{1B}[\(cursor.row + 1);\(cursor.column + 1)H\u{1B}[?25h"
        }
        add("o", output)
    }
}
