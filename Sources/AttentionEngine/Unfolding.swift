/// A cache's size unfolded one factor at a time, and beside the other variants' sizes.
package enum Unfolding {
    /// What is multiplied (or, of a latent, added), the product so far, and whose numbers those
    /// are.
    package struct Factor: Sendable {
        /// What the factor is: "8 K/V heads".
        package let name: String
        /// Whether it multiplies what stands above it; false for the first row, and for what is
        /// added.
        package let isMultiplied: Bool
        /// The product so far: numbers, or bytes once those are among the factors.
        package let product: Int
        /// Whose numbers the product counts: "one layer".
        package let owner: String
    }

    /// "12 times as much", "1/8 of it".
    package struct Other: Sendable {
        /// The variant's short name.
        package let name: String
        /// How much it caches against the variant unfolded, in words.
        package let share: String
        /// The size of its whole cache.
        package let size: ByteCount
    }
}

extension Unfolding {
    /// The factors of a variant's size in the order in which a cache grows: a key, a K/V head, a
    /// layer, a token, a sequence.
    ///
    /// - Parameter shows: which factors there are to be.
    package static func factors(
        of size: VariantSize, in report: MemoryReport, shows: (CacheFactor.Kind) -> Bool
    ) -> [Factor] {
        let setting = report.setting
        var rows: [Factor] = []
        var product = 1
        func add(_ name: String, _ owner: String, isMultiplied: Bool = true) {
            rows.append(
                .init(
                    name: name, isMultiplied: isMultiplied && !rows.isEmpty, product: product,
                    owner: owner))
        }
        func multiply(_ kind: CacheFactor.Kind, by factor: Int, _ name: String, _ owner: String) {
            guard shows(kind) else { return }
            product *= factor
            add(name, owner)
        }
        switch size.layout {
        case .perHead(let heads, let width):
            multiply(.parameter(.headDimension), by: width, "h, numbers of a key", "one key")
            multiply(.keyAndValue, by: 2, "2 (a key, a value)", "one K/V head")
            multiply(
                .parameter(.keyValueHeads), by: heads,
                counted(heads, size.variant == .mha ? "head" : "K/V head"),
                shows(.parameter(.layers)) ? "one layer" : "one token")
        case .latent(let rank, let rotary):
            product = rank
            add("c, the latent", "for all heads")
            product += rotary
            add("+ \(rotary), the rotary key", "one layer", isMultiplied: false)
        }
        if setting.windowed == nil {
            multiply(
                .parameter(.layers), by: setting.layers, counted(setting.layers, "layer"),
                "one token")
            multiply(
                .parameter(.tokens), by: setting.tokens, counted(setting.tokens, "token"),
                "one sequence")
        } else {
            let kept = setting.tokensKeptOverLayers
            multiply(
                .tokensKeptOverLayers, by: kept, "\(grouped(kept)) tokens kept", "all layers")
        }
        multiply(
            .parameter(.batch), by: setting.batch, "\(grouped(setting.batch)) in the batch",
            "all sequences")
        if shows(.parameter(.bytesPerNumber)) {
            product = size.size.bytes
            add("\(setting.numberWidth.bytesText) bytes each", "bytes")
        }
        return rows
    }

    /// The variants that cache more or less than one of them, of those that are shown.
    package static func others(
        beside size: VariantSize, in report: MemoryReport, shows: (AttentionVariant) -> Bool
    ) -> [Other] {
        let shown = report.variants.filter { shows($0.variant) }
        let named = shown.filter { $0.variant != .gqa }
        // At the ends of its slider, and beside a latent, g is no further way to share.
        let others = shown.filter { other in
            other.variant != size.variant && other.numbers != size.numbers
                && (other.variant != .gqa || !named.contains { $0.numbers == other.numbers })
        }
        return others.map { other in
            let ratio = Double(other.numbers) / Double(size.numbers)
            let share =
                ratio > 1 ? "\(brief(ratio)) times as much" : "1/\(brief(1 / ratio)) of it"
            return .init(name: other.variant.shortName, share: share, size: other.size)
        }
    }
}
