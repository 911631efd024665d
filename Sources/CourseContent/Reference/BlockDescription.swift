/// A key of a lesson's block or of its front matter, as an author meets it. What a reader takes and
/// what the reference page says are made from the same values.
struct KeyDescription: Hashable, Sendable {
    /// The key, or several that mean the same of different things.
    let names: [String]
    let type: String
    /// What is read where the key is left out, as code; or what holds then, in words.
    let fallback: String
    /// The values it may have; empty where the type says all.
    let range: String
    let meaning: String

    /// Keys in lines of "names | type | default | range | meaning".
    static func table(_ text: String) -> [KeyDescription] {
        text.split(separator: "\n").map { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.split(separator: " ") }
            let words = cells.map { $0.joined(separator: " ") }
            return KeyDescription(
                names: cells[0].map(String.init), type: words[1], fallback: words[2],
                range: words[3], meaning: words[4])
        }
    }

    /// What stands for a default where the key has to be there.
    static let needed = "(needed)"
}

/// A block in braces: its name, what it is for, and its keys.
struct BlockDescription: Hashable, Sendable {
    let name: String
    let meaning: String
    let keys: [KeyDescription]
    /// The keys of mappings inside it, by the key that holds these.
    var inner: [String: [KeyDescription]] = [:]
    /// The body of a block that can be read.
    let example: String

    init(
        _ name: String, _ meaning: String, keys: String = "",
        inner: [String: [KeyDescription]] = [:], example: String = ""
    ) {
        self.name = name
        self.meaning = meaning
        self.keys = KeyDescription.table(keys)
        self.inner = inner
        self.example = example
    }
}
