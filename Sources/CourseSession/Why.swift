import AttentionEngine
import CourseContent
import ModelCatalog

/// Why a figure is what it is: a cache's size, or the share of a head that is computed by hand.
package struct UnfoldedFigure: Sendable {
    /// "Why 403 MB (384 MiB): 8 K/V heads, 12 query heads each"
    package let title: String
    /// The factors, the kinds of layers, or the steps, that make the figure.
    package let content: Content
    /// Whether some of the factors are not shown yet.
    package let isPartial: Bool

    /// What a figure can be unfolded into.
    package enum Content: Sendable {
        /// The factors, and the other variants' sizes beside the one they make.
        case factors([Unfolding.Factor], others: [Unfolding.Other])
        /// Of a model whose layers do not all keep the same, kind by kind.
        case layers(Derivation)
        /// Of a share, from the numbers of query and key on.
        case share([HeadFigures.Step])
    }
}

extension PreparedStep {
    /// Whether it shows what a real model wrote, with the bytes of its cache.
    package var hasWriting: Bool {
        widgets.contains { if case .writing = $0 { true } else { false } }
    }
}

extension Session {
    /// Whether the step shows a figure that can be unfolded, now or once its question is answered.
    package var canUnfold: Bool { unfoldedName != nil }

    /// How the bytes come that a real model keeps of a token, in each way that the step shows; nil
    /// where it shows none, and before its question is answered.
    package var tokenBytesWords: String? {
        let scene = scene()
        let rows = step.widgets.flatMap { widget -> [WritingFigures.Row] in
            if case .writing(let spec) = widget { WritingFigures(spec, scene).rows } else { [] }
        }
        let known = rows.compactMap(\.ofToken)
        guard let first = known.first else { return nil }
        let words = [first.inWords] + known.dropFirst().map(\.short)
        return "A token: " + words.joined(separator: "; ") + "."
    }

    /// What is unfolded there, as it is typed: "share" or "cache"; nil where nothing is.
    package var unfoldedName: String? {
        step.head?.detail == .all ? "share" : step.memory != nil ? "cache" : nil
    }

    /// The step's cache or share unfolded; nil where it shows none, and before its question is
    /// answered.
    /// - Parameter ofSetting: takes the setting as it shares, also where the step is about another
    ///   way to share.
    package func unfolding(ofSetting: Bool = false) -> UnfoldedFigure? {
        if isVeiled { return nil }
        if !ofSetting, let head = step.head, head.detail == .all {
            return HeadFigures(head, scene()).unfolded
        }
        guard
            let spec = ofSetting
                ? MemorySpec(only: setting.latent == nil ? .gqa : .mla) : step.memory
        else { return nil }
        let report = MemoryReport(setting)
        guard let size = report[spec.formulaVariant(at: setting)] else { return nil }
        let isPartial = spec.factors != nil
        let content: UnfoldedFigure.Content =
            if !isPartial, ofSetting || foreignVariant == nil, let derivation = layerDerivation {
                .layers(derivation)
            } else {
                .factors(
                    Unfolding.factors(of: size, in: report, shows: spec.shows),
                    others: isPartial
                        ? []
                        : Unfolding.others(
                            beside: size, in: report,
                            shows: spec.variants(at: setting).contains))
            }
        return UnfoldedFigure(title: title(of: size), content: content, isPartial: isPartial)
    }

    private func title(of size: VariantSize) -> String {
        let name = size.variant == .gqa ? setting.shape.groupsInWords : size.variant.longName
        return "Why \(units.text(size.size)): \(name)"
    }

    /// The derivation of a model whose layers do not all keep the same, as long as the setting is
    /// the model's.
    private var layerDerivation: Derivation? {
        guard let shape = builtModel?.shape,
            shape.stack.groups.count > 1 || shape.stack.hasWindows
        else { return nil }
        return try? Derivation(
            shape, load(),
            rules: Derivation.Rules(tokens: "set here", batch: "set here", format: "set here"))
    }
}
