/// Any JSON, for what a newer program has written into a file: carried along, not understood.
enum JSONValue: Hashable, Sendable, Codable {
    case null
    case bool(Bool)
    case int(Int)
    /// More than an `Int` holds.
    case large(UInt64)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        func read<Value: Decodable>(_ make: (Value) -> JSONValue) -> JSONValue? {
            (try? value.decode(Value.self)).map(make)
        }
        self =
            value.decodeNil()
            ? .null
            : try read(JSONValue.bool) ?? read(JSONValue.int) ?? read(JSONValue.large)
                ?? read(JSONValue.number) ?? read(JSONValue.text) ?? read(JSONValue.list)
                ?? .object(value.decode([String: JSONValue].self))
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .bool(let bool): try value.encode(bool)
        case .int(let int): try value.encode(int)
        case .large(let int): try value.encode(int)
        case .number(let number): try value.encode(number)
        case .text(let text): try value.encode(text)
        case .list(let list): try value.encode(list)
        case .object(let object): try value.encode(object)
        }
    }

    /// The members of an object but those of some names.
    static func members(of decoder: any Decoder, but known: [String]) throws -> [String: JSONValue]
    {
        let values = try decoder.container(keyedBy: Member.self)
        var members: [String: JSONValue] = [:]
        for key in values.allKeys where !known.contains(key.stringValue) {
            members[key.stringValue] = try values.decode(JSONValue.self, forKey: key)
        }
        return members
    }

    /// What another value does not have of this one's members, at any depth of objects, by paths.
    func members(missingIn other: JSONValue) -> [[String]: JSONValue] {
        guard case .object(let all) = self, case .object(let known) = other else { return [:] }
        var missing: [[String]: JSONValue] = [:]
        for (name, value) in all {
            if let known = known[name] {
                for (path, value) in value.members(missingIn: known) {
                    missing[[name] + path] = value
                }
            } else {
                missing[[name]] = value
            }
        }
        return missing
    }

    /// The same with more members by their paths: those whose object is there, and they are not.
    func with(_ members: [[String]: JSONValue]) -> JSONValue {
        var value = self
        for (path, member) in members { value.add(member, at: path[...]) }
        return value
    }

    private mutating func add(_ member: JSONValue, at path: ArraySlice<String>) {
        guard case .object(var members) = self, let name = path.first else { return }
        // So that the members are changed in place.
        self = .null
        if path.count > 1 {
            members[name]?.add(member, at: path.dropFirst())
        } else if members[name] == nil {
            members[name] = member
        }
        self = .object(members)
    }

    /// Whether an object is at a path.
    func hasObject(at path: some Collection<String>) -> Bool {
        guard case .object(let members) = self else { return false }
        guard let name = path.first else { return true }
        return members[name]?.hasObject(at: path.dropFirst()) ?? false
    }

    private struct Member: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
