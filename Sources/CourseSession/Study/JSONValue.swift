/// Any JSON, for what a newer program has written into a file: carried along, not understood.
enum JSONValue: Hashable, Sendable, Codable {
    case null
    case bool(Bool)
    case int(Int)
    /// More than an `Int` holds.
    case large(UInt64)
    case number(Double)
    /// One that a `Double` does not hold.
    case exact(ExactNumber)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    /// The most lists and objects within each other; what this program or a newer one writes is
    /// far below.
    private static let depthLimit = 64

    /// Throws where it is too deep: each error of the decoder's, and a scalar is found by some,
    /// costs time that grows with the depth.
    init(from decoder: any Decoder) throws {
        guard decoder.codingPath.count <= Self.depthLimit else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "too many lists within each other"))
        }
        if var items = try? decoder.unkeyedContainer() {
            var list: [JSONValue] = []
            while !items.isAtEnd { list.append(try items.decode(JSONValue.self)) }
            self = .list(list)
            return
        }
        if (try? decoder.container(keyedBy: Member.self)) != nil {
            self = try .object(Self.members(of: decoder, but: []))
            return
        }
        let value = try decoder.singleValueContainer()
        func read<Value: Decodable>(_ make: (Value) -> JSONValue) -> JSONValue? {
            (try? value.decode(Value.self)).map(make)
        }
        func exact<Number: Decodable & Numeric>(_ make: (Number) -> JSONValue) -> JSONValue? {
            read { number in
                ExactNumber(value, beside: number, of: decoder.userInfo).map(JSONValue.exact)
                    ?? make(number)
            }
        }
        self =
            try value.decodeNil()
            ? .null
            : read(JSONValue.bool) ?? exact(JSONValue.int) ?? exact(JSONValue.large)
                ?? exact(JSONValue.number) ?? .text(value.decode(String.self))
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .bool(let bool): try value.encode(bool)
        case .int(let int): try value.encode(int)
        case .large(let int): try value.encode(int)
        case .number(let number): try value.encode(number)
        case .exact(let number): try value.encode(number.value)
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

    private struct Member: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
