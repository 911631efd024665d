import AttentionEngine

/// What is known of a family of models beyond what its files say: a row of `all`.
struct ModelFamily {
    /// Its names in a config.json (`model_type`): of the text model, where that is nested.
    let types: [String]
    /// Its names in a GGUF file (`general.architecture`).
    let architectures: [String]
    /// What its layers keep where no field says it.
    let layers: Layers
    /// What its class takes for fields that a config leaves out. K/V heads of 0 are as many as
    /// query heads, a head width of 0 is the width of the model over its heads.
    let defaults: [String: Int]
    /// The fields by which its files alone say what layers keep, behind those of
    /// `LayerField.common`.
    let fields: [LayerField]
    /// How many caches a layer has: as many as it has blocks of attention.
    let cachesPerLayer: Int
    /// Where that was read.
    let source: String

    /// Which layers keep less than every token.
    enum Layers: Hashable {
        /// None; a window in its files means nothing.
        case full
        /// A field has to say it.
        case stated
        /// All keep the window, where the file has one.
        case windows
        /// All but one in every so many: the last of them, or the first.
        case oneIn(Int, isFirst: Bool = false, else: LayerCache.Kind)
    }

    init(
        _ types: [String], gguf architectures: [String] = [], _ layers: Layers = .full,
        _ defaults: [String: Int] = [:], fields: [LayerField] = [], cachesPerLayer: Int = 1,
        source: String
    ) {
        self.types = types
        self.architectures = architectures
        self.layers = layers
        self.defaults = defaults
        self.fields = fields
        self.cachesPerLayer = cachesPerLayer
        self.source = source
    }

    /// The family with a name in config.json; nil where it is not known.
    static func type(_ name: String) -> ModelFamily? { byType[name] }

    /// The family with a name in GGUF; nil where it is not known.
    static func architecture(_ name: String) -> ModelFamily? { byArchitecture[name] }

    private static let byType = index(\.types)
    private static let byArchitecture = index(\.architectures)

    private static func index(_ names: (ModelFamily) -> [String]) -> [String: ModelFamily] {
        var index: [String: ModelFamily] = [:]
        for family in all { for name in names(family) { index[name] = family } }
        return index
    }
}

/// Why a family of models, by the name that its files give it, has no cache that grows; nil where
/// it may have one.
func modelFamilyWithoutCache(_ family: String) -> String? {
    let name = family.lowercased()
    if ["mamba", "mamba2", "falcon_mamba"].contains(name) || name.hasPrefix("rwkv")
        || name.hasPrefix("arwkv")
    {
        return "keeps a fixed state: it has no key/value cache that grows"
    }
    // fla's models, none of whose layers attends; with `attn` some do.
    let linear: Set = [
        "abc", "comba", "delta_net", "gated_deltanet", "gated_deltaproduct", "gla", "gsa", "hgrn",
        "hgrn2", "kda", "lightnet", "linear_attn", "mesa_net", "mom", "retnet",
    ]
    if linear.contains(name) {
        return
            "keeps a fixed state: where all its layers do, it has no key/value cache that grows, "
            + "and 'attn' is not understood"
    }
    if name.hasSuffix("bert") || name.hasPrefix("jina-bert") || name.hasPrefix("nomic-bert")
        || name.hasPrefix("roberta") || name.hasPrefix("xlm-roberta") || name == "t5encoder"
    {
        return "reads a whole text at once and writes none: it has no key/value cache that grows"
    }
    let masked: Set = ["dream", "llada", "llada_moe", "llada-moe", "llada2_moe", "rnd1"]
    if masked.contains(name) || name == "gemma-embedding" {
        return "reads a whole text at once, also what it fills in: it has no key/value cache that "
            + "grows"
    }
    let pairs: Set = [
        "t5", "mt5", "umt5", "longt5", "switch_transformers", "t5gemma", "bart", "mbart", "pegasus",
        "marian", "m2m_100", "nllb-moe", "led", "prophetnet", "blenderbot", "whisper",
    ]
    if pairs.contains(name) {
        return "has an encoder and a decoder; only models with a decoder alone are supported"
    }
    return nil
}
