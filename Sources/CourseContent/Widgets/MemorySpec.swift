import AttentionEngine

/// The formula with its numbers, and a bar for each variant, as a lesson asks for them.
package struct MemorySpec: Hashable, Sendable {
    /// A factor of the formula as a lesson names it.
    package enum Factor: Hashable, Sendable {
        /// One of the setting's parameters.
        case parameter(Parameter)
        /// The 2 for a key and a value.
        case keyAndValue
    }

    /// The variants a lesson names; nil where it leaves them to the setting.
    package var named: [AttentionVariant]?
    /// The factors shown so far; nil shows all.
    package var factors: Set<Factor>?
    /// Whether a bar stands for each variant.
    package var showsBars = true

    /// The named ones, or MHA, GQA and MQA; and beside GQA, the setting's own sharing, MLA where
    /// the setting has its widths.
    package func variants(at setting: CacheSetting) -> [AttentionVariant] {
        let named = named ?? [.mha, .gqa, .mqa]
        let isOwnMissing = named.contains(.gqa) && !named.contains(.mla)
        return setting.latent != nil && isOwnMissing ? named + [.mla] : named
    }

    /// Whether a factor is among those shown so far.
    package func shows(_ kind: CacheFactor.Kind) -> Bool {
        guard let factors else { return true }
        switch kind {
        case .parameter(let parameter): return factors.contains(.parameter(parameter))
        case .keyAndValue: return factors.contains(.keyAndValue)
        case .headCount: return factors.contains(.parameter(.keyValueHeads))
        case .latentNumbers: return true
        case .tokensKeptOverLayers: return factors.contains(.parameter(.tokens))
        }
    }

    /// The variant whose formula is shown, the one that moves: MLA, else GQA, else the last.
    package func formulaVariant(at setting: CacheSetting) -> AttentionVariant {
        let variants = variants(at: setting).filter { $0 != .mla || setting.latent != nil }
        return [.mla, .gqa].first(where: variants.contains) ?? variants.last ?? .gqa
    }

    /// The variant whose formula is shown, where the setting itself shares otherwise: lessons that
    /// are only about MHA show every model as MHA.
    package func foreignVariant(at setting: CacheSetting) -> AttentionVariant? {
        let shown = formulaVariant(at: setting)
        return shown.describes(setting) ? nil : shown
    }
}

extension MemorySpec {
    /// The formula of one variant without bars, as a result.
    package init(only variant: AttentionVariant) { self.init(named: [variant], showsBars: false) }
}

extension AttentionVariant {
    /// Whether heads share this way at a setting.
    fileprivate func describes(_ setting: CacheSetting) -> Bool {
        switch self {
        case .mha: setting.latent == nil && setting.shape.groupSize == 1
        case .gqa: setting.latent == nil
        case .mqa: setting.latent == nil && setting.keyValueHeads == 1
        case .mla: setting.latent != nil
        }
    }
}
