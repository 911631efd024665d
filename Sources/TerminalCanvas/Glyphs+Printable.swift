extension Glyphs {
    /// A text as a canvas would show it: "?" for control characters, nothing for invisible ones,
    /// spelled out where only ASCII is to be had. For what is printed without a canvas.
    package func printable(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        return isPlain ? text : String(text.flatMap { printed($0).map(\.0) })
    }
}
