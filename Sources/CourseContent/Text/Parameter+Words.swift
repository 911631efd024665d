import AttentionEngine

extension Parameter {
    /// Letter and name, "g, K/V heads", and "bytes per number", whose letter is a word.
    package var spoken: String { self == .bytesPerNumber ? name : "\(letter), \(name)" }

    /// A value of it; bytes per number from bits.
    package func text(_ value: Int) -> String {
        self == .bytesPerNumber
            ? NumberWidth(rawValue: value)?.bytesText ?? String(value) : grouped(value)
    }

    /// The parameter of a letter, or of a name that is one word: "s", "tokens".
    package init?(letter: String) {
        guard
            let found = Self.allCases.first(where: { $0.letter == letter || $0.name == letter })
        else { return nil }
        self = found
    }
}
