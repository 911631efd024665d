import AttentionEngine

/// What each head of a trained layer looks at, as a lesson asks for it.
package struct PerspectivesSpec: Hashable, Sendable {
    /// The layer, one of the race's.
    package let variant: RecallVariant

    /// The heads of a layer of the race.
    package init(variant: RecallVariant) { self.variant = variant }
}
