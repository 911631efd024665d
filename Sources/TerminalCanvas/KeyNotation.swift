/// What is wrong with keys written as words.
package enum KeyNotationError: Error, Hashable, Sendable {
    /// No key has this name.
    case unknownKey(String)
}

/// Keys written as words set apart by spaces: "Right Space S-Left C-c g = 1 Enter". The names are
/// those on keyboards and those that tmux takes, of any case; a single character stands for itself.
package enum KeyNotation {
    /// The keys of a line of words; throws the first word that is none.
    package static func keys(from text: some StringProtocol) throws(KeyNotationError) -> [Key] {
        var keys: [Key] = []
        for word in text.split(whereSeparator: \.isWhitespace) {
            guard let key = key(String(word)) else { throw .unknownKey(String(word)) }
            keys.append(key)
        }
        return keys
    }

    /// The words for keys, of which `keys(from:)` makes the same keys again.
    static func text(_ keys: some Sequence<Key>) -> String {
        keys.map(name(of:)).joined(separator: " ")
    }

    /// The word for a key, the same that `keys(from:)` takes.
    package static func name(of key: Key) -> String {
        switch key {
        case .character(" "): "Space"
        case .character(let character): String(character)
        case .control(let character): "C-\(character)"
        case .function(let number): "F\(number)"
        case .unbound(let name): name
        default: names.first { $0.key == key }.map(\.name) ?? "\(key)"
        }
    }

    private static func key(_ word: String) -> Key? {
        if word.count == 1 { return .character(word[word.startIndex]) }
        let lower = word.lowercased()
        if let named = names.first(where: { $0.name.lowercased() == lower }) { return named.key }
        if lower == "space" { return .character(" ") }
        if lower.hasPrefix("c-"), let last = lower.last, lower.count == 3,
            ("a"..."z").contains(last) || last == "\\"
        {
            return .control(last)
        }
        if lower.hasPrefix("f"), let number = Int(lower.dropFirst()), (1...12).contains(number) {
            return .function(number)
        }
        return unbound(word)
    }

    /// A key that does nothing here: with modifiers in the order that they are written in, or none.
    private static func unbound(_ word: String) -> Key? {
        if ["insert", "ic"].contains(word.lowercased()) { return .unbound("Insert") }
        var (prefix, rest) = ("", Substring(word))
        for modifier in ["C-", "M-", "S-"] where rest.uppercased().hasPrefix(modifier) {
            prefix += modifier
            rest = rest.dropFirst(2)
        }
        guard !prefix.isEmpty, !rest.isEmpty else { return nil }
        if prefix == "M-", rest.utf8.count == 1, rest != " " { return .unbound(word) }
        guard rest.count > 1, let key = key(String(rest)), key != .character(" ") else {
            return nil
        }
        return .unbound(prefix + name(of: key))
    }

    /// The first name of a key is the one that is written.
    private static let names: [(name: String, key: Key)] = [
        ("Enter", .enter), ("Esc", .escape), ("Escape", .escape), ("Tab", .tab),
        ("S-Tab", .backTab), ("BTab", .backTab), ("Backspace", .backspace),
        ("BSpace", .backspace), ("Delete", .delete), ("DC", .delete), ("Up", .up),
        ("Down", .down), ("Left", .left), ("Right", .right), ("S-Left", .shiftLeft),
        ("S-Right", .shiftRight), ("PgUp", .pageUp), ("PageUp", .pageUp), ("PPage", .pageUp),
        ("PgDn", .pageDown), ("PageDown", .pageDown), ("NPage", .pageDown), ("Home", .home),
        ("End", .end), ("C-Left", .wordLeft), ("M-Left", .wordLeft), ("M-b", .wordLeft),
        ("C-Right", .wordRight), ("M-Right", .wordRight), ("M-f", .wordRight),
    ]
}

extension KeyNotationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownKey(let word): "no key is called '\(word)'"
        }
    }
}
