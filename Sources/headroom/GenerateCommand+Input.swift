import ArgumentParser
import AttentionEngine

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What is asked for, checked.
extension GenerateCommand {
    /// Throws where an option of writing is not what it may be.
    func checkWriting() throws {
        try check(1...1_000_000 ~= tokens, "--tokens \(tokens): tokens must be 1 to 1,000,000")
        try check(
            temperature.isFinite && 0...100 ~= temperature,
            "--temperature \(temperature): a temperature must be 0 to 100")
        try check(topP > 0 && topP <= 1, "--top-p \(topP): a share must be above 0 and at most 1")
    }

    /// The tokens that are read; throws where there are none, or more than the model can read.
    func firstTokens(of prompt: [UInt8], for model: OpenModel) throws -> [Int] {
        let ids = model.tokens(of: prompt, findsSpecial: true)
        guard !ids.isEmpty else {
            throw ValidationError("the prompt is empty: write the beginning of a text")
        }
        let context = model.own.model.shape.context
        guard ids.count < context else {
            throw ValidationError(
                "the prompt has \(grouped(ids.count)) tokens, and this model reads up to "
                    + grouped(context))
        }
        return ids
    }

    /// A prompt from standard input, without the line ends behind it.
    static func standardInput() throws -> [UInt8] {
        if isatty(0) == 1 {
            writeError("How does the text begin? Ctrl-D on an empty line ends it.\n")
        }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= mostBytes {
            let got = read(0, &piece, piece.count)
            if got < 0, errno == EINTR { continue }
            if got <= 0 { break }
            bytes += piece[..<got]
        }
        guard bytes.count <= mostBytes else {
            throw ValidationError("the prompt is longer than \(grouped(mostBytes)) bytes")
        }
        while bytes.last == 0x0A { bytes.removeLast() }
        return bytes
    }
}
