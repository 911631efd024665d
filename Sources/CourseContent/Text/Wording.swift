import AttentionEngine

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
