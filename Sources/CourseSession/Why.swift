import AttentionEngine
import CourseContent
import ModelCatalog

/// Why a cache is as large as it is.
package struct UnfoldedSize: Sendable {
    /// "Why 403 MB (384 MiB): 8 K/V heads, 12 query heads each"
    package let title: String
    /// The factors, or the kinds of layers, that make the size.
    package let content: Content
    /// Whether some of the factors are not shown yet.
    package let isPartial: Bool

    /// What a size can be unfolded into.
    package enum Content: Sendable {
        /// The factors, and the other variants' sizes beside the one they make.
        case factors([Unfolding.Factor], others: [Unfolding.Other])
        /// Of a model whose layers do not all keep the same, kind by kind.
        case layers(Derivation)
    }
}

extension Session {
    /// The step's cache unfolded; nil where it shows none, and before its question is answered.
    package var unfolding: UnfoldedSize? {
        guard let spec = step.memory, !isVeiled else { return nil }
        let report = MemoryReport(setting)
        guard let size = report[spec.formulaVariant(at: setting)] else { return nil }
        let isPartial = spec.factors != nil
        let content: UnfoldedSize.Content =
            if !isPartial, let derivation = layerDerivation {
                .layers(derivation)
            } else {
                .factors(
                    Unfolding.factors(of: size, in: report, shows: spec.shows),
                    others: isPartial ? [] : Unfolding.others(beside: size, in: report))
            }
        return UnfoldedSize(title: title(of: size), content: content, isPartial: isPartial)
    }

    private func title(of size: VariantSize) -> String {
        let name = size.variant == .gqa ? setting.shape.groupsInWords : size.variant.longName
        return "Why \(units.text(size.size)): \(name)"
    }

    /// The derivation of a model whose layers do not all keep the same, as long as the setting is
    /// the model's.
    private var layerDerivation: Derivation? {
        guard foreignVariant == nil, let shape = builtModel?.shape,
            shape.stack.groups.count > 1 || shape.stack.hasWindows
        else { return nil }
        return try? Derivation(
            shape, load(),
            rules: Derivation.Rules(tokens: "set here", batch: "set here", format: "set here"))
    }
}
