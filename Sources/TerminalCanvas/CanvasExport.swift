extension Canvas {
    public var text: String {
        (0..<size.height).map { row in
            var line = ""
            for column in 0..<size.width { let c = self[column,row].character; if c != "\0" { line.append(c) } }
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }
}
extension Canvas { public func ansi(_ p: Palette) -> String { text } }
