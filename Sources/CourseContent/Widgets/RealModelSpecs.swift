/// What a real model wrote with its cache kept in some ways, as a lesson asks for it.
package struct WritingSpec: Hashable, Sendable {
    /// A way to keep what a token leaves in a layer; the raw value is the word in a lesson.
    package enum Form: String, CaseIterable, Hashable, Sendable {
        /// The keys and values of the heads it was built with.
        case built
        /// Those heads copied until each query head has its own.
        case copies
        /// One head, the mean of those built.
        case mean
        /// One head, the one that stands best for those built.
        case best
        /// As many heads as the setting's g: one, those built, or their copies.
        case heads
        /// A latent as wide as the setting's c.
        case latent
        /// The heads built, in the setting's bytes per number.
        case bits
    }

    /// The ways that stand side by side, in order.
    package var forms = [Form.built]

    /// As many ways as a lesson may name.
    package static let mostForms = 3
    /// As many tokens as are written.
    package static let mostWritten = CacheSpec.mostWords
}

/// Where a real model's heads look, which a lesson asks for without more words.
package struct LooksSpec: Hashable, Sendable {
    /// The layers that were measured of the course's own model, and those that may be looked at.
    package static let layers = 30
    var lookedAt = Self.layers
    /// The most tokens of a sentence, and those that were read.
    package static let tokens = 15
    var read = Self.tokens
    /// As many heads, and layers, of another model as are looked at.
    package static let mostHeads = 256

    /// The sentence and the model that were measured for the course.
    package init() {}
}

extension PreparedStep {
    /// The step with the sentence and the layers of another model to look at: its sliders end where
    /// these do.
    package func lookingAt(layers: Int, tokens: Int) -> PreparedStep {
        var spec = LooksSpec()
        spec.lookedAt = min(max(1, layers), LooksSpec.mostHeads)
        spec.read = min(max(1, tokens), LooksSpec.tokens)
        let before = widgets.dials
        var step = self
        step.widgets = widgets.map { if case .looks = $0 { .looks(spec) } else { $0 } }
        let ranges = step.widgets.dials
        step.widgets = step.widgets.map { $0.ending(at: ranges, insteadOf: before) }
        step.dials = dials.held(to: step.dialRanges)
        return step
    }
}

extension WidgetSpec {
    /// Sliders of dials that end where other pictures do.
    fileprivate func ending(
        at ranges: [Dial: ClosedRange<Int>], insteadOf before: [Dial: ClosedRange<Int>]
    ) -> WidgetSpec {
        guard case .sliders(var spec) = self else { return self }
        for index in spec.sliders.indices {
            guard case .dial(let dial) = spec.sliders[index].moved, let range = ranges[dial] else {
                continue
            }
            let own = spec.sliders[index].range
            spec.sliders[index].range = own == before[dial] ? range : own?.clamped(to: range)
        }
        return .sliders(spec)
    }
}
