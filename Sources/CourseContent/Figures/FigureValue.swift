import AttentionEngine

/// A computed figure.
package struct FigureValue: Hashable, Sendable {
    /// Whether it is a size or a plain number.
    package enum Kind: Hashable, Sendable {
        /// A size in bytes, and a plain number.
        case bytes, count
    }

    /// What a figure was computed from, so that a wrong guess can be explained by it.
    package struct Origin: Hashable, Sendable {
        /// What was computed.
        package let expression: FigureExpression
        /// The setting that the figure is about.
        package let setting: CacheSetting
        /// The setting before the changes that the figure's address names.
        let unchanged: CacheSetting
    }

    /// The number itself; bytes, where it is a size.
    package let amount: Double
    /// The number as it is shown.
    package let text: String
    /// Whether it is a size or a plain number.
    package let kind: Kind
    /// Nil for a number that a lesson's author typed.
    package let origin: Origin?
}
