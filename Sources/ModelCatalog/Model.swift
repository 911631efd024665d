import AttentionEngine

/// A published model as its key/value cache sees it.
package struct Model: Hashable, Sendable, Identifiable {
    /// The name on the command line and in lessons: lower case, unique in the catalogue.
    package let id: String
    /// The name for people, 18 characters at the most.
    package let name: String
    /// How its heads share keys and values.
    package let attention: AttentionVariant
    /// All layers, those included whose cache is windowed or does not grow.
    package let layers: Int
    /// n.
    package let queryHeads: Int
    /// g; for latent attention n, the K/V heads that are rebuilt from the latent and not cached.
    package let keyValueHeads: Int
    /// h; nil where no source gives it, which only happens with latent attention.
    package let headDimension: Int?
    /// The width of the model, which need not be n·h.
    package let hiddenSize: Int
    /// c and r of latent attention.
    package let latent: LatentWidths?
    /// Which layers keep every token and what the others keep; nil where all do.
    package let pattern: LayerPattern?
    /// The heads of the layers that keep every token, where they differ from the others'.
    package let fullLayerHeads: KeyValueHeads?
    /// What its sparse attention keeps beside keys and values; nil without.
    package let indexKeys: IndexKeys?
    /// What the layers that do not keep tokens keep of each sequence; nil where that is not known.
    package let states: FixedStates?
    /// The longest context, in tokens.
    package let maximumTokens: Int
    /// The number format of the published weights; nil where it was not verified.
    package let nativeFormat: String?
    /// The parameter count, "46.7B (12.9B active)".
    package let parameters: String
    /// Where the shape was read.
    package let sources: [String]
    /// What is worth knowing about the shape or about reading it.
    let notes: [String]
    /// What is not certain.
    package let doubts: [Doubt]

    init(
        id: String, name: String, attention: AttentionVariant, layers: Int, queryHeads: Int,
        keyValueHeads: Int, headDimension: Int?, hiddenSize: Int, latent: LatentWidths? = nil,
        pattern: LayerPattern? = nil,
        fullLayerHeads: KeyValueHeads? = nil, indexKeys: IndexKeys? = nil,
        states: FixedStates? = nil, maximumTokens: Int,
        nativeFormat: String?, parameters: String, sources: [String], notes: [String] = [],
        doubts: [Doubt] = []
    ) {
        self.id = id
        self.name = name
        self.attention = attention
        self.layers = layers
        self.queryHeads = queryHeads
        self.keyValueHeads = keyValueHeads
        self.headDimension = headDimension
        self.hiddenSize = hiddenSize
        self.latent = latent
        self.pattern = pattern
        self.fullLayerHeads = fullLayerHeads
        self.indexKeys = indexKeys
        self.states = states
        self.maximumTokens = maximumTokens
        self.nativeFormat = nativeFormat
        self.parameters = parameters
        self.sources = sources
        self.notes = notes
        self.doubts = doubts
    }

    /// A number of K/V heads and their width.
    package struct KeyValueHeads: Hashable, Sendable {
        /// g of these layers.
        package let count: Int
        /// h of these layers.
        package let dimension: Int
    }
}

/// Which layers of a model keep every token, and what the others keep.
package struct LayerPattern: Hashable, Sendable {
    /// What a layer is that does not keep every token.
    enum Other: Hashable, Sendable {
        case window(Int)
        case chunked(Int)
        case linear
    }

    /// The layers that keep every token.
    enum Full: Hashable, Sendable {
        case none
        /// The last of every so many.
        case every(Int)
        /// Those at these places, counted from 0.
        case at([Int])
    }

    let other: Other
    let full: Full

    init(_ other: Other, full: Full) {
        self.other = other
        self.full = full
    }

    /// The layers that keep every token, in words.
    var text: String {
        switch full {
        case .none: "no layer keeps every token"
        case .every(let interval): "the last of every \(interval) layers keeps every token"
        case .at(let layers):
            "layers " + layers.map(String.init).joined(separator: ", ") + " keep every token"
        }
    }

    /// Whether a layer keeps every token; layers are counted from 0.
    func isFull(_ layer: Int) -> Bool {
        switch full {
        case .none: false
        case .every(let interval): (layer + 1) % interval == 0
        case .at(let layers): layers.contains(layer)
        }
    }
}

/// Something about a model that its sources leave open.
package struct Doubt: Hashable, Sendable {
    /// The fact that is open.
    package enum Subject: String, Hashable, Sendable {
        /// What bytes a token takes, n, the longest context, or how many weights there are.
        case cacheSize, queryHeads, context, parameters
    }

    /// The fact that is open; a model is doubtful by some of them only (`isDoubtful`).
    package let subject: Subject
    /// One sentence.
    package let text: String

    init(_ subject: Subject, _ text: String) {
        self.subject = subject
        self.text = text
    }
}

extension Model {
    /// "GQA", "GQA+window" or "GQA+linear".
    package var kind: String { shape.kind }

    /// n/g, the query heads on each K/V head.
    package var groupSize: Int { queryHeads / keyValueHeads }

    /// Layers whose cache grows with the tokens, windows included.
    package var growingLayers: Int { stack.growingLayers }

    /// Layers that keep a state of fixed size (linear attention, convolutions).
    package var linearLayers: Int { stack.count(.linear) }

    /// The layers that keep only a window or a chunk.
    package var windowed: WindowedLayers? {
        let limited = stack.groups.first { $0.cache.limit != nil }
        return limited.map { WindowedLayers(layers: $0.layers, window: $0.cache.limit ?? 0) }
    }

    /// One sentence where the head width is not hidden size / query heads, which calculators that
    /// divide get wrong.
    package var headWidthTrap: String? {
        guard latent == nil, let headDimension, headDimension * queryHeads != hiddenSize else {
            return nil
        }
        let quotient = Double(hiddenSize) / Double(queryHeads)
        let text =
            hiddenSize % queryHeads == 0
            ? grouped(hiddenSize / queryHeads) : fixed(quotient, decimals: 2)
        return "The head width is \(headDimension), not hidden size / query heads = \(text)."
    }

    /// The head width's trap, where there is one, and the notes.
    package var remarks: [String] { (headWidthTrap.map { [$0] } ?? []) + notes }

    /// Whether the cache's size or the head counts are open to doubt.
    package var isDoubtful: Bool {
        doubts.contains { $0.subject == .cacheSize || $0.subject == .queryHeads }
    }
}

extension Model {
    /// What is known of it, whole sentences: doubts first, then where it was read, then what is
    /// worth knowing.
    package var background: [(text: String, isDoubt: Bool)] {
        let format = nativeFormat.map { "Numbers: \($0)." } ?? "Its number format is not verified."
        return doubts.map { ("Uncertain: \($0.text)", true) }
            + [("Read in \(sources.joined(separator: "; ")).", false)]
            + remarks.map { ($0, false) } + [(format, false)]
    }
}
