import ForeignText
import LanguageModel

#if canImport(Glibc)
    @preconcurrency import Glibc
#elseif canImport(Musl)
    @preconcurrency import Musl
#else
    @preconcurrency import Darwin
#endif

/// Text on standard output as it is made.
struct ShownText {
    private let isShown: Bool
    /// All that was made, shown or not.
    private(set) var bytes: [UInt8] = []
    private var stream = TextStream()

    /// `isShown` is false for a text that is only gathered.
    init(isShown: Bool) { self.isShown = isShown }

    /// Adds what a token writes. Throws where it cannot be written.
    mutating func append(_ more: [UInt8]) throws {
        bytes += more
        try show(stream.append(more))
    }

    /// Shows what was held back, and ends the line.
    mutating func finish() throws {
        try show(stream.finish())
        if isShown, bytes.last != 0x0A { try show([0x0A]) }
    }

    /// A terminal gets no commands from a model.
    private func show(_ bytes: [UInt8]) throws {
        guard isShown, !bytes.isEmpty else { return }
        let shown =
            isatty(1) == 1
            ? Array(
                String(decoding: bytes, as: UTF8.self)
                    .replacing([.control, .separator, .format], keepingNewlines: true).utf8) : bytes
        fwrite(shown, 1, shown.count, stdout)
        try flushOutput()
    }
}
