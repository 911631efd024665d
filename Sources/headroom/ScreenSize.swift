import ArgumentParser
import TerminalCanvas

/// Columns and rows from what `--size` was given: "80x24".
func screenSize(_ text: String) throws -> Size {
    let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard sides.count == 2, let width = sides[0], let height = sides[1],
        (1...500).contains(width), (1...500).contains(height)
    else {
        throw ValidationError("--size '\(text)': columns x rows, as in 80x24, up to 500x500")
    }
    return Size(width: width, height: height)
}
