/// A way for heads to share what is cached.
package enum AttentionVariant: String, CaseIterable, Hashable, Sendable {
    /// The four of the lecture notes: a K/V head for each query head, one for each group, one for
    /// all, and a latent for all.
    case mha, gqa, mqa, mla

    /// "MHA" and so on.
    package var shortName: String { rawValue.uppercased() }

    /// The name spelled out, in lower case: "grouped-query attention".
    package var longName: String {
        switch self {
        case .mha: "multi-head attention"
        case .gqa: "grouped-query attention"
        case .mqa: "multi-query attention"
        case .mla: "multi-head latent attention"
        }
    }
}

/// One factor of a cache's size, kept apart so that a screen can show the formula with its numbers.
package struct CacheFactor: Hashable, Sendable {
    /// What a factor counts, which decides its name and its place in the formula.
    package enum Kind: Hashable, Sendable {
        /// One of the setting's own numbers.
        case parameter(Parameter)
        /// The 2 for a key and a value.
        case keyAndValue
        /// c + r, which stands for heads, width and the 2.
        case latentNumbers
        /// l·s less what windows drop, which stands for layers and tokens.
        case tokensKeptOverLayers
        /// The one K/V head of multi-query attention, or the n of multi-head.
        case headCount
    }

    /// What it counts.
    package let kind: Kind
    /// The factor, bytes per number as bits.
    package let value: Int

    /// The factor as it is written in the formula: "96", or "0.5" for 4 bits.
    package var valueText: String {
        kind == .parameter(.bytesPerNumber)
            ? NumberWidth(rawValue: value)?.bytesText ?? String(value) : grouped(value)
    }
}

/// What one variant's cache takes at a setting.
package struct VariantSize: Hashable, Sendable {
    /// The variant whose cache this is.
    package let variant: AttentionVariant
    /// What a layer of that variant keeps of one token.
    package let layout: KVCacheLayout
    /// The factors in the notes' order (l·b·g·h·s·2·bytes); their product in bits is the size.
    package let factors: [CacheFactor]
    /// Numbers held in all layers for the whole batch.
    package let numbers: Int
    /// Exact; 4-bit numbers are rounded up to a whole byte at the end.
    package let size: ByteCount
    /// Bytes that one more token of one sequence takes over all layers while no window is full.
    package let bytesPerToken: ByteCount
}

/// What every variant's cache takes at one setting. Cost: a few products.
package struct MemoryReport: Hashable, Sendable {
    /// What all sizes of the report are computed for.
    package let setting: CacheSetting

    /// Nothing is computed until a variant is asked for.
    package init(_ setting: CacheSetting) { self.setting = setting }

    /// MHA, GQA at the setting's g, MQA, and MLA where the setting has its widths.
    package var variants: [VariantSize] {
        AttentionVariant.allCases.compactMap { self[$0] }
    }

    /// One variant's size; nil for MLA where the setting has no latent.
    package subscript(variant: AttentionVariant) -> VariantSize? {
        let layout: KVCacheLayout
        let widths: [CacheFactor]
        switch variant {
        case .mha, .gqa, .mqa:
            let heads = keyValueHeads(of: variant)
            layout = .perHead(keyValueHeads: heads, headDimension: setting.headDimension)
            widths = [
                CacheFactor(
                    kind: variant == .gqa ? .parameter(.keyValueHeads) : .headCount, value: heads),
                CacheFactor(kind: .parameter(.headDimension), value: setting.headDimension),
            ]
        case .mla:
            guard let latent = setting.latent else { return nil }
            layout = .latent(
                latentRank: latent.latentRank, rotaryDimension: latent.rotaryDimension)
            widths = [CacheFactor(kind: .latentNumbers, value: layout.numbersPerToken)]
        }
        let numbers = layout.numbersPerToken * setting.tokensKeptOverLayers * setting.batch
        return VariantSize(
            variant: variant, layout: layout,
            factors: factors(around: widths, twice: variant != .mla), numbers: numbers,
            size: ByteCount(bits: numbers * setting.numberWidth.bits),
            bytesPerToken: ByteCount(
                bits: layout.numbersPerToken * setting.layers * setting.numberWidth.bits))
    }

    /// The K/V heads that a per-head variant keeps at this setting.
    func keyValueHeads(of variant: AttentionVariant) -> Int {
        switch variant {
        case .mha, .mla: setting.queryHeads
        case .gqa: setting.keyValueHeads
        case .mqa: 1
        }
    }

    /// How many times less a variant takes than MHA; nil where it is not in play.
    package func timesLessThanMHA(_ variant: AttentionVariant) -> Double? {
        guard let own = self[variant], let mha = self[.mha] else { return nil }
        return Double(mha.numbers) / Double(own.numbers)
    }

    /// The number of K/V heads whose keys and values would take as much as the latent does:
    /// (c + r) / 2h, 2.25 for DeepSeek's widths (DeepSeek-V2, table 1).
    package var keyValueHeadsEqualToLatent: Double? {
        self[.mla].map { Double($0.layout.numbersPerToken) / Double(2 * setting.headDimension) }
    }

    /// Multiplications of one decode step for scores and mixing, 2·l·b·n·h·s: the same for MHA,
    /// GQA and MQA, since every query head still meets every token.
    package var attentionMultiplications: Double {
        2 * Double(setting.tokensKeptOverLayers) * Double(setting.batch)
            * Double(setting.queryHeads) * Double(setting.headDimension)
    }

    private func factors(around widths: [CacheFactor], twice: Bool) -> [CacheFactor] {
        var factors: [CacheFactor] = []
        if setting.windowed == nil {
            factors.append(CacheFactor(kind: .parameter(.layers), value: setting.layers))
        }
        factors.append(CacheFactor(kind: .parameter(.batch), value: setting.batch))
        factors += widths
        factors.append(
            setting.windowed == nil
                ? CacheFactor(kind: .parameter(.tokens), value: setting.tokens)
                : CacheFactor(kind: .tokensKeptOverLayers, value: setting.tokensKeptOverLayers))
        if twice { factors.append(CacheFactor(kind: .keyAndValue, value: 2)) }
        factors.append(
            CacheFactor(kind: .parameter(.bytesPerNumber), value: setting.numberWidth.bits))
        return factors
    }
}
