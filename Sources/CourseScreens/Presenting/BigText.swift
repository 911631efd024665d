import CourseContent
import CourseSession
import TerminalCanvas

/// Figures five rows high, drawn from blocks, for a screen that is read from the back of a room.
enum BigText {
    static let height = 5

    /// Rows of pixels, a character each: "#" where there is one.
    private static let shapes: [Character: [String]] = [
        "0": ["###", "# #", "# #", "# #", "###"],
        "1": [" # ", "## ", " # ", " # ", "###"],
        "2": ["###", "  #", "###", "#  ", "###"],
        "3": ["###", "  #", "###", "  #", "###"],
        "4": ["# #", "# #", "###", "  #", "  #"],
        "5": ["###", "#  ", "###", "  #", "###"],
        "6": ["###", "#  ", "###", "# #", "###"],
        "7": ["###", "  #", "  #", "  #", "  #"],
        "8": ["###", "# #", "###", "# #", "###"],
        "9": ["###", "# #", "###", "  #", "###"],
        ".": [" ", " ", " ", " ", "#"],
        ",": [" ", " ", " ", "#", "#"],
        "?": ["###", "  #", " ##", "   ", " # "],
        "B": ["## ", "# #", "## ", "# #", "## "],
        "k": ["# #", "# #", "## ", "# #", "# #"],
        "M": ["#   #", "## ##", "# # #", "#   #", "#   #"],
        "G": ["####", "#   ", "# ##", "#  #", "####"],
        "T": ["###", " # ", " # ", " # ", " # "],
        "P": ["###", "# #", "###", "#  ", "#  "],
        "E": ["###", "#  ", "## ", "#  ", "###"],
        "i": ["#", " ", "#", "#", "#"],
        " ": [" ", " ", " ", " ", " "],
    ]

    /// The rows of a text, two columns a pixel; nil where a character has no shape, or where it is
    /// wider than the width.
    static func rows(_ text: String, width: Int, glyphs: Glyphs) -> [String]? {
        var rows = Array(repeating: "", count: height)
        for character in text {
            guard let shape = shapes[character] else { return nil }
            for (index, line) in shape.enumerated() {
                if !rows[index].isEmpty { rows[index] += "  " }
                for pixel in line {
                    rows[index] +=
                        pixel == "#"
                        ? String(repeating: glyphs.fullBlock, count: 2) : "  "
                }
            }
        }
        return rows.allSatisfy { columns(of: $0) <= width } ? rows : nil
    }
}

/// The size of the cache, or of what the step has of it, as large as it can be written.
struct BigFigure: Widget {
    let spec: MemorySpec

    func heights(width: Int, scene: Scene, glyphs: Glyphs) -> ClosedRange<Int> {
        BigText.height...BigText.height + 1
    }

    func draw(in area: Rect, on canvas: inout Canvas, scene: Scene) {
        let text = MemoryFigures(spec, scene).shortResult
        guard let rows = BigText.rows(text, width: area.width - 2, glyphs: canvas.glyphs) else {
            return
        }
        let top = area.row + max(0, min(1, area.height - BigText.height))
        for (index, row) in rows.enumerated() {
            canvas.draw(
                row, at: Point(column: area.column + 1, row: top + index),
                style: Style(.accent, .bold), in: area)
        }
    }
}
