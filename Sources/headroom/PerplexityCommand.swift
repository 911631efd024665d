import ArgumentParser
import AttentionEngine
import LanguageModel

/// `headroom perplexity`: how well a real model predicts a text with what its cache keeps.
struct PerplexityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "perplexity",
        abstract: "Measure how well a real model predicts a text with what its cache keeps.",
        usage: """
            headroom perplexity MODEL.gguf [--text FILE] [--tokens N] [--threads N]
                                [--kv-heads G] [--pool mean|best] [--latent C]
                                [--weighted] [--calibration FILE]
                                [--kv-dtype FORMAT] [--sweep] [--json]
            """,
        discussion: """
            MODEL.gguf is a model as for headroom generate. It reads the text in
            windows of 1,024 tokens (fewer where its context is shorter), each with an
            empty cache, and at every token gives a probability for the next. Perplexity is
            e to the mean of -log p: among so many equally likely tokens it might as well
            have guessed. The tokens of two models are not the same, and so their
            perplexities cannot be compared; those of one model on one text can.

            --sweep measures ways to keep keys and values, from many to few, and how much
            more each token costs than as built: the mean of the differences at each
            token, and its standard error.

            The course's own texts are the prose of its lessons as it was on 2026-11-30:
            of 3 and 7 what is predicted, of the others what is calibrated on. With them
            --sweep finds again what the lesson on a real model quotes.

            EXAMPLES
              headroom perplexity model.gguf
              headroom perplexity model.gguf --text prompt.txt --kv-heads 1
              headroom perplexity model.gguf --tokens 512 --sweep
            """)

    /// Tokens that are predicted at the most where nothing else is asked for: more than the
    /// course's text has.
    static let usualTokens = 2_048

    @OptionGroup var options: ModelOptions

    @Option(
        help: ArgumentHelp(
            "The text (default: part of the course).", valueName: "FILE"),
        completion: .file())
    var text: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The most tokens to predict (default: 2,048).", valueName: "N"))
    var tokens: Int?

    @Flag(help: "Measure ways to keep keys and values, from many to few.")
    var sweep = false

    @Flag(help: "Print JSON instead of lines.")
    var json = false

    func run() throws {
        try check(
            1...1_000_000 ~= tokens ?? 1,
            "--tokens \(tokens ?? 0): tokens must be 1 to 1,000,000")
        let threads = try options.checkedThreads()
        if sweep, let option = options.keptOptions.first {
            throw ValidationError("--sweep sets its own ways to keep: leave out \(option)")
        }
        let model = try OpenModel(path: options.model)
        let points = try points(of: model)
        let ids = try tokensRead(by: model)
        Interruption.begin()
        var answer = PerplexityAnswer(model: model.own.name, isSweep: sweep, threads: threads)
        do {
            var findings = try options.findings(for: points, of: model)
            for point in points where !Interruption.isAsked {
                let sequence = try options.sequence(keeping: point, of: model, findings: &findings)
                let prediction = try predicted(TextPrediction(of: ids, by: sequence), point, model)
                // Of the curve only whole points: parts of a text are different texts.
                if prediction.isOver || !sweep { answer.add(prediction, point) }
            }
        } catch let interrupted as Interrupted {
            interrupted.say()
        }
        if !answer.rows.isEmpty { print(json ? answer.json.text : answer.lines) }
        try flushOutput()
        Interruption.end()
    }

    private func points(of model: OpenModel) throws -> [KeptPoint] {
        guard sweep else { return [try options.point(of: model.own.model.shape.attention)] }
        let shape = model.own.model.shape
        if let obstacle = ModelOptions.obstacle(to: shape) {
            writeErrorLine("latents and best heads are left out: \(obstacle)")
        }
        return KeptPoint.measurable(of: shape)
    }

    /// The first tokens of the text, one more than are predicted; throws where it has no two.
    private func tokensRead(by model: OpenModel) throws -> [Int] {
        let bytes = try text.map(textOfFile) ?? OwnTexts.predicted
        let ids = model.tokens(of: bytes, findsSpecial: false)
        let name = text ?? "the course's text"
        try check(
            ids.count > 1,
            "\(name) has \(counted(ids.count, "token")): a second one is needed to be "
                + "predicted")
        if let tokens, ids.count <= tokens {
            writeErrorLine(
                "\(name) has \(grouped(ids.count)) tokens: \(grouped(ids.count - 1)) can be "
                    + "predicted")
        }
        return Array(ids.prefix((tokens ?? Self.usualTokens) + 1))
    }

    /// Reads on until all is predicted or Ctrl-C is pressed, which is said.
    private func predicted(
        _ empty: TextPrediction, _ point: KeptPoint, _ model: OpenModel
    ) throws -> TextPrediction {
        var prediction = empty
        let status = StatusLine()
        var progress: String {
            "\(point.words): \(grouped(prediction.nats.count)) of \(grouped(prediction.count)) "
                + "tokens"
        }
        repeat {
            status.show(progress)
            try requireMemory(prediction.memoryNeeded)
        } while !Interruption.isAsked && model.isWhole
            && prediction.readOn()
        status.erase()
        try model.check(madeNumbers: prediction.isNumber)
        if !prediction.isOver { writeErrorLine("stopped at \(progress)") }
        return prediction
    }
}
