import CourseSession
import ForeignText
import Foundation

extension JSONDecoder {
    /// A value of a file that anyone may have written. It must be JSON in UTF-8, as RFC 8259 has
    /// it (the decoder takes other encodings, too). Of marks in a row it has as many as `MarkRun`
    /// lets it, since the decoder hashes every name before anybody can look at it. Numbers that are
    /// only carried along have as many digits as a `Decimal` (`CodingUserInfoKey.exactNumber`).
    /// Where there was more of either, the value knows it (`CodingUserInfoKey.isIncomplete`).
    func decode<Value: Decodable>(_ type: Value.Type, fromForeign data: Data) throws -> Value {
        guard let text = String(validating: data, as: UTF8.self), !text.utf8.contains(0)
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "no JSON in UTF-8"))
        }
        let isSafe = text.isStreamSafeUnescaped
        userInfo[.isIncomplete] = !isSafe || hasLongNumber(text)
        userInfo[.exactNumber] = Decimal.self
        return try decode(type, from: isSafe ? data : Data(text.streamSafeUnescaped.utf8))
    }
}

/// Whether a number of a JSON text has more digits than a `Decimal` holds for certain; or with a
/// power of ten more than our own `Double`s are written with, more than any `Double` holds where a
/// `Decimal` is too small, or a power that even a `Double` may be too small for.
private func hasLongNumber(_ json: String) -> Bool {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    var (isText, isEscaped, isPower, count, power) = (false, false, false, 0, 0)
    for byte in json.utf8 {
        switch byte {
        case _ where isEscaped: isEscaped = false
        case UInt8(ascii: "\\") where isText: isEscaped = true
        case UInt8(ascii: "\""): isText.toggle()
        case _ where isText: break
        case digits:
            if isPower { power = power * 10 + Int(byte - digits.lowerBound) } else { count += 1 }
            if count > 37 || power > 300 || count > 15 && power > 100 { return true }
        case UInt8(ascii: "."): break
        case UInt8(ascii: "+"), UInt8(ascii: "-"): if !isPower { count = 0 }
        case UInt8(ascii: "e"), UInt8(ascii: "E"):
            if count > 17 { return true }
            isPower = true
        default: (isPower, count, power) = (false, 0, 0)
        }
    }
    return false
}
