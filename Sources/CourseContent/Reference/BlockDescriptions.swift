import AttentionEngine

/// The blocks that show something, and their keys.
extension BlockDescription {
    static let setting = BlockDescription(
        name: "setting", meaning: "The step's own values.",
        keys: [
            KeyDescription(
                "model", type: "text", default: .words("the lesson's values"),
                range: "an id of headroom models", meaning: "The values of a real model."),
            KeyDescription(
                Parameter.allCases.map(\.letter), type: "number",
                default: .words("the lesson's, or the model's"), range: "as under Settings",
                meaning: "A value of this step's own."),
        ], example: "g: 8\ns: 8192")

    static let sliders = BlockDescription(
        name: "sliders", meaning: "What the learner can move.",
        keys: [
            KeyDescription(
                "show", type: "list of letters", default: .needed, range: "letters of Settings",
                meaning: "The sliders, in order."),
            KeyDescription(
                "new", type: "letter", default: .words("none"), range: "one of show",
                meaning: "The slider that was just unlocked; the keys move it first."),
            KeyDescription(
                Parameter.allCases.map(\.letter), type: "mapping",
                default: .words("the letter's usual stops"),
                meaning: "The stops of that slider."),
        ],
        inner: [Inner(key: "a letter", keys: sliderStops)], example: "show: [g, s]")

    static let sliderStops = [
        KeyDescription(
            "stops", type: "list of numbers", default: .words("the usual ones"),
            meaning: "The only stops; of g, those that divide n."),
        KeyDescription(
            "from", type: "number", default: .words("the first stop"),
            range: "no more than to", meaning: "The lower end."),
        KeyDescription(
            "to", type: "number", default: .words("the last stop"), range: "no less than from",
            meaning: "The upper end."),
    ]

    static let heads = BlockDescription(
        name: "heads", meaning: "Which query head reads which K/V head.",
        keys: [
            KeyDescription(
                "mapping", choice: HeadsSpec.Mapping.self, default: .repeat,
                meaning: "Whether neighbours share a K/V head, or every g-th query head does.")
        ], example: "mapping: both")

    private static let words = KeyDescription(
        "words", type: "list of words", default: .needed,
        range: "1 to \(AppendSpec.mostWords) words", meaning: "The tokens, in order.")

    static let cache = BlockDescription(
        name: "cache", meaning: "Tokens, and the keys and values kept of them.",
        keys: [
            words,
            KeyDescription(
                "mode", choice: CacheSpec.Mode.self, default: .kept,
                meaning: "Whether keys and values are kept, or made again for each token."),
        ], example: "words: [The, cat, sat]")

    static let memory = BlockDescription(
        name: "memory", meaning: "The formula with its numbers, and a bar for each variant.",
        keys: [
            KeyDescription(
                "variants", type: "list of words", default: .value("[mha, gqa, mqa]"),
                range: AttentionVariant.allCases.map(\.rawValue).joined(separator: ", "),
                meaning: "The bars. mla comes by itself where the setting has c and r."),
            KeyDescription(
                "factors", type: "list of words", default: .words("all"),
                range: "letters of Settings, kv",
                meaning: "The factors shown so far; kv is the 2 for a key and a value."),
            KeyDescription("bars", flag: true, meaning: "Whether the bars are shown."),
        ], example: "variants: [mha, gqa]")

    static let append = BlockDescription(
        name: "append", meaning: "A real cache that a key fills, token by token.",
        keys: [words], example: "words: [The, cat, sat]")

    static let outputs = BlockDescription(
        name: "outputs", meaning: "Outputs at this g compared with those of MHA, MQA and tile.",
        keys: [], example: "")

    static let times = BlockDescription(
        name: "times", meaning: "A decode step timed on this machine, for every legal g.",
        keys: [], example: "")

    static let forms = BlockDescription(
        name: "forms", meaning: "Latent attention computed expanded and absorbed.",
        keys: [], example: "")

    private static let raced = RecallVariant.race.map(\.id).joined(separator: ", ")

    static let race = BlockDescription(
        name: "race", meaning: "The recall race: accuracy against memory.",
        keys: [
            KeyDescription(
                "variants", type: "list of words", default: .value("[\(raced)]"), range: raced,
                meaning: "Those shown; a race trains all."),
            KeyDescription(
                "plot", choice: RaceSpec.Plot.self, default: .points,
                meaning: "What is shown first."),
            KeyDescription(
                "corner", flag: false, meaning: "Whether the corner that no g reaches is marked."),
            KeyDescription(
                "g", flag: false,
                meaning: "Whether the variant of the setting's g is marked; needs n: 8, h: 8."),
            KeyDescription(
                "proposal", type: "word", default: .words("not shown"),
                range: RaceSpec.ProposalUse.allCases.map(\.rawValue).joined(separator: ", "),
                meaning: "Whether the learner's own point is shown, or may be placed."),
            KeyDescription(
                "widened", flag: false,
                meaning: "The control: every layer with as many parameters as MHA."),
        ], example: "corner: true")

    static let perspectives = BlockDescription(
        name: "perspectives", meaning: "What each head of a trained layer looks at.",
        keys: [
            KeyDescription(
                "variant", type: "word", default: .needed, range: raced, meaning: "The layer.")
        ], example: "variant: mha")
}
