/// A usual mistake in an attention that somebody wrote themselves: a small change of the right
/// rule, and the words for it. One entry in one of the lists below is all that a mistake is.
package struct AttentionMistake: Hashable, Sendable {
    /// A name for programs: "heads-tiled".
    package let id: String
    /// In a few words: "the scale is missing".
    package let name: String
    /// What happened and what to do, in a sentence or two.
    package let advice: String
    /// What it is about: of each there is one mistake in a pair.
    let subject: Subject
    /// Whether it belongs to what a right file is told that it cannot show.
    let isCommon: Bool
    /// Numbers in it that were found from out.
    let parameters: Int
    /// Whether its name is that of more causes than one, which no number of out tells apart.
    var isOneOfSeveral = false
    let change: @Sendable (inout AttentionRule) -> Void

    enum Subject: String, Sendable {
        case heads, scale, mask, padding, softmax, order, layout, batch, rotary, cache, norm,
            weights, split
        case rounding
    }

    init(
        _ id: String, _ subject: Subject, _ name: String, _ advice: String,
        isCommon: Bool = false, parameters: Int = 0,
        change: @escaping @Sendable (inout AttentionRule) -> Void
    ) {
        (self.id, self.subject, self.name, self.advice) = (id, subject, name, advice)
        (self.isCommon, self.parameters, self.change) = (isCommon, parameters, change)
    }

    /// By names alone.
    package static func == (one: AttentionMistake, other: AttentionMistake) -> Bool {
        one.id == other.id && one.name == other.name
    }

    /// As two are compared.
    package func hash(into hasher: inout Hasher) { hasher.combine(id) }

    /// Whether it is a rounding inside the softmax.
    package var isRounding: Bool { subject == .rounding }

    /// The mistakes that are looked for in a record read so, in the order in which they are named.
    static func all(
        _ reading: AttentionReading, _ options: VerificationOptions
    ) -> [AttentionMistake] {
        let sizes = reading.sizes
        let isMasked = reading.causal || reading.isDecoding
        var list: [AttentionMistake] = []
        if reading.isDecoding { list += decoding(sizes) }
        switch reading.form {
        case .heads, .decoding: list += heads(sizes)
        case .latentCore, .latentWhole:
            var hasQueryNorm = false
            if case .latent(let source) = reading.source {
                hasQueryNorm = source.queriesNormed != nil
            }
            list += latent(
                sizes, isWhole: reading.form == .latentWhole, hasQueryNorm: hasQueryNorm)
        }
        list += scales(sizes, options)
        list += masks(sizes, causal: isMasked).filter {
            // Known under another name in a loop, or no mistake of one.
            !reading.isDecoding
                || !$0.id.hasPrefix("mask-off-by-one-short") && $0.id != "mask-at-top-left"
        }
        list += paddings(reading.there, sizes)
        list += softmaxes(sizes, masked: isMasked) + sinks(inLoop: reading.isDecoding)
        if sizes.latent == nil { list += orders(sizes) + rotationsInside(sizes) }
        if !reading.isDecoding { list += misplaced(sizes, inLoop: false) }
        return list + mixtures(sizes)
    }

    /// Scores or weights kept in 16 bits, in a file of more.
    static func sixteenBitSoftmax(_ format: FloatFormat) -> AttentionMistake {
        AttentionMistake(
            "softmax-in-\(format.rawValue.lowercased())", .rounding,
            "the softmax is rounded to \(format.rawValue)",
            "Errors are as large as scores and weights kept in \(format.rawValue) cause. Compute "
                + "scores and softmax in 32 bits, and round only the result."
        ) {
            $0.rounding = AttentionRule.Rounding(
                format: format, scores: .scaled, weights: .quotients)
        }
    }
}
