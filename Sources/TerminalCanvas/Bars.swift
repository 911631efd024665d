extension Glyphs {
    /// A bar of a share, 0 to 1, of some columns; what is next to nothing still shows.
    package func bar(_ share: Double, of columns: Int) -> String {
        bar(eighths: max(1, Int((share * Double(max(0, columns) * 8)).rounded())))
    }
}

/// How much of something is done, a share of 0 to 1: as a row of cells and the percentage.
package func progressBar(_ share: Double, cells: Int = 20, glyphs: Glyphs) -> Line {
    let done = Int((share * Double(cells)).rounded())
    return [
        Span(String(repeating: glyphs.progressDone, count: done), .accent),
        Span(String(repeating: glyphs.progressLeft, count: cells - done), .faint),
        Span(" \(Int(share * 100)) %", .bright),
    ]
}
