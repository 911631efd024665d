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

    /// Columns that it may take: one fewer than there are, where a line would break.
    private let width: Int = {
        var size = winsize()
        let isKnown = ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 1
        return min(79, isKnown ? Int(size.ws_col) - 1 : 79)
    }()

    /// Writes a text over the one before, cut to the width of a line.
    func show(_ text: String) {
        guard isShown else { return }
        let text = printable(String(text.prefix(width)))
        writeError("\r" + text + String(repeating: " ", count: width - text.count))
    }

    /// Leaves an empty line, with the cursor at its beginning.
    func erase() {
        show("")
        if isShown { writeError("\r") }
    }
}
