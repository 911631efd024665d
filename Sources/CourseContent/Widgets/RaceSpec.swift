import AttentionEngine

/// The recall race, as a lesson asks for it.
package struct RaceSpec: Hashable, Sendable {
    /// How the race is shown; the raw value is the word in a lesson.
    package enum Plot: String, CaseIterable, Hashable, Sendable {
        /// Numbers cached across, accuracy up.
        case points
        /// Training steps across, accuracy up.
        case curves
        /// The numbers of each variant, without a plot.
        case table
    }

    /// What is done with the learner's own point; the raw value is the word in a lesson.
    package enum ProposalUse: String, CaseIterable, Hashable, Sendable {
        /// It is only shown, or the learner may place it.
        case show, place
    }

    /// The variants that are shown; a race runs all.
    package var variants = RecallVariant.race
    /// What is shown first.
    package var plot = Plot.points
    /// Whether the corner that no g reaches is marked.
    package var marksCorner = false
    /// Whether the variant of the slider's g is marked.
    package var marksG = false
    /// Whether the learner's own point is shown, or may be placed; nil where it is neither.
    package var proposal: ProposalUse?
    /// Whether the race is the one with widened variants.
    package var isWidened = false
}

extension PreparedStep {
    /// What its races do with a learner's proposal.
    package var proposalUses: [RaceSpec.ProposalUse] {
        widgets.compactMap { if case .race(let spec) = $0 { spec.proposal } else { nil } }
    }
}
