extension JSONValue {
    /// A value as it is written into a file.
    init(encoding value: some Encodable) throws {
        switch value {
        case let value as JSONValue: self = value
        case let bool as Bool: self = .bool(bool)
        case let text as String: self = .text(text)
        case let int as any BinaryInteger:
            self = Int(exactly: int).map(JSONValue.int) ?? .large(UInt64(clamping: int))
        // The shortest text that is this number, and not all the places of the next `Double`.
        case let number as Float: self = .number(Double(number.description) ?? Double(number))
        case let number as Double: self = .number(number)
        default:
            let node = Node()
            try value.encode(to: node)
            self = node.value
        }
    }
}

/// A value under way, and the encoder that what it is of writes to: an object until it is known to
/// be something else.
private final class Node: Encoder, SingleValueEncodingContainer {
    private var whole: JSONValue?
    private var items: [Node]?
    private var members: [String: Node] = [:]
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    var value: JSONValue {
        whole ?? items.map { .list($0.map(\.value)) } ?? .object(members.mapValues(\.value))
    }

    /// The node of a member, there or new.
    func member(_ name: String) -> Node {
        let node = members[name] ?? Node()
        members[name] = node
        return node
    }

    var count: Int { items?.count ?? 0 }

    /// A new node at the end of a list.
    func item() -> Node {
        let node = Node()
        items?.append(node)
        return node
    }

    func container<Key>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(Members(node: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        items = items ?? []
        return Items(node: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func encodeNil() { whole = .null }
    func encode(_ value: some Encodable) throws { whole = try JSONValue(encoding: value) }
}

private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: Node
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) { node.member(key.stringValue).encodeNil() }
    func encode(_ value: some Encodable, forKey key: Key) throws {
        try node.member(key.stringValue).encode(value)
    }
    func nestedContainer<Nested>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> { node.member(key.stringValue).container(keyedBy: type) }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        node.member(key.stringValue).unkeyedContainer()
    }
    func superEncoder() -> any Encoder { node.member("super") }
    func superEncoder(forKey key: Key) -> any Encoder { node.member(key.stringValue) }
}

private struct Items: UnkeyedEncodingContainer {
    let node: Node
    var codingPath: [any CodingKey] { [] }
    var count: Int { node.count }

    func encodeNil() { node.item().encodeNil() }
    func encode(_ value: some Encodable) throws { try node.item().encode(value) }
    func nestedContainer<Nested>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> { node.item().container(keyedBy: type) }
    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { node.item().unkeyedContainer() }
    func superEncoder() -> any Encoder { node.item() }
}
