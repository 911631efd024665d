import AttentionEngine

/// What `r` runs on a step.
package enum Engine: Hashable, Sendable {
    /// The recall race.
    case race
    /// The race with each variant widened.
    case widened
    /// One of the race's layers by itself.
    case layer(RecallVariant)
    case times, forms, append
}
