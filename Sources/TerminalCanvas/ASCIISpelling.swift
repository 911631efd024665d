/// How characters outside ASCII are spelled where the terminal has no more.
enum ASCIISpelling {
    static func of(_ character: Character) -> String? {
        guard let scalar = character.unicodeScalars.first else { return nil }
        if character.isOnly(scalar), let spelling = table[scalar] { return spelling }
        // Letters with accents lose them: the first scalar of the decomposition is the letter.
        let letter = scalar.plainLetter
        return letter.isASCII && letter.value >= 0x20 ? String(Character(letter)) : nil
    }

    private static let table: [Unicode.Scalar: String] = [
        "–": "-", "—": "--", "‘": "'", "’": "'", "“": "\"", "”": "\"", "…": "...", "×": "x",
        "·": "*", "→": "->", "←": "<-", "↑": "^", "↓": "v", "≤": "<=", "≥": ">=", "≠": "!=",
        "≈": "~", "≪": "<<", "≫": ">>", "±": "+-", "−": "-", "•": "-", "√": "sqrt", "½": "1/2",
        "¼": "1/4",
        "²": "^2", "³": "^3", "°": "deg", "µ": "u", "μ": "u", "\u{A0}": " ", "ß": "ss", "æ": "ae",
        "ø": "o", "œ": "oe", "│": "|", "─": "-", "█": "#", "✓": "*", "✗": "x", "▸": ">", "◂": "<",
        "▾": "v", "▴": "^", "∞": "inf", "∝": "~", "Σ": "sum", "ᵀ": "^T",
    ]
}

extension Unicode.Scalar {
    /// The first of its canonical decomposition, which the standard library has only inside its
    /// comparison; the Latin letters are enough here.
    fileprivate var plainLetter: Unicode.Scalar {
        let letters: [(ClosedRange<UInt32>, Unicode.Scalar)] = [
            (0xC0...0xC5, "A"), (0xC7...0xC7, "C"), (0xC8...0xCB, "E"), (0xCC...0xCF, "I"),
            (0xD1...0xD1, "N"), (0xD2...0xD6, "O"), (0xD9...0xDC, "U"), (0xDD...0xDD, "Y"),
            (0xE0...0xE5, "a"), (0xE7...0xE7, "c"), (0xE8...0xEB, "e"), (0xEC...0xEF, "i"),
            (0xF1...0xF1, "n"), (0xF2...0xF6, "o"), (0xF9...0xFC, "u"), (0xFD...0xFD, "y"),
        ]
        return letters.first { $0.0.contains(value) }?.1 ?? self
    }
}
