/// A fenced block `{name}` with a YAML body: an instruction to the program in the middle of prose.
public struct Directive: Hashable, Sendable {
    public let name: String
    /// Where the name stands in the opening fence.
    public let place: SourcePlace
    public let body: Attributes

    public init(name: String, place: SourcePlace, body: Attributes) {
        self.name = name
        self.place = place
        self.body = body
    }
}

/// A YAML mapping with the place of every key and value, in the file's order. No key stands twice.
public struct Attributes: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        public let key: String
        public let keyPlace: SourcePlace
        public let value: Attribute

        public init(key: String, keyPlace: SourcePlace, value: Attribute) {
            self.key = key
            self.keyPlace = keyPlace
            self.value = value
        }
    }

    public let entries: [Entry]

    public init(_ entries: [Entry] = []) { self.entries = entries }

    public subscript(key: String) -> Attribute? { entries.first { $0.key == key }?.value }
}

/// A YAML value and where it starts. Scalars stay text; who reads them knows their type.
public struct Attribute: Hashable, Sendable {
    public indirect enum Content: Hashable, Sendable {
        case scalar(String)
        case list([Attribute])
        case mapping(Attributes)
    }

    public let content: Content
    public let place: SourcePlace

    public init(_ content: Content, at place: SourcePlace) {
        self.content = content
        self.place = place
    }
}
