import ArgumentParser
import AttentionEngine
import LanguageModel

/// `headroom looks`: where the query heads of a real model look in a text, and how different they
/// are.
struct LooksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "looks",
        abstract: "Show where the heads of a real model look, and how different they are.",
        usage: """
            headroom looks MODEL.gguf [TEXT] [--layer N] [--token N] [--text FILE]
                           [--threads N] [--kv-heads G] [--pool mean|best]
                           [--latent C] [--weighted] [--calibration FILE]
                           [--kv-dtype FORMAT] [--json]
            """,
        discussion: """
            MODEL.gguf is a model as for headroom generate. It reads TEXT, up to 40 tokens
            of it, and prints how much of its attention each query head of a layer gives to
            each token that the asking one sees, in percent, heads that share a K/V head
            side by side. Layers and heads are counted from 0, tokens from 1; without
            --token the last asks. Most heads give much to the first token where they find
            nothing to look at: an attention sink.

            Without TEXT it reads up to 512 tokens of --text, or of the course, and prints
            for each layer how different two heads look: half the sum of the absolute
            differences of their attention, 0 being the same and 1 nothing in common. The
            first 16 tokens are not counted: they see too little.

            EXAMPLES
              headroom looks model.gguf "The cat sat because it was tired" --token 3
              headroom looks model.gguf
              headroom looks model.gguf --kv-heads 1
            """)

    @OptionGroup var options: ModelOptions

    @Argument(help: ArgumentHelp("A short text.", valueName: "TEXT"))
    var sentence: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The layer, counted from 0 (default: 0).", valueName: "N"))
    var layer: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The token that asks, from 1 (default: the last).", valueName: "N"))
    var token: Int?

    @Option(
        help: ArgumentHelp("A longer text (default: part of the course).", valueName: "FILE"),
        completion: .file())
    var text: String?

    @Flag(help: "Print JSON; of TEXT it has all layers and tokens.")
    var json = false

    /// Tokens of a text that somebody looks at.
    static let mostTokens = 40
    /// Tokens of a text that heads are compared on.
    static let mostCompared = 512
    /// Tokens at its beginning that are not counted.
    static let uncounted = 16

    func run() throws {
        let threads = try options.checkedThreads()
        try check(
            sentence == nil || text == nil, "TEXT is looked at, --text FILE compared: leave out one"
        )
        try check(
            sentence != nil || (layer == nil && token == nil),
            "--layer and --token are of a TEXT: write it behind the model")
        let model = try OpenModel(path: options.model)
        let point = try options.point(of: model.own.model.shape.attention)
        let bytes =
            try sentence.map { Array($0.utf8) } ?? text.map(textOfFile) ?? OwnTexts.predicted
        let ids = model.tokens(of: bytes, findsSpecial: sentence != nil)
        try checkTokens(ids.count, of: model.own.model.shape)
        Interruption.begin()
        var sequence = try options.sequence(keeping: point, of: model)
        let answer = LooksAnswer(
            model: model.own.name, point: point, threads: threads, of: &sequence,
            tokens: sentence == nil ? nil : ids.map { model.own.tokenizer.bytes(of: $0) },
            ids: Array(ids.prefix(min(Self.mostCompared, model.own.model.window))),
            uncounted: Self.uncounted)
        try model.check(madeNumbers: answer.isNumber)
        print(
            json
                ? answer.json.text
                : answer.lines(layer: layer ?? 0, token: token ?? ids.count).joined(separator: "\n")
        )
        try flushOutput()
        Interruption.end()
    }

    private func checkTokens(_ count: Int, of shape: LanguageModelShape) throws {
        guard sentence != nil else {
            try check(
                count > Self.uncounted,
                "the text has \(counted(count, "token")): heads are compared from the "
                    + "\(Self.uncounted + 1)th on")
            return
        }
        let most = min(Self.mostTokens, shape.context)
        try check(
            1...most ~= count,
            "TEXT has \(counted(count, "token")): 1 to \(most) are looked at")
        try check(
            0..<shape.layers ~= layer ?? 0,
            "--layer \(layer ?? 0): this model's layers are 0 to \(shape.layers - 1)")
        try check(1...count ~= token ?? 1, "--token \(token ?? 1): TEXT has tokens 1 to \(count)")
    }
}
