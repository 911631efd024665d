/// A fenced block `{name}` with a YAML body: an instruction to the program in the middle of prose.
package struct Directive: Hashable, Sendable {
    package let name: String
    /// Where the name stands in the opening fence.
    package let place: SourcePlace
    package let body: Attributes

    package init(name: String, place: SourcePlace, body: Attributes) {
        self.name = name
        self.place = place
        self.body = body
    }
}

/// A YAML mapping with the place of every key and value, in the file's order. No key stands twice.
package struct Attributes: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        package let key: String
        package let keyPlace: SourcePlace
        package let value: Attribute
    }

    package let entries: [Entry]

    package init(_ entries: [Entry] = []) { self.entries = entries }

    package subscript(key: String) -> Attribute? { entries.first { $0.key == key }?.value }
}

/// A YAML value and where it starts. Scalars stay text; who reads them knows their type.
package struct Attribute: Hashable, Sendable {
    package indirect enum Content: Hashable, Sendable {
        case scalar(String)
        case list([Attribute])
        case mapping(Attributes)
    }

    package let content: Content
    package let place: SourcePlace

    init(_ content: Content, at place: SourcePlace) {
        self.content = content
        self.place = place
    }
}
