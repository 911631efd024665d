/// Figures five rows high, drawn from blocks, for a screen that is read from the back of a room.
package enum BigText {
    /// Rows of every character.
    package static let height = 5

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
    package static func rows(_ text: String, width: Int, glyphs: Glyphs) -> [String]? {
        var rows = Array(repeating: "", count: height)
        for character in text {
            guard let shape = shapes[character] else { return nil }
            for (index, line) in shape.enumerated() {
                if !rows[index].isEmpty { rows[index] += "  " }
                for pixel in line {
                    let cell = pixel == "#" ? glyphs.fullBlock : " "
                    rows[index] += String(repeating: cell, count: 2)
                }
            }
        }
        return rows.allSatisfy { columns(of: $0) <= width } ? rows : nil
    }
}
