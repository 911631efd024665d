/// Everything that decides the size of a key/value cache. An invalid setting cannot be made: g
/// divides n, nothing is below one, and no size computed from it can overflow.
package struct CacheSetting: Hashable, Sendable {
    /// l, all layers, those of a window included.
    package let layers: Int
    /// b, sequences that are kept at once.
    package let batch: Int
    /// The heads of each layer, the same in all of them: n, g and h.
    package let shape: AttentionShape
    /// s, tokens of each sequence.
    package let tokens: Int
    /// What one cached number takes; scales of blocked formats are not part of a setting.
    package let numberWidth: NumberWidth
    /// c and r, where latent attention is in play.
    package let latent: LatentWidths?
    /// The layers that keep only a window, where there are any; they are among `layers`.
    package let windowed: WindowedLayers?

    /// Throws the first thing that is wrong, checked in the order of the arguments.
    package init(
        layers: Int, batch: Int = 1, shape: AttentionShape, tokens: Int,
        numberWidth: NumberWidth = .bits16, latent: LatentWidths? = nil,
        windowed: WindowedLayers? = nil
    ) throws(SettingError) {
        try AttentionShape.require(layers, .layers)
        try AttentionShape.require(batch, .batch)
        try AttentionShape.require(tokens, .tokens)
        if let latent {
            try AttentionShape.require(latent.latentRank, .latentRank)
            if latent.rotaryDimension < 0 {
                throw .tooSmall(.rotaryDimension, latent.rotaryDimension)
            }
        }
        if let windowed {
            try AttentionShape.require(windowed.layers, .windowLayers)
            try AttentionShape.require(windowed.window, .window)
            if windowed.layers > layers {
                throw .tooManyWindowLayers(windowed.layers, layers: layers)
            }
        }
        // MHA is the largest of the per-head layouts; where it fits, every g does.
        var widths: [[Int]] = [[2, shape.queryHeads, shape.headDimension]]
        if let latent {
            let (sum, overflow) = latent.latentRank.addingReportingOverflow(latent.rotaryDimension)
            if overflow { throw .tooLarge }
            widths.append([sum])
        }
        for width in widths {
            var product = numberWidth.bits
            for factor in width + [layers, batch, tokens] {
                let (next, overflow) = product.multipliedReportingOverflow(by: factor)
                if overflow { throw .tooLarge }
                product = next
            }
        }
        self.layers = layers
        self.batch = batch
        self.shape = shape
        self.tokens = tokens
        self.numberWidth = numberWidth
        self.latent = latent
        self.windowed = windowed
    }

    /// n, of `shape`.
    package var queryHeads: Int { shape.queryHeads }
    /// g, of `shape`.
    package var keyValueHeads: Int { shape.keyValueHeads }
    /// h, of `shape`.
    package var headDimension: Int { shape.headDimension }

    /// Tokens kept, summed over all layers: l·s, less what windows drop.
    package var tokensKeptOverLayers: Int {
        guard let windowed else { return layers * tokens }
        return (layers - windowed.layers) * tokens
            + windowed.layers * min(windowed.window, tokens)
    }

    /// The value of a parameter, bytes per number as bits; nil for a latent or window width that
    /// this setting lacks.
    package subscript(parameter: Parameter) -> Int? {
        switch parameter {
        case .layers: layers
        case .batch: batch
        case .queryHeads: queryHeads
        case .keyValueHeads: keyValueHeads
        case .headDimension: headDimension
        case .tokens: tokens
        case .bytesPerNumber: numberWidth.bits
        case .latentRank: latent?.latentRank
        case .rotaryDimension: latent?.rotaryDimension
        case .windowLayers: windowed?.layers
        case .window: windowed?.window
        }
    }

    /// This setting with some parameters changed (bytes per number in bits).
    ///
    /// Where the query heads change and the K/V heads are not named, g becomes the largest
    /// legal number that is not above the old one, or stays n where it was n.
    /// - Parameter wished: the K/V heads that were meant, where n did not allow them: taken in
    ///   place of the old ones.
    package func setting(
        _ changes: [Parameter: Int], wishing wished: Int? = nil
    ) throws(SettingError) -> CacheSetting {
        func value(_ parameter: Parameter, _ fallback: Int) -> Int {
            changes[parameter] ?? self[parameter] ?? fallback
        }
        let queryHeads = value(.queryHeads, 1)
        try AttentionShape.requireQueryHeads(queryHeads)
        var keyValueHeads = value(.keyValueHeads, 1)
        if changes[.keyValueHeads] == nil, queryHeads != self.queryHeads {
            let isMultiHead = wished == nil && keyValueHeads == self.queryHeads
            let most = isMultiHead ? queryHeads : wished ?? keyValueHeads
            keyValueHeads = divisors(of: queryHeads).last { $0 <= most } ?? 1
        }
        let bits = value(.bytesPerNumber, 16)
        guard let numberWidth = NumberWidth(rawValue: bits) else {
            throw .unknownWidth(String(Double(bits) / 8))
        }
        return try CacheSetting(
            layers: value(.layers, 1), batch: value(.batch, 1),
            shape: AttentionShape(
                queryHeads: queryHeads, keyValueHeads: keyValueHeads,
                headDimension: value(.headDimension, 1)),
            tokens: value(.tokens, 1), numberWidth: numberWidth,
            latent: Self.pair(changes, latent, .latentRank, .rotaryDimension).map {
                LatentWidths(latentRank: $0.0, rotaryDimension: $0.1)
            },
            windowed: Self.pair(changes, windowed, .windowLayers, .window).map {
                WindowedLayers(layers: $0.0, window: $0.1)
            })
    }

    /// Two parameters that go together: both changed, one changed over a present pair, or neither.
    private static func pair<Pair: ParameterPair>(
        _ changes: [Parameter: Int], _ present: Pair?, _ first: Parameter, _ second: Parameter
    ) throws(SettingError) -> (Int, Int)? {
        let a = changes[first] ?? present?.values.0
        let b = changes[second] ?? present?.values.1
        switch (a, b) {
        case (nil, nil): return nil
        case (let a?, let b?): return (a, b)
        case (_?, nil): throw .incomplete(has: first, lacks: second)
        case (nil, _?): throw .incomplete(has: second, lacks: first)
        }
    }
}

private protocol ParameterPair {
    var values: (Int, Int) { get }
}

extension LatentWidths: ParameterPair {
    fileprivate var values: (Int, Int) { (latentRank, rotaryDimension) }
}

extension WindowedLayers: ParameterPair {
    fileprivate var values: (Int, Int) { (layers, window) }
}
