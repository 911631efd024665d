/// The columns a character takes in a terminal: 0, 1 or 2, or -1 for a control character.
///
/// After Markus Kuhn's wcwidth and Unicode Standard Annex 11; characters of ambiguous width
/// count as one column, as terminals outside East Asian legacy encodings show them.
public func columns(of character: Character) -> Int {
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
public func columns(of text: some StringProtocol) -> Int {
    let isASCII = text.utf8.withContiguousStorageIfAvailable { bytes in
        bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }
    return isASCII == true
        ? text.utf8.count : text.reduce(0) { $0 + max(0, columns(of: $1)) }
}

private func columns(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x7F { return scalar.value < 0x20 ? -1 : 1 }
    if scalar.value < 0xA0 { return -1 }
    // Lines, blocks and shapes, which drawings are made of, are asked for most.
    if (0x2500...0x25FC).contains(scalar.value) { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    case .control, .surrogate, .lineSeparator, .paragraphSeparator: return -1
    default: return WidthTables.isWide(scalar.value) ? 2 : 1
    }
}
