import CourseSession
import ForeignText
import Foundation

extension JSONDecoder {
    /// A value of a file that anyone may have written. It must be JSON in UTF-8, as RFC 8259 has
    /// it (the decoder takes other encodings, too). Of marks in a row it has as many as `MarkRun`
    /// lets it, and knows where there were more (`CodingUserInfoKey.lacksMarks`): the decoder
    /// hashes every name before anybody can look at it. Numbers that are only carried along keep
    /// all their digits (`CodingUserInfoKey.exactNumber`).
    func decode<Value: Decodable>(_ type: Value.Type, fromForeign data: Data) throws -> Value {
        guard let text = String(validating: data, as: UTF8.self), !text.utf8.contains(0)
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "no JSON in UTF-8"))
        }
        let isSafe = text.isStreamSafeUnescaped
        userInfo[.lacksMarks] = !isSafe
        userInfo[.exactNumber] = Decimal.self
        return try decode(type, from: isSafe ? data : Data(text.streamSafeUnescaped.utf8))
    }
}
