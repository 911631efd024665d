/// A number of a file that the standard library's types do not hold, in one that only the program
/// has.
struct ExactNumber: Hashable, Sendable {
    /// What a decoder reads it into, and an encoder writes.
    package typealias Value = Decodable & Encodable & Hashable & Sendable & CustomStringConvertible

    let value: any Value

    /// nil where what was read has all that stands there, or the decoder has no such type.
    /// Of 9007199254740993.5 Foundation reads an `Int`, since a `Double` has no such fraction.
    init?(
        _ container: any SingleValueDecodingContainer, beside read: some Numeric,
        of userInfo: [CodingUserInfoKey: Any]
    ) {
        guard let type = userInfo[.exactNumber] as? any Value.Type,
            let value = try? container.decode(type),
            Self.digits(of: "\(value)") != Self.digits(of: "\(read)")
        else { return nil }
        self.value = value
    }

    /// Those from the first to the last that is not 0.
    private static func digits(of text: String) -> [UInt8] {
        let zero = UInt8(ascii: "0")
        let mantissa = text.utf8.prefix { $0 != UInt8(ascii: "e") }
        let digits = mantissa.filter { (zero...zero + 9).contains($0) }
        guard let last = digits.lastIndex(where: { $0 != zero }) else { return [] }
        return Array(digits[...last].drop { $0 == zero })
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
