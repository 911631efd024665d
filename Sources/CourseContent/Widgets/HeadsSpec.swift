/// The query heads and the K/V heads they read, as a lesson asks for them.
package struct HeadsSpec: Hashable, Sendable {
    /// Which K/V head each query head reads; the raw value is the word in a lesson.
    package enum Mapping: String, CaseIterable, Hashable, Sendable {
        /// Neighbours read the same one: 0, 0, 1, 1.
        case `repeat`
        /// Heads take turns: 0, 1, 0, 1.
        case tile
        /// Both, one under the other.
        case both
    }

    /// Which K/V head each query head reads.
    package var mapping: Mapping

    /// The picture of a mapping.
    package init(mapping: Mapping = .repeat) { self.mapping = mapping }
}
