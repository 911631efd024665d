/// A key of a lesson's block or of its front matter, as an author meets it. What a reader takes and
/// what the reference page says are made from the same values.
struct KeyDescription: Hashable, Sendable {
    enum Default: Hashable, Sendable {
        /// The key has to be there.
        case needed
        /// What is read where the key is left out, as it would be written.
        case value(String)
        /// What holds where the key is left out, in words.
        case words(String)
    }

    /// The key, or several that mean the same of different things.
    let names: [String]
    let type: String
    let fallback: Default
    /// The values it may have; empty where the type says all.
    let range: String
    let meaning: String

    init(
        _ names: String..., type: String, default fallback: Default, range: String = "",
        meaning: String
    ) {
        self.init(names, type: type, default: fallback, range: range, meaning: meaning)
    }

    init(
        _ names: [String], type: String, default fallback: Default, range: String = "",
        meaning: String
    ) {
        self.names = names
        self.type = type
        self.fallback = fallback
        self.range = range
        self.meaning = meaning
    }

    /// A key whose values are the cases of an enumeration.
    init<Value: RawRepresentable & CaseIterable>(
        _ name: String, choice: Value.Type, default fallback: Value, meaning: String
    ) where Value.RawValue == String {
        self.init(
            name, type: "word", default: .value(fallback.rawValue),
            range: Value.allCases.map(\.rawValue).joined(separator: ", "), meaning: meaning)
    }

    /// A key that is true or false.
    init(_ name: String, flag fallback: Bool, meaning: String) {
        self.init(
            name, type: "true or false", default: .value(String(fallback)), meaning: meaning)
    }
}

/// A block in braces: its name, what it is for, and its keys.
struct BlockDescription: Hashable, Sendable {
    let name: String
    let meaning: String
    let keys: [KeyDescription]
    /// Mappings inside it: the key that holds them, and their own keys.
    var inner: [Inner] = []
    /// The body of a block that can be read.
    let example: String

    struct Inner: Hashable, Sendable {
        let key: String
        let keys: [KeyDescription]
    }
}
