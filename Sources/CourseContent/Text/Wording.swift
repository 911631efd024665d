import AttentionEngine

extension StringProtocol {
    /// With a capital letter at its beginning.
    package var capitalised: String { prefix(1).uppercased() + dropFirst() }
}

/// A large count in words: "2.42 billion".
package func inWords(_ value: Double) -> String {
    let names = ["", " million", " billion", " trillion", " quadrillion"]
    if value < 999_500 { return brief(value) }
    var value = value / 1e6
    var index = 1
    while value >= 999.5, index + 1 < names.count {
        value /= 1000
        index += 1
    }
    return threeDigits(value) + names[index]
}

/// A text with a full stop, where no other mark ends it.
package func ended(_ text: String) -> String {
    guard let last = text.last, !".?!:".contains(last) else { return text }
    return text + "."
}

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
