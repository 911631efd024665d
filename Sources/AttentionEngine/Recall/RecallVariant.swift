/// A way for the eight query heads of the race's layer to share keys and values.
package struct RecallVariant: Hashable, Sendable {
    /// What is cached for each token: 8, 4, 2 or 1 K/V heads of eight numbers, or a latent of a
    /// multiple of 8 numbers up to 64.
    package let layout: KVCacheLayout
    /// Width of the embeddings.
    package let width: Int

    private init(_ layout: KVCacheLayout, width: Int = RecallTask.width) {
        self.layout = layout
        self.width = width
    }

    /// MHA, GQA with four and with two K/V heads, MQA, and MLA with a latent of 32, which caches as
    /// much as GQA with two.
    package static let race = ["mha", "gqa4", "gqa2", "mqa", "mla32"].compactMap(RecallVariant.init)

    /// The ids there are, in words.
    package static let idsInWords = "mha, gqa4, gqa2, mqa, and mla8 to mla64 in steps of 8"

    /// The variant of an id: `mha`, `gqa4`, `gqa2`, `mqa`, `mla32` (or another latent).
    package init?(id: String) {
        let sharing = [("mha", 8), ("gqa4", 4), ("gqa2", 2), ("mqa", 1)]
        if let heads = sharing.first(where: { $0.0 == id })?.1 {
            self.init(
                .perHead(keyValueHeads: heads, headDimension: RecallTask.headDimension))
        } else if let latent = stride(from: 8, through: 64, by: 8).first(where: { "mla\($0)" == id }
        ) {
            self.init(.latent(latentRank: latent, rotaryDimension: 0))
        } else {
            return nil
        }
    }

    /// The race's variant that shares heads as a shape does; nil where it has none.
    package init?(sharing shape: AttentionShape) {
        let layout = KVCacheLayout.perHead(
            keyValueHeads: shape.keyValueHeads, headDimension: RecallTask.headDimension)
        guard shape.queryHeads == RecallTask.queryHeads,
            let variant = Self.race.first(where: { $0.layout == layout })
        else { return nil }
        self = variant
    }

    /// The id that `init(id:)` takes: "gqa4".
    package var id: String {
        switch layout {
        case .perHead(8, _): "mha"
        case .perHead(1, _): "mqa"
        case .perHead(let heads, _): "gqa\(heads)"
        case .latent(let latent, _): "mla\(latent)"
        }
    }

    /// The name as it stands in a table: "GQA-4".
    package var name: String {
        switch layout {
        case .perHead(8, _): "MHA"
        case .perHead(1, _): "MQA"
        case .perHead(let heads, _): "GQA-\(heads)"
        case .latent(let latent, _): "MLA-\(latent)"
        }
    }

    /// Numbers cached for one token.
    package var numbersPerToken: Int { layout.numbersPerToken }

    /// Numbers that training may change.
    package var parameters: Int {
        RecallTensor.shapes(of: self).reduce(0) { $0 + $1.rows * $1.columns }
    }

    /// The same sharing with embeddings of the width that brings the parameters nearest to those of
    /// another variant: MQA of width 85 has as many as MHA of width 64.
    package func matchingParameters(of other: RecallVariant) -> RecallVariant {
        // Every tensor but a few grows in step with the width, so two widths tell the rest.
        let narrow = RecallVariant(layout, width: 1).parameters
        let growth = RecallVariant(layout, width: 2).parameters - narrow
        let width = 1 + (other.parameters - narrow + growth / 2) / growth
        return RecallVariant(layout, width: max(width, 1))
    }
}
