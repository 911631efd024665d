import ForeignText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Lines from standard input, as bytes come; never more of a line than `longestLine` bytes.
struct LineInput {
    let longestLine: Int
    /// Whether no byte will come any more.
    private(set) var isOver = false
    private var lines: ArraySlice<String> = []
    private var partial: [UInt8] = []

    init(longestLine: Int) { self.longestLine = longestLine }

    /// Reads what is there, and waits where nothing is.
    mutating func fill() {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(STDIN_FILENO, &bytes, bytes.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return }
        guard count > 0 else {
            isOver = true
            if !partial.isEmpty { endLine() }
            return
        }
        for byte in bytes.prefix(count) {
            if byte == UInt8(ascii: "\n") {
                endLine()
            } else if partial.count < longestLine {
                partial.append(byte)
            }
        }
    }

    /// The next line that was read, without its end; nil where another `fill` is needed.
    mutating func next() -> String? { lines.popFirst() }

    private mutating func endLine() {
        lines.append(String(foreign: partial))
        partial = []
    }
}
