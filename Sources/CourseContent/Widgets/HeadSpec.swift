/// One head small enough to be computed by hand, as a lesson asks for it: keys of two numbers, which
/// are arrows in the plane, and values of one.
package struct HeadSpec: Hashable, Sendable {
    /// A token with what it leaves in the head.
    package struct Token: Hashable, Sendable {
        /// The token as it is written.
        package var word: String
        /// Two numbers, in tenths: across and up.
        package var key: [Double]
        /// A value of one number.
        package var value: Int
    }

    /// How much of the way to the shares is shown; the raw value is the word in a lesson.
    package enum Detail: String, CaseIterable, Hashable, Sendable {
        /// The shares alone.
        case share
        /// Scores, too.
        case score
        /// Scores and what they are scaled to, which `w` unfolds.
        case all
    }

    /// The tokens, in order.
    package var tokens: [Token]
    /// How much of the way to the shares is shown.
    package var detail = Detail.all

    /// As many tokens as a lesson may name.
    package static let mostTokens = 8
    /// How large a key's numbers may be.
    package static let mostOfKey = 9.9
    /// How large a value may be.
    package static let mostOfValue = 99
    /// The degrees from one direction of a query to the next.
    package static let turn = 15
    /// The stop of the second query's dial at which there is none.
    package static let noSecond = -turn
    /// The directions of a query.
    package static let directions = Array(stride(from: 0, to: 360, by: turn))

    /// What may be moved: where its queries point, and which token asks.
    var dials: [Dial: ClosedRange<Int>] {
        let last = 360 - Self.turn
        return [
            .query: 0...last, .second: Self.noSecond...last, .token: 1...max(1, tokens.count),
        ]
    }
}
