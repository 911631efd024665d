import AttentionEngine

/// A small seeded generator, so that a failing law fails again (SplitMix64, Steele et al. 2014).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Legal settings of every kind, the same at each run.
func randomSettings(_ count: Int, seed: UInt64 = 1) throws -> [CacheSetting] {
    var random = SeededGenerator(seed: seed)
    var settings: [CacheSetting] = []
    while settings.count < count {
        let queryHeads = Int.random(in: 1...256, using: &random)
        let layers = Int.random(in: 1...128, using: &random)
        let shape = try AttentionShape(
            queryHeads: queryHeads,
            keyValueHeads: divisors(of: queryHeads).randomElement(using: &random) ?? 1,
            headDimension: Int.random(in: 1...512, using: &random))
        let latent =
            Bool.random(using: &random)
            ? LatentWidths(
                latentRank: Int.random(in: 1...1024, using: &random),
                rotaryDimension: Int.random(in: 0...128, using: &random)) : nil
        let windowed =
            Bool.random(using: &random)
            ? WindowedLayers(
                layers: Int.random(in: 1...layers, using: &random),
                window: Int.random(in: 1...8192, using: &random)) : nil
        settings.append(
            try CacheSetting(
                layers: layers, batch: Int.random(in: 1...64, using: &random), shape: shape,
                tokens: Int.random(in: 1...200_000, using: &random),
                numberWidth: NumberWidth.allCases.randomElement(using: &random) ?? .bits16,
                latent: latent, windowed: windowed))
    }
    return settings
}

extension CacheSetting {
    /// The whole report's numbers of one variant.
    func numbers(_ variant: AttentionVariant) -> Int? { MemoryReport(self)[variant]?.numbers }
}
