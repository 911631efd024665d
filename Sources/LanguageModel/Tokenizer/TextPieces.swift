/// A text split into the pieces within which tokens are made, as a pre-tokenizer's regular
/// expression does it. Cost of all: O(bytes).
struct TextPieces: Sequence, IteratorProtocol {
    /// What a byte belongs to; what is no UTF-8 is `other`, each byte for itself.
    enum CharacterClass: UInt8 {
        case letter, number, space, other
        /// A further byte of the character before it.
        case continuation
    }

    let text: [UInt8]
    let classes: [CharacterClass]
    private let preTokenizer: Tokenizer.PreTokenizer
    private var start = 0
    /// Bytes; what is made of a piece counts them in 32 bits.
    private static let longestPiece = 1 << 30

    /// A text, its characters looked up. Cost: O(bytes).
    init(of text: [UInt8], by preTokenizer: Tokenizer.PreTokenizer) {
        self.text = text
        self.preTokenizer = preTokenizer
        var classes: [CharacterClass] = []
        classes.reserveCapacity(text.count)
        while classes.count < text.count {
            switch UTF8Reading(text, at: classes.count, before: text.count) {
            case .scalar(let scalar, let length):
                classes.append(Self.characterClass(of: scalar))
                for _ in 1..<length { classes.append(.continuation) }
            case .unfinished, .broken: classes.append(.other)
            }
        }
        self.classes = classes
    }

    private static func characterClass(of scalar: Unicode.Scalar) -> CharacterClass {
        switch scalar {
        case "a"..."z", "A"..."Z": return .letter
        case " ": return .space
        default: break
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            return .letter
        case .decimalNumber, .letterNumber, .otherNumber: return .number
        default: return scalar.properties.isWhitespace ? .space : .other
        }
    }

    /// The next piece; nil at the end. All of them together are the text.
    mutating func next() -> Range<Int>? {
        guard start < text.count else { return nil }
        let end = preTokenizer == .llamaBPE ? endOfLlamaPiece(start) : endOfGPT2Piece(start)
        let piece = start..<Swift.min(end, start + Self.longestPiece)
        start = piece.upperBound
        return piece
    }
}

/// The two regular expressions, each alternative in its order.
extension TextPieces {
    /// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`, and for
    /// `smollm` in what lies between numbers, each of which is a piece.
    private func endOfGPT2Piece(_ start: Int) -> Int {
        let isolatesNumbers = preTokenizer == .smollm
        if isolatesNumbers, classes[start] == .number { return endOfCharacter(start) }
        if let end = endOfContraction(start, ignoringCase: false) { return end }
        var first = start
        if text[start] == 0x20, let following = characterClass(at: start + 1),
            following != .space, !(isolatesNumbers && following == .number)
        {
            first += 1
        }
        if classes[first] != .space { return endOfRun(first) }
        let end = endOfRun(start)
        return isolatesNumbers && characterClass(at: end) == .number ? end : endOfSpaces(start, end)
    }

    /// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|`
    /// ` ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
    private func endOfLlamaPiece(_ start: Int) -> Int {
        if let end = endOfContraction(start, ignoringCase: true) { return end }
        let following = endOfCharacter(start)
        switch classes[start] {
        case .letter: return endOfRun(start)
        case .number:
            guard characterClass(at: following) == .number else { return following }
            let third = endOfCharacter(following)
            return characterClass(at: third) == .number ? endOfCharacter(third) : third
        default: break
        }
        if !isNewline(at: start), characterClass(at: following) == .letter {
            return endOfRun(following)
        }
        let first =
            text[start] == 0x20 && characterClass(at: following) == .other ? following : start
        var end = endOfRun(first)
        if classes[first] == .other {
            while isNewline(at: end) { end += 1 }
            return end
        }
        if let newline = (start..<end).last(where: isNewline) { return newline + 1 }
        return endOfSpaces(start, end)
    }

    /// `\s+(?!\S)|\s+` in a run of spaces: what follows keeps the last of them.
    private func endOfSpaces(_ start: Int, _ end: Int) -> Int {
        guard end < text.count else { return end }
        var last = end - 1
        while classes[last] == .continuation { last -= 1 }
        return last > start ? last : end
    }

    private func endOfContraction(_ start: Int, ignoringCase: Bool) -> Int? {
        guard text[start] == 0x27, start + 1 < text.count else { return nil }
        func letter(_ place: Int) -> UInt8? {
            guard place < text.count else { return nil }
            let byte = text[place]
            return ignoringCase && 0x41...0x5A ~= byte ? byte | 0x20 : byte
        }
        switch (letter(start + 1), letter(start + 2)) {
        case (0x73, _), (0x74, _), (0x6D, _), (0x64, _): return start + 2
        case (0x72, 0x65), (0x76, 0x65), (0x6C, 0x6C): return start + 3
        // The long s, U+017F, is an s in another case.
        case (0xC5, 0xBF) where ignoringCase: return start + 3
        default: return nil
        }
    }

    /// The end of the character at a place.
    private func endOfCharacter(_ place: Int) -> Int {
        var end = place + 1
        while end < classes.count, classes[end] == .continuation { end += 1 }
        return end
    }

    /// The end of the characters from a place on that are of its class.
    private func endOfRun(_ start: Int) -> Int {
        let kind = classes[start]
        var end = start + 1
        while end < classes.count, classes[end] == kind || classes[end] == .continuation {
            end += 1
        }
        return end
    }

    private func characterClass(at place: Int) -> CharacterClass? {
        place < classes.count ? classes[place] : nil
    }

    private func isNewline(at place: Int) -> Bool {
        place < text.count && (text[place] == 0x0A || text[place] == 0x0D)
    }
}
