import ModelFiles
import Testing

@Suite("A JSON value from a file")
struct JSONValueTests {
    @Test("holds numbers, texts, lists and objects as they stand")
    func allKinds() throws {
        let text = #"{"a": [1, -2.5, true, null, "x"], "b": {"c": 1e300}}"#
        #expect(
            try JSONValue(parsing: Array(text.utf8))
                == .object([
                    "a": .array([.int(1), .double(-2.5), .bool(true), .null, .string("x")]),
                    "b": .object(["c": .double(1e300)]),
                ]))
    }

    @Test("is refused with one line where the text is no JSON")
    func refused() {
        let deep = String(repeating: "[", count: 10_000)
        for text in ["", "{", "{\"a\": }", "nul", deep, "\u{0}", "{\"a\": 1e999}"] {
            #expect(throws: FileProblem.self) { try JSONValue(parsing: Array(text.utf8)) }
        }
        #expect(throws: FileProblem.self) { try JSONValue(parsing: [0xff, 0xfe, 0x00]) }
    }

    @Test("is refused unparsed where the text is too long")
    func tooLong() {
        let bytes = [UInt8](repeating: 0x20, count: JSONValue.longestText + 1)
        #expect(throws: FileProblem.self) { try JSONValue(parsing: bytes) }
    }
}

@Suite("A file's bytes")
struct FileBytesTests {
    @Test("are read where they are and refused where they are not")
    func ranges() throws {
        let file = FileBytes([1, 2, 3, 4])
        #expect(try file.read(1..<3) == [2, 3])
        #expect(throws: FileProblem.self) { try file.read(2..<5) }
        #expect(throws: FileProblem.self) { try file.read(-1..<2) }
    }

    @Test("that come back short are a problem, not a shorter answer")
    func changedMeanwhile() {
        let file = FileBytes(count: 10) { _ in [] }
        #expect(throws: FileProblem("changed while being read")) { try file.read(0..<4) }
    }
}
