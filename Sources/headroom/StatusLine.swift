#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One line on standard error that tells how something stands and is written over; none where that
/// is no terminal.
struct StatusLine {
    /// Whether there is a terminal for it.
    let isShown = isatty(2) == 1

    private static let width = 79

    /// Writes a text over the one before, cut to the width of a line.
    func show(_ text: String) {
        guard isShown else { return }
        let text = printable(String(text.prefix(Self.width)))
        writeError("\r" + text + String(repeating: " ", count: Self.width - text.count))
    }

    /// Leaves an empty line, with the cursor at its beginning.
    func erase() {
        show("")
        if isShown { writeError("\r") }
    }
}
