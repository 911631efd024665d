import AttentionEngine

extension Model {
    /// The layers by what they keep, in their order.
    package var stack: LayerStack {
        let entry: TokenEntry =
            latent.map { .latent($0) } ?? .heads(keyValueHeads, headDimension ?? 0)
        let full = LayerCache.full(
            fullLayerHeads.map { .heads($0.count, $0.dimension) } ?? entry)
        guard let pattern else { return LayerStack([LayerRun(layers: layers, cache: full)]) }
        let other: LayerCache =
            switch pattern.other {
            case .window(let tokens): .window(entry, tokens: tokens)
            case .chunked(let tokens): .chunked(entry, tokens: tokens)
            case .linear: .linear
            }
        return LayerStack(
            (0..<layers).map {
                $0 >= layers - sharedLayers ? .shared : pattern.isFull($0) ? full : other
            })
    }

    /// The model as the memory calculation takes it, like one that was read from a file.
    package var shape: ModelShape {
        ModelShape(
            name: name, queryHeads: queryHeads, headDimension: headDimension,
            hiddenSize: hiddenSize, stack: stack, maximumTokens: maximumTokens, format: nil,
            weights: publishedWeights, resolved: resolved, remarks: [],
            indexKeys: indexKeys, states: states)
    }

    /// Numbers that one more token takes over all layers while no window is full.
    package var numbersPerToken: Int { stack.numbersPerToken }

    /// The cache of all layers, exact for every model of the catalogue.
    ///
    /// Throws where tokens or batch are below one, or where the bits overflow.
    package func cacheSize(
        tokens: Int, batch: Int = 1, numberWidth: NumberWidth = .bits16
    ) throws(SettingError) -> ByteCount {
        try stack.needed(
            CacheLoad(tokens: tokens, batch: batch, format: CacheFormat(numberWidth)))
    }

    /// Why `setting` gives nil; nil where it gives a setting.
    package var noSetting: NoSetting? { shape.noSetting }

    /// The model as a setting of the memory engine, or nil where `noSetting` says why there is
    /// none.
    ///
    /// Throws where tokens or batch are below one, or where MHA's cache would overflow.
    package func setting(
        tokens: Int, batch: Int = 1, numberWidth: NumberWidth = .bits16
    ) throws(SettingError) -> CacheSetting? {
        try shape.setting(tokens: tokens, batch: batch, numberWidth: numberWidth)
    }

    /// The facts of its cache, each read in the catalogue.
    private var resolved: [ResolvedValue] {
        let rule = "catalogue"
        var values = [
            ResolvedValue(.layers, layers, rule), ResolvedValue(.queryHeads, queryHeads, rule),
        ]
        if let latent {
            values.append(ResolvedValue(.latent, latent.latentRank, rule))
            values.append(ResolvedValue(.rotary, latent.rotaryDimension, rule))
        } else {
            values.append(ResolvedValue(.keyValueHeads, keyValueHeads, rule))
            if let headDimension {
                values.append(ResolvedValue(.headDimension, headDimension, rule))
            }
        }
        if let windowed { values.append(ResolvedValue(.window, windowed.window, rule)) }
        if case .chunked(let tokens)? = pattern?.other {
            values.append(ResolvedValue(.chunk, tokens, rule))
        }
        if let pattern {
            values.append(ResolvedValue(.layerKinds, .text(pattern.text), rule))
        }
        if let fullLayerHeads {
            values.append(ResolvedValue(.fullKeyValueHeads, fullLayerHeads.count, rule))
            values.append(ResolvedValue(.fullHeadDimension, fullLayerHeads.dimension, rule))
        }
        if sharedLayers > 0 { values.append(ResolvedValue(.sharedLayers, sharedLayers, rule)) }
        values.append(ResolvedValue(.maximumTokens, maximumTokens, rule))
        return values
    }

    /// The parameter count at the published format's width, 16 bits where none is known; nil where
    /// only its experts are of 4 bits.
    private var publishedWeights: Weights? {
        guard let parameterCount, nativeFormat?.hasSuffix("experts") != true else { return nil }
        let isByte = ["fp8 weights", "int8 weights"].contains(nativeFormat)
        let count = parameters.prefix { $0 != " " }
        return Weights(
            size: ByteCount(parameterCount * (isByte ? 1 : 2)),
            rule: "about: \(count) parameters of \(isByte ? "1 byte" : "2 bytes")")
    }

    /// How many weights it has, as they are published; nil where that is not said.
    package var parameterCount: Int? {
        let digits = parameters.prefix { $0.isNumber || $0 == "." }
        let scales: [Character: Double] = ["M": 1e6, "B": 1e9, "T": 1e12]
        guard let amount = Double(digits), let unit = parameters.dropFirst(digits.count).first,
            let scale = scales[unit]
        else { return nil }
        return Int((amount * scale).rounded())
    }

    /// Whether each token uses some of its weights only: a mixture of experts.
    package var usesSomeWeights: Bool { parameters.contains("active") }
}
