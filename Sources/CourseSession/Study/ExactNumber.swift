/// A number of a file with all its digits, in a type that only the program has.
struct ExactNumber: Hashable, Sendable {
    /// What a decoder reads it into, and an encoder writes.
    package typealias Value = Decodable & Encodable & Hashable & Sendable & CustomStringConvertible

    let value: any Value

    /// As many digits as Foundation's `Decimal` has, one short of which it has rounded none.
    private static let mostDigits = 37

    /// nil where the decoder has no such type, or what stands there is no number of it. Throws
    /// where some of its digits may be missing.
    init?(
        _ container: any SingleValueDecodingContainer, of userInfo: [CodingUserInfoKey: Any]
    ) throws {
        guard let type = userInfo[.exactNumber] as? any Value.Type,
            let value = try? container.decode(type)
        else { return nil }
        guard Self.digits(of: "\(value)") <= Self.mostDigits else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "more digits than can be carried along")
        }
        self.value = value
    }

    /// How many digits there are from the first to the last that is not 0.
    private static func digits(of text: String) -> Int {
        let digits = text.utf8.filter { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "-") }
        let zero = UInt8(ascii: "0")
        guard let first = digits.firstIndex(where: { $0 != zero }),
            let last = digits.lastIndex(where: { $0 != zero })
        else { return 0 }
        return last - first + 1
    }

    static func == (one: Self, other: Self) -> Bool {
        AnyHashable(one.value) == AnyHashable(other.value)
    }

    func hash(into hasher: inout Hasher) { AnyHashable(value).hash(into: &hasher) }
}

extension CodingUserInfoKey {
    /// An `ExactNumber.Value.Type` that a decoder reads numbers into which are carried along: a
    /// `Double` has fewer digits than JSON may have.
    package static let exactNumber = CodingUserInfoKey(rawValue: "exactNumber")!
}
