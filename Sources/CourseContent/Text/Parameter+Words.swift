import AttentionEngine

extension Parameter {
    /// Letter and name, "g, K/V heads", and "bytes per number", whose letter is a word.
    package var spoken: String { self == .bytesPerNumber ? name : "\(letter), \(name)" }

    /// The parameter of a letter, or of a name that is one word: "s", "tokens".
    package init?(letter: String) {
        guard
            let found = Self.allCases.first(where: { $0.letter == letter || $0.name == letter })
        else { return nil }
        self = found
    }
}
