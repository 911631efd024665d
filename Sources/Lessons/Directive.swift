/// A fenced block `{name}` with a YAML body: an instruction to the program in the middle of prose.
package struct Directive: Hashable, Sendable {
    /// The word in braces, whatever it is: who draws directives knows which there are.
    package let name: String
    /// Where the name stands in the opening fence.
    package let place: SourcePlace
    /// What stands between the fences; empty where nothing does.
    package let body: Attributes

    /// A directive that stands in no file, for tests and for showing one; the parser makes the
    /// others.
    package init(name: String, place: SourcePlace, body: Attributes) {
        self.name = name
        self.place = place
        self.body = body
    }
}

/// A YAML mapping with the place of every key and value, in the file's order. No key stands twice.
package struct Attributes: Hashable, Sendable {
    /// A key with its value.
    package struct Entry: Hashable, Sendable {
        /// The key as text.
        package let key: String
        /// Where the key starts, for findings about it.
        package let keyPlace: SourcePlace
        /// The value, with a place of its own.
        package let value: Attribute
    }

    /// The entries in the file's order.
    package let entries: [Entry]

    /// A mapping of these; that no key stands twice is the caller's to see.
    package init(_ entries: [Entry] = []) { self.entries = entries }

    /// The value of a key; nil where it is not there. Cost: O(entries).
    package subscript(key: String) -> Attribute? { entries.first { $0.key == key }?.value }
}

/// A YAML value and where it starts. Scalars stay text; who reads them knows their type.
package struct Attribute: Hashable, Sendable {
    /// The three kinds of YAML node; aliases and tags are findings.
    package indirect enum Content: Hashable, Sendable {
        /// One value as it is written, quotes and escapes resolved.
        case scalar(String)
        /// A sequence, in either of YAML's styles.
        case list([Attribute])
        /// A mapping, in either of YAML's styles.
        case mapping(Attributes)
    }

    /// The value.
    package let content: Content
    /// Where it starts in the lesson's file, not in the body.
    package let place: SourcePlace

    /// The value of a scalar; nil where it is none.
    package var text: String? { if case .scalar(let text) = content { text } else { nil } }
    /// The items of a list; nil where it is none.
    package var list: [Attribute]? { if case .list(let items) = content { items } else { nil } }
    /// The entries of a mapping; nil where it is none.
    package var mapping: Attributes? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    init(_ content: Content, at place: SourcePlace) {
        self.content = content
        self.place = place
    }
}

extension Attributes {
    /// Every scalar in it at any depth, in the file's order, and where it starts.
    package var texts: [(text: String, place: SourcePlace)] { entries.flatMap(\.value.texts) }
}

extension Attribute {
    fileprivate var texts: [(text: String, place: SourcePlace)] {
        switch content {
        case .scalar(let text): [(text, place)]
        case .list(let items): items.flatMap(\.texts)
        case .mapping(let attributes): attributes.texts
        }
    }
}
