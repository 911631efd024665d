import Foundation
import Testing

@testable import headroom

@Suite("Writing JSON")
struct JSONTests {
    @Test("Every scalar below 128, quotes, and what lies beyond the first plane read back")
    func stringsReadBack() throws {
        let text =
            String(String.UnicodeScalarView((0..<128).compactMap(Unicode.Scalar.init)))
            + "é\u{301}\u{2028}漢🙂"
        let value = JSON.object([("k\"\\\n", .string(text))])
        let object = try JSONSerialization.jsonObject(with: Data(value.text.utf8))
        #expect(object as? [String: String] == ["k\"\\\n": text])
    }

    @Test("Keys keep their order, and there are no spaces")
    func form() {
        let value = JSON.object([
            ("z", .array([.int(-1), .number("0.5"), .null])), ("a", .object([])),
            ("m", .array([])),
        ])
        #expect(value.text == #"{"z":[-1,0.5,null],"a":{},"m":[]}"#)
    }

    @Test("Control characters are escaped by number")
    func controls() {
        #expect(JSON.string("\u{1}\u{1F}\u{7F}\t").text == "\"\\u0001\\u001f\\u007f\\t\"")
    }
}

@Suite("Text for people")
struct TextTests {
    @Test("A table aligns its columns and leaves no spaces at line ends")
    func table() {
        var table = TextTable(columns: [
            .init(title: "name", alignment: .left), .init(title: "n", alignment: .right, gap: 1),
            .init(title: "", alignment: .left),
        ])
        table.rows = [["a", "10", ""], ["longer", "9", "x"]]
        #expect(table.lines == ["name    n", "a      10", "longer  9  x"])
    }

    @Test("Wrapped lines break between words, a long word keeps its own line")
    func wrapping() {
        #expect(
            wrapped("aa bb cc overlong d", width: 5, first: "- ", indent: "  ") == [
                "- aa", "  bb", "  cc", "  overlong", "  d",
            ])
        #expect(wrapped("aa bb", width: 5) == ["aa bb"])
        #expect(wrapped("", width: 5) == [""])
    }
}
