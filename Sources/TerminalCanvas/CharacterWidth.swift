import ForeignText

/// The columns a character takes in a terminal: 0, 1 or 2, or -1 for a control character.
///
/// After Markus Kuhn's wcwidth and Unicode Standard Annex 11; characters of ambiguous width
/// count as one column, as terminals outside East Asian legacy encodings show them.
package func columns(of character: Character) -> Int {
    var width = 0
    for scalar in character.unicodeScalars {
        let own = columns(of: scalar)
        if own < 0 { return -1 }
        width = max(width, own)
        // U+FE0F asks for the picture form of the character before it, which is wide.
        if scalar == "\u{FE0F}", width == 1 { width = 2 }
    }
    return width
}

/// The columns of a text without control characters.
package func columns(of text: some StringProtocol) -> Int {
    // Most texts here are of such characters, and to look for others' ends takes long.
    var count = 0
    for scalar in text.unicodeScalars {
        guard isDrawnAlone(scalar) else {
            return text.reduce(0) { $0 + max(0, columns(of: $1)) }
        }
        count += 1
    }
    return count
}

/// Whether it is ASCII, a letter or sign of Latin-1, punctuation, an arrow or operator, or a line,
/// block or shape of those that pictures are made of: one column, and a character for itself beside
/// others of them.
func isDrawnAlone(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F, 0xA1..<0xAD, 0xAE...0xFF: true
    case 0x2010...0x2027, 0x2030...0x205E, 0x2190...0x22FF, 0x2500...0x25FC: true
    default: false
    }
}

private func columns(of scalar: Unicode.Scalar) -> Int {
    if isDrawnAlone(scalar) { return 1 }
    switch Unseen(scalar) {
    case .mark, .format, .joiner: return 0
    case .control, .separator: return -1
    case nil: return WidthTables.isWide(scalar.value) ? 2 : 1
    }
}
