/// How characters outside ASCII are spelled where the terminal has no more.
enum ASCIISpelling {
    static func of(_ character: Character) -> String? {
        if let spelling = table[character] { return spelling }
        // Letters with accents lose them: the first scalar of the decomposition is the letter.
        guard let first = String(character).decomposed.first, first.isASCII, first.value >= 0x20
        else { return nil }
        return String(Character(first))
    }

    private static let table: [Character: String] = [
        "–": "-", "—": "--", "‘": "'", "’": "'", "“": "\"", "”": "\"", "…": "...", "×": "x",
        "·": "*", "→": "->", "←": "<-", "↑": "^", "↓": "v", "≤": "<=", "≥": ">=", "≠": "!=",
        "≈": "~", "≪": "<<", "≫": ">>", "±": "+-", "−": "-", "•": "-", "√": "sqrt", "½": "1/2",
        "¼": "1/4",
        "²": "^2", "³": "^3", "°": "deg", "µ": "u", "μ": "u", "\u{A0}": " ", "ß": "ss", "æ": "ae",
        "ø": "o", "œ": "oe", "│": "|", "─": "-", "█": "#", "✓": "*", "✗": "x", "▸": ">", "◂": "<",
        "▾": "v", "▴": "^", "∞": "inf", "∝": "~", "Σ": "sum", "ᵀ": "^T",
    ]
}

extension String {
    /// Scalars of the canonical decomposition, which the standard library has only inside its
    /// comparison; the Latin letters are enough here.
    fileprivate var decomposed: [Unicode.Scalar] {
        guard let scalar = unicodeScalars.first else { return [] }
        let letters: [(ClosedRange<UInt32>, String)] = [
            (0xC0...0xC5, "A"), (0xC7...0xC7, "C"), (0xC8...0xCB, "E"), (0xCC...0xCF, "I"),
            (0xD1...0xD1, "N"), (0xD2...0xD6, "O"), (0xD9...0xDC, "U"), (0xDD...0xDD, "Y"),
            (0xE0...0xE5, "a"), (0xE7...0xE7, "c"), (0xE8...0xEB, "e"), (0xEC...0xEF, "i"),
            (0xF1...0xF1, "n"), (0xF2...0xF6, "o"), (0xF9...0xFC, "u"), (0xFD...0xFD, "y"),
        ]
        if let letter = letters.first(where: { $0.0.contains(scalar.value) }) {
            return Array(letter.1.unicodeScalars)
        }
        return [scalar]
    }
}
