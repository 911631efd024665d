import ForeignText
import Foundation

extension JSONDecoder {
    /// A value of a file that anyone may have written. It must be JSON in UTF-8, as RFC 8259 has
    /// it (the decoder takes other encodings, too), with no more marks in a row than `MarkRun` lets
    /// it: the decoder hashes every name before anybody can look at it.
    func decode<Value: Decodable>(_ type: Value.Type, fromForeign data: Data) throws -> Value {
        guard let text = String(validating: data, as: UTF8.self), !text.utf8.contains(0),
            text.isStreamSafeUnescaped
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "no JSON that can be compared"))
        }
        return try decode(type, from: data)
    }
}
