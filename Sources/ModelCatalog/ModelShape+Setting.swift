import AttentionEngine

/// Why no single setting of the memory engine describes a model.
package enum NoSetting: Hashable, Sendable, CustomStringConvertible {
    /// Not all layers keep the same of a token.
    case layersOfTwoShapes
    /// No source gives the head width, so MHA and GQA with its heads cannot be sized.
    case headDimensionUnknown
    /// Windows of more than one size.
    case windowsOfTwoSizes
    /// Keys are wider than values, or the other way round.
    case keysAndValuesDiffer
    /// No layer keeps keys and values.
    case nothingCached

    package var description: String {
        switch self {
        case .layersOfTwoShapes: "its layers do not all have the same K/V heads"
        case .headDimensionUnknown: "its head width is not published"
        case .windowsOfTwoSizes: "its windows have more than one size"
        case .keysAndValuesDiffer: "its keys and values differ in width"
        case .nothingCached: "none of its layers keeps keys and values"
        }
    }
}

extension ModelShape {
    /// Why `setting` gives nil; nil where it gives a setting.
    package var noSetting: NoSetting? {
        guard let entry = stack.entries.first else { return .nothingCached }
        if stack.entries.count > 1 { return .layersOfTwoShapes }
        if headDimension == nil { return .headDimensionUnknown }
        if case .heads(_, let keyWidth, let valueWidth) = entry, keyWidth != valueWidth {
            return .keysAndValuesDiffer
        }
        return Set(stack.runs.compactMap(\.cache.limit)).count > 1 ? .windowsOfTwoSizes : nil
    }

    /// The model as a setting of the memory engine, or nil where `noSetting` says why there is
    /// none.
    ///
    /// Its layers are those that grow with the tokens; with latent attention g is n, since every
    /// query head gets its own K and V from the latent.
    /// Throws where tokens or batch are below one, or where MHA's cache would overflow.
    package func setting(
        tokens: Int, batch: Int = 1, numberWidth: NumberWidth = .bits16
    ) throws(SettingError) -> CacheSetting? {
        guard noSetting == nil, let headDimension else { return nil }
        let limited = stack.groups.filter { $0.cache.limit != nil }
        return try CacheSetting(
            layers: stack.growingLayers, batch: batch,
            shape: AttentionShape(
                queryHeads: queryHeads, keyValueHeads: keyValueHeads ?? queryHeads,
                headDimension: headDimension),
            tokens: tokens, numberWidth: numberWidth, latent: latent,
            windowed: limited.first.map { first in
                WindowedLayers(
                    layers: limited.reduce(0) { $0 + $1.layers }, window: first.cache.limit ?? 0)
            })
    }

    /// A setting as a model: the variant it names is MLA where it has a latent.
    package init(_ setting: CacheSetting, name: String) {
        let entry: TokenEntry =
            setting.latent.map { .latent($0) }
            ?? .heads(setting.keyValueHeads, setting.headDimension)
        let rule = "setting"
        var values = [
            ResolvedValue(.layers, setting.layers, rule),
            ResolvedValue(.queryHeads, setting.queryHeads, rule),
        ]
        if let latent = setting.latent {
            values.append(ResolvedValue(.latent, latent.latentRank, rule))
            values.append(ResolvedValue(.rotary, latent.rotaryDimension, rule))
        } else {
            values.append(ResolvedValue(.keyValueHeads, setting.keyValueHeads, rule))
            values.append(ResolvedValue(.headDimension, setting.headDimension, rule))
        }
        var runs: [LayerRun] = []
        if let windowed = setting.windowed {
            values.append(ResolvedValue(.window, windowed.window, rule))
            runs.append(
                LayerRun(
                    layers: windowed.layers, cache: .window(entry, tokens: windowed.window)))
        }
        runs.append(
            LayerRun(
                layers: setting.layers - (setting.windowed?.layers ?? 0), cache: .full(entry)))
        self.init(
            name: name, queryHeads: setting.queryHeads, headDimension: setting.headDimension,
            hiddenSize: nil, stack: LayerStack(runs), maximumTokens: nil,
            format: CacheFormat(setting.numberWidth), weights: nil, resolved: values, remarks: [])
    }
}

extension ModelShape {
    /// A setting that was made from a model by changing some of it: what the setting does not say,
    /// its width, longest context and weights, is the model's.
    package init(_ setting: CacheSetting, changedFrom model: Model) {
        let own = ModelShape(setting, name: model.name)
        let base = model.shape
        self.init(
            name: own.name, queryHeads: own.queryHeads, headDimension: own.headDimension,
            hiddenSize: base.hiddenSize, stack: own.stack, maximumTokens: base.maximumTokens,
            format: own.format, weights: base.weights, resolved: own.resolved, remarks: [],
            indexKeys: base.indexKeys, states: base.states)
    }

    /// The same layers with each way to share: MHA, GQA with the shape's own g, MQA, and MLA where
    /// it has a latent. Only its own way where `noSetting` says why no other can be sized.
    package var variants: [(variant: AttentionVariant, stack: LayerStack)] {
        guard noSetting == nil, let headDimension else { return [(attention, stack)] }
        func heads(_ count: Int) -> LayerStack {
            stack.mapEntries { _ in .heads(count, headDimension) }
        }
        var variants: [(variant: AttentionVariant, stack: LayerStack)] = [
            (.mha, heads(queryHeads)), (.gqa, heads(keyValueHeads ?? queryHeads)), (.mqa, heads(1)),
        ]
        if latent != nil { variants.append((.mla, stack)) }
        return variants
    }
}
