import AttentionEngine

/// Layers of a model that keep the same things.
public struct LayerRun: Hashable, Sendable {
    public let layers: Int
    /// What each keeps of a token.
    public let layout: KVCacheLayout
    /// How many tokens each keeps; nil for all.
    public let window: Int?
}

/// Why no single setting of the memory engine describes a model.
public enum NoSetting: Hashable, Sendable, CustomStringConvertible {
    /// The layers that keep every token have other heads than those that keep a window.
    case layersOfTwoShapes
    /// No source gives the head width, so MHA and GQA with its heads cannot be sized.
    case headDimensionUnknown

    public var description: String {
        switch self {
        case .layersOfTwoShapes: "its window layers and its full layers have different heads"
        case .headDimensionUnknown: "its head width is not published"
        }
    }
}

extension Model {
    /// The layers by what they keep, windowed ones first; linear layers are not among them.
    public var layerRuns: [LayerRun] {
        let layout: KVCacheLayout
        if let latent {
            layout = .latent(
                latentRank: latent.latentRank, rotaryDimension: latent.rotaryDimension)
        } else {
            layout = .perHead(keyValueHeads: keyValueHeads, headDimension: headDimension ?? 0)
        }
        let fullLayout = fullLayerHeads.map {
            KVCacheLayout.perHead(keyValueHeads: $0.count, headDimension: $0.dimension)
        }
        var runs: [LayerRun] = []
        if let windowed {
            runs.append(
                LayerRun(layers: windowed.layers, layout: layout, window: windowed.window))
        }
        let full = growingLayers - (windowed?.layers ?? 0)
        if full > 0 {
            runs.append(LayerRun(layers: full, layout: fullLayout ?? layout, window: nil))
        }
        return runs
    }

    /// Numbers that one more token takes over all layers while no window is full.
    public var numbersPerToken: Int {
        layerRuns.reduce(0) { $0 + $1.layers * $1.layout.numbersPerToken }
    }

    /// The cache of all layers, exact for every model of the catalogue.
    ///
    /// Throws where tokens or batch are below one, or where the bits overflow.
    public func cacheSize(
        tokens: Int, batch: Int = 1, numberWidth: NumberWidth = .bits16
    ) throws(SettingError) -> ByteCount {
        if batch < 1 { throw .tooSmall(.batch, batch) }
        if tokens < 1 { throw .tooSmall(.tokens, tokens) }
        var numbers = 0
        for run in layerRuns {
            let kept = min(run.window ?? tokens, tokens)
            let perToken = run.layers * run.layout.numbersPerToken
            let (product, tooMany) = perToken.multipliedReportingOverflow(by: kept)
            let (sum, tooMuch) = numbers.addingReportingOverflow(product)
            if tooMany || tooMuch { throw .tooLarge }
            numbers = sum
        }
        let (all, overflow) = numbers.multipliedReportingOverflow(by: batch)
        if overflow { throw .tooLarge }
        guard let size = ByteCount(numbers: all, of: numberWidth) else { throw .tooLarge }
        return size
    }

    /// Why `setting` gives nil; nil where it gives a setting.
    public var noSetting: NoSetting? {
        if fullLayerHeads != nil { return .layersOfTwoShapes }
        return headDimension == nil ? .headDimensionUnknown : nil
    }

    /// The model as a setting of the memory engine, or nil where `noSetting` says why there is none.
    ///
    /// Its layers are those that grow with the tokens; with latent attention g is n, since every
    /// query head gets its own K and V from the latent.
    /// Throws where tokens or batch are below one, or where MHA's cache would overflow.
    public func setting(
        tokens: Int, batch: Int = 1, numberWidth: NumberWidth = .bits16
    ) throws(SettingError) -> CacheSetting? {
        guard noSetting == nil, let headDimension else { return nil }
        return try CacheSetting(
            layers: growingLayers, batch: batch,
            shape: AttentionShape(
                queryHeads: queryHeads, keyValueHeads: keyValueHeads,
                headDimension: headDimension),
            tokens: tokens, numberWidth: numberWidth, latent: latent, windowed: windowed)
    }
}
