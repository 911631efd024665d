/// One decode step of multi-head latent attention: one layer, one token, over so many cached ones.
package struct LatentStep: Hashable, Sendable {
    /// n, the heads of the layer.
    package let queryHeads: Int
    /// h, of the keys and values that the latent is expanded to, rotary part apart.
    package let headDimension: Int
    /// c and r.
    package let widths: LatentWidths
    /// s, cached tokens.
    package let tokens: Int

    /// Multiplications of the step, those by W included; the new token's own projections (its
    /// query, its latent, the output) are not, which are the same both ways.
    ///
    /// expanded: 2 s n h c to rebuild, s n (2h + r) to read. absorbed: 2 n h c to fold, and
    /// s n (2c + r) to read.
    package func multiplications(_ form: LatentForm) -> Double {
        let (n, h, s) = (Double(queryHeads), Double(headDimension), Double(tokens))
        let (c, r) = (Double(widths.latentRank), Double(widths.rotaryDimension))
        return switch form {
        case .expanded: 2 * s * n * h * c + s * n * (2 * h + r)
        case .absorbed: 2 * n * h * c + s * n * (2 * c + r)
        }
    }

    /// Bytes of all heads' keys and values that the expanded form makes for the step, in 32-bit
    /// numbers whatever the cache's are; nil where they cannot be counted.
    package var bytesRebuilt: ByteCount? { bytesRebuilt(heads: queryHeads) }

    /// Bytes of all heads' queries, taken through W to the latent's width, that the absorbed form
    /// makes for the step; numbers and nil as in `bytesRebuilt`.
    package var bytesFolded: ByteCount? { Self.bytes([queryHeads, widths.latentRank]) }

    /// Of some of the heads, what `bytesRebuilt` is of all.
    func bytesRebuilt(heads: Int) -> ByteCount? {
        let width = headDimension.multipliedReportingOverflow(by: 2)
        let both = width.partialValue.addingReportingOverflow(widths.rotaryDimension)
        guard !width.overflow, !both.overflow else { return nil }
        return Self.bytes([heads, tokens, both.partialValue])
    }

    /// Of as many 32-bit numbers as the factors make.
    private static func bytes(_ factors: [Int]) -> ByteCount? {
        var product = 4
        for factor in factors {
            let (next, overflow) = product.multipliedReportingOverflow(by: factor)
            if overflow { return nil }
            product = next
        }
        return ByteCount(product)
    }
}

extension LatentStep {
    /// A step at a setting; nil where the setting has no latent.
    package init?(_ setting: CacheSetting) {
        guard let widths = setting.latent else { return nil }
        self.init(
            queryHeads: setting.queryHeads, headDimension: setting.headDimension, widths: widths,
            tokens: setting.tokens)
    }
}
