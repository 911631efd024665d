/// What one layer keeps of one token. Unlike `KVCacheLayout`, which the numeric cache computes
/// with, it knows keys and values of two widths, as some real models have.
package enum TokenEntry: Hashable, Sendable {
    /// A key and a value for each of `count` K/V heads, widths in numbers.
    case heads(count: Int, keyWidth: Int, valueWidth: Int)
    /// One latent and one rotary key for all heads.
    case latent(LatentWidths)

    /// Keys and values of one width.
    package static func heads(_ count: Int, _ width: Int) -> TokenEntry {
        .heads(count: count, keyWidth: width, valueWidth: width)
    }

    /// What a layout of the numeric cache leaves of a token: keys and values of the same width.
    package init(_ layout: KVCacheLayout) {
        switch layout {
        case .perHead(let keyValueHeads, let headDimension):
            self = .heads(keyValueHeads, headDimension)
        case .latent(let latentRank, let rotaryDimension):
            self = .latent(
                LatentWidths(latentRank: latentRank, rotaryDimension: rotaryDimension))
        }
    }

    /// Numbers kept.
    package var numbers: Int {
        switch self {
        case .heads(let count, let keyWidth, let valueWidth): count * (keyWidth + valueWidth)
        case .latent(let widths): widths.latentRank + widths.rotaryDimension
        }
    }

    /// The widths of the rows that a blocked format must divide.
    var rowWidths: [Int] {
        switch self {
        case .heads(_, let keyWidth, let valueWidth): [keyWidth, valueWidth]
        case .latent: [numbers]
        }
    }

    /// g, where heads are kept.
    package var keyValueHeads: Int? {
        if case .heads(let count, _, _) = self { count } else { nil }
    }

    /// The same widths with other K/V heads; a latent has none and stays.
    package func with(keyValueHeads: Int) -> TokenEntry {
        guard case .heads(_, let keyWidth, let valueWidth) = self else { return self }
        return .heads(count: keyValueHeads, keyWidth: keyWidth, valueWidth: valueWidth)
    }
}

/// What one layer of a model keeps of the tokens it has seen.
package enum LayerCache: Hashable, Sendable {
    /// The entries of all tokens.
    case full(TokenEntry)
    /// The entries of the newest tokens.
    case window(TokenEntry, tokens: Int)
    /// The entries of the chunk in which the newest token stands.
    case chunked(TokenEntry, tokens: Int)
    /// A state of fixed size instead of entries: linear attention, convolutions, state spaces.
    case linear
    /// Nothing of its own: it reads what an earlier layer keeps.
    case shared
    /// Nothing: it has no attention.
    case none

    /// A layer's kind without its widths.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// The cases of `LayerCache` by the same names.
        case full, window, chunked, linear, shared, none
    }

    /// The case alone, for counting layers and for tables.
    package var kind: Kind {
        switch self {
        case .full: .full
        case .window: .window
        case .chunked: .chunked
        case .linear: .linear
        case .shared: .shared
        case .none: .none
        }
    }

    /// The entry of a token; nil where the layer's memory does not grow with them.
    package var entry: TokenEntry? {
        switch self {
        case .full(let entry), .window(let entry, _), .chunked(let entry, _): entry
        case .linear, .shared, .none: nil
        }
    }

    /// The most tokens it keeps; nil where there is no such limit.
    package var limit: Int? {
        switch self {
        case .window(_, let tokens), .chunked(_, let tokens): tokens
        case .full, .linear, .shared, .none: nil
        }
    }

    /// The same layer with its entry changed.
    func mapEntry<Problem: Error>(
        _ change: (TokenEntry) throws(Problem) -> TokenEntry
    ) throws(Problem) -> LayerCache {
        switch self {
        case .full(let entry): .full(try change(entry))
        case .window(let entry, let tokens): .window(try change(entry), tokens: tokens)
        case .chunked(let entry, let tokens): .chunked(try change(entry), tokens: tokens)
        case .linear, .shared, .none: self
        }
    }
}

/// Neighbouring layers that keep the same things.
package struct LayerRun: Hashable, Sendable {
    /// How many neighbours they are.
    package let layers: Int
    /// What each of them keeps.
    package let cache: LayerCache

    /// A run of any length; `LayerStack` drops empty ones and joins neighbours.
    package init(layers: Int, cache: LayerCache) {
        self.layers = layers
        self.cache = cache
    }
}
