import ArgumentParser
import AttentionEngine

/// How tokens and sizes are written in options.
extension MemoryCommand {
    /// A number of tokens with its letter resolved: K for 1,024 of them and M for 1,024 of those,
    /// as contexts are counted. What is no such number stays as it is.
    static func tokens(_ text: String) -> String {
        guard let plain = NumberText.plain(text) else { return text }
        let factors = ["k": 1024, "m": 1 << 20]
        guard let factor = plain.last.flatMap({ factors[$0.lowercased()] }) else { return plain }
        guard let number = Int(plain.dropLast()) else {
            // 1.5K: a part is read where it comes to whole tokens.
            let parts = plain.dropLast().split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 2, let part = Double(plain.dropLast()), part > 0,
                parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) }),
                let tokens = Int(exactly: part * Double(factor))
            else { return plain }
            return String(tokens)
        }
        let (tokens, isTooLarge) = number.multipliedReportingOverflow(by: factor)
        return isTooLarge ? plain : String(tokens)
    }

    /// A size that an option names; nil where it is not given.
    func size(_ text: String?, option: String) throws -> StatedSize? {
        guard let text else { return nil }
        guard NumberText.plain(text) != nil else {
            throw ValidationError(
                "--\(option): '\(printable(text))': \(printable(NumberText.advice(text)))")
        }
        guard let size = StatedSize(text: text) else {
            throw ValidationError(
                "--\(option): '\(printable(text))' is not a size; write 80GB or 13.34GiB")
        }
        guard size.unit != nil else {
            throw ValidationError(
                "--\(option): '\(printable(text))' has no unit; write \(text)GB or \(text)GiB")
        }
        guard !size.mayBeBits else {
            throw ValidationError(
                "--\(option): '\(printable(text))' may be bits or bytes; write \(text.dropLast())B "
                    + "for bytes")
        }
        return size
    }
}
