import AttentionEngine

/// A sequence that is read and then written on, and how long that took.
package struct ModelWriting: Sendable {
    /// Why nothing follows.
    package enum End: Hashable, Sendable {
        /// A token came that ends a text.
        case lastToken
        /// The model was made for no more tokens.
        case context
        /// The logits are no numbers.
        case noNumber
    }

    /// What was read and written.
    package private(set) var sequence: ModelSequence
    /// The tokens written, without one that ended the text.
    package private(set) var written: [Int] = []
    /// Why it has ended; nil where it can go on.
    package private(set) var end: End?
    /// The time that reading took, and how many tokens were read.
    package private(set) var reading: (time: Duration, tokens: Int) = (.zero, 0)
    /// The time that the tokens after the first took, and how many they are: the first comes of
    /// reading.
    package private(set) var steps: (time: Duration, tokens: Int) = (.zero, 0)
    private var choice: TokenChoice
    private let lastTokens: Set<Int>
    private var logits: [Float] = []

    /// Nothing read yet.
    package init(_ sequence: ModelSequence, choice: TokenChoice, endedBy lastTokens: Set<Int>) {
        self.sequence = sequence
        self.choice = choice
        self.lastTokens = lastTokens
    }

    /// Reads tokens, one or more, fewer than the model's context.
    package mutating func read(_ ids: [Int]) {
        reading.time += ContinuousClock().measure { logits = sequence.read(ids) }
        reading.tokens += ids.count
    }

    /// The next token; nil at the end. `read` comes first. Cost: every weight is read once.
    package mutating func next() -> Int? {
        guard end == nil else { return nil }
        if let last = written.last {
            guard sequence.tokens < sequence.model.shape.context else {
                end = .context
                return nil
            }
            steps.time += ContinuousClock().measure { logits = sequence.read([last]) }
            steps.tokens += 1
        }
        guard let token = choice.token(of: logits) else {
            end = .noNumber
            return nil
        }
        guard !lastTokens.contains(token) else {
            end = .lastToken
            return nil
        }
        written.append(token)
        return token
    }
}
