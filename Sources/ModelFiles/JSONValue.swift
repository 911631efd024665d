import Foundation

/// A JSON value as a file holds it (RFC 8259).
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number that is a whole one of 64 bits.
    case int(Int)
    /// Any other number.
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The longest text that is parsed: the largest real header of weights is a tenth of it.
    public static let longestText = 32 << 20

    /// Parses a text. Throws what is wrong with it: its length, its nesting (512 levels are
    /// understood), or where it stops being JSON. Cost: O(its length).
    public init(parsing bytes: [UInt8]) throws(FileProblem) {
        guard !bytes.isEmpty else { throw FileProblem("is empty; JSON was expected") }
        guard bytes.count <= Self.longestText else {
            throw FileProblem(
                "holds \(bytes.count) bytes of JSON; up to \(Self.longestText) are read")
        }
        do {
            self = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
        } catch {
            throw FileProblem("is not JSON: \(Self.reason(of: error))")
        }
    }

    private static func reason(of error: any Error) -> String {
        guard case DecodingError.dataCorrupted(let context)? = error as? DecodingError else {
            return "it could not be decoded"
        }
        let underlying = context.underlyingError as NSError?
        let detail = underlying?.userInfo[NSDebugDescriptionErrorKey] as? String
        let text = detail ?? context.debugDescription
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}

extension JSONValue: Decodable {
    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let int = try? value.decode(Int.self) {
            self = .int(int)
        } else if let double = try? value.decode(Double.self) {
            self = .double(double)
        } else if let string = try? value.decode(String.self) {
            self = .string(string)
        } else if let array = try? value.decode([JSONValue].self) {
            self = .array(array)
        } else {
            self = .object(try value.decode([String: JSONValue].self))
        }
    }
}

extension JSONValue {
    /// The member of an object; nil elsewhere, and where there is none.
    public subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }
}
