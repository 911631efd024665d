import ArgumentParser
import AttentionEngine
import LanguageModel
import ModelFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What is asked for, checked.
extension GenerateCommand {
    /// The format of cached numbers; throws where an option is not what it may be.
    func checkedFormat() throws -> NumberFormat {
        func check(_ isRight: Bool, _ text: String) throws {
            if !isRight { throw ValidationError(text) }
        }
        try check(1...1_000_000 ~= tokens, "--tokens \(tokens): tokens must be 1 to 1,000,000")
        try check(
            temperature.isFinite && 0...100 ~= temperature,
            "--temperature \(temperature): a temperature must be 0 to 100")
        try check(topP > 0 && topP <= 1, "--top-p \(topP): a share must be above 0, 1 at the most")
        try check(
            1...256 ~= threads ?? 1, "--threads \(threads ?? 0): threads must be 1 to 256")
        guard let format = NumberFormat(rawValue: kvDtype) else {
            throw ValidationError("--kv-dtype: '\(kvDtype)' is none of f32, bf16, q8_0, q4_0")
        }
        return format
    }

    /// Throws where the blocks of a format do not divide the rows that this model's heads leave.
    func check(_ format: NumberFormat, fits shape: AttentionShape) throws {
        if shape.headDimension % format.numbersPerBlock != 0 {
            throw ValidationError(
                "--kv-dtype \(kvDtype): blocks of \(format.numbersPerBlock) numbers do not fit "
                    + "this model's heads of \(shape.headDimension)")
        }
    }

    /// The way to the K/V heads asked for; throws where this model has none.
    func sharing(of shape: AttentionShape) throws -> HeadSharing {
        let wanted = kvHeads ?? shape.keyValueHeads
        guard let sharing = HeadSharing(from: shape, to: wanted) else {
            let legal = divisors(of: shape.queryHeads).filter {
                HeadSharing(from: shape, to: $0) != nil
            }
            throw ValidationError(
                "--kv-heads \(wanted): this model has \(shape.queryHeads) query heads on "
                    + "\(shape.keyValueHeads) K/V heads, which can become "
                    + legal.map(String.init).joined(separator: ", "))
        }
        return sharing
    }

    /// The tokens that are read; throws where there are none, or more than the model can read.
    func firstTokens(of prompt: [UInt8], for own: GGUFLanguageModel) throws -> [Int] {
        var ids = own.tokenizer.tokens(of: prompt, findsSpecial: true)
        if let first = own.firstToken, ids.first != first { ids.insert(first, at: 0) }
        guard !ids.isEmpty else {
            throw ValidationError("the prompt is empty: write what the text begins with")
        }
        let context = own.model.shape.context
        guard ids.count < context else {
            throw ValidationError(
                "the prompt has \(grouped(ids.count)) tokens, and this model reads up to "
                    + grouped(context))
        }
        return ids
    }

    /// No prompt is this long.
    private static let mostBytes = 1 << 24

    /// A prompt from standard input, without the line ends behind it.
    static func standardInput() throws -> [UInt8] {
        if isatty(0) == 1 {
            writeError("What does the text begin with? Ctrl-D on an empty line ends it.\n")
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
