import ModelFiles
import TestSupport
import Testing

@testable import ModelFiles

/// A megabyte of marks, of which hashing takes an hour, and JSON that is large in other ways.
@Suite("Texts of a model's files")
struct ForeignNamesTests {
    private static let marks = String(repeating: "\u{301}\u{323}", count: 250_000)
    private static let spelled = String(repeating: #"\u0301\u0323"#, count: 83_000)

    private func problem(of json: String) -> String {
        do {
            let value = try JSONValue(parsing: Array(json.utf8))
            return try ConfigFile.shape(of: value, name: "file").name
        } catch { return "\(error)" }
    }

    private func refused(at byte: Int) -> String {
        "has more than 30 marks on one character in the text that ends at byte \(byte)"
    }

    @Test("of JSON are refused where more marks stand on a character than on any letter")
    func json() {
        for text in [Self.marks, Self.spelled] {
            let length = text.utf8.count
            #expect(problem(of: #"{"a\#(text)":1}"#) == refused(at: length + 3))
            #expect(problem(of: #"{"a":"\#(text)"}"#) == refused(at: length + 6))
            #expect(problem(of: #"{"a":{"b":["\#(text)"]}}"#) == refused(at: length + 12))
        }
        // As many as may be, many times, change nothing.
        let few = String(
            repeating: "a" + Self.marks.unicodeScalars.prefix(30).map(String.init).joined(),
            count: 10_000)
        #expect(
            problem(of: #"{"\#(few)":"\#(few)"}"#)
                == "has no field for the number of layers; looked for num_hidden_layers, n_layer, "
                + "num_layers and n_layers")
    }

    @Test("stand on one line in what is wrong, whatever they hold")
    func lines() {
        #expect(
            problem(of: #"{"a\n\u2028b":1,"a\n\u2028b":2}"#)
                == "is not JSON: at byte 30, no second 'a\u{FFFD}\u{FFFD}b' was expected")
        #expect(
            opened(SafeTensorsFile(#"{"a\n":{"b\n":1}}"#)).problem
                == "gives 'a\u{FFFD}' a 'b\u{FFFD}'; the format knows 'dtype', 'shape' and "
                + "'data_offsets'")
    }

    @Test("of a safetensors header and of an index are refused so, too")
    func tensors() {
        let entry = #"{"dtype":"F32","shape":[1],"data_offsets":[0,4]}"#
        for text in [Self.marks, Self.spelled] {
            for header in [
                #"{"a\#(text)":\#(entry)}"#, #"{"a":{"b\#(text)":1}}"#,
                #"{"a":{"dtype":"b\#(text)"}}"#,
                #"{"__metadata__":{"a\#(text)":"b"}}"#, #"{"__metadata__":{"a":"b\#(text)"}}"#,
            ] {
                let problem = opened(SafeTensorsFile(header, data: [1, 2, 3, 4])).problem
                #expect(problem?.hasPrefix("has more than 30 marks on one character") == true)
            }
            for index in [
                #"{"weight_map":{"a\#(text)":"1"}}"#, #"{"weight_map":{"a":"b\#(text)"}}"#,
                #"{"a\#(text)":{},"weight_map":{"a":"1"}}"#,
            ] {
                let result = Result { () throws(FileProblem) in
                    try ShardedTensors(index: FileBytes(Array(index.utf8))) {
                        name throws(FileProblem) in
                        throw FileProblem("no \(name)")
                    }
                }
                #expect(
                    result.problem?.hasPrefix("has more than 30 marks on one character") == true)
            }
        }
    }

    @Test("of a GGUF header are refused so, too")
    func header() {
        func problem(_ change: (inout GGUFWriter) -> Void) -> String {
            var writer = GGUFWriter()
            writer.values = [("general.architecture", .text("llama"))]
            change(&writer)
            do {
                _ = try GGUFHeader(reading: FileBytes(writer.bytes))
                return "nothing is wrong"
            } catch { return error.description }
        }
        func marks(_ count: Int) -> String { String(Self.marks.unicodeScalars.prefix(count)) }
        // Of the longest that are read.
        #expect(
            problem { $0.values.append(("a" + marks(32_000), .u32(1))) }
                == "has a key with more than 30 marks on one character")
        #expect(
            problem { $0.values.append(("a", .text("b" + marks(2_000)))) }
                == "has a text with more than 30 marks on one character")
        #expect(
            problem { $0.tensors = ["a" + marks(500)] }
                == "has a tensor's name with more than 30 marks on one character")
        // A longer one says nothing about a model's shape, and is passed over.
        #expect(problem { $0.values.append(("a", .text(Self.marks))) } == "nothing is wrong")
    }

    @Test("are told cut to a line, whatever a character is made of")
    func told() {
        for part in ["\u{1100}", "\u{915}\u{94D}", "\u{1F469}\u{200D}", "e\u{301}"] {
            let text = String(repeating: part, count: 10_000)
            for field in ["num_hidden_layers", "model_type", "torch_dtype", "n_head"] {
                let json = #"{"n_layers":2,"n_heads":4,"head_dim":8,"\#(field)":"\#(text)"}"#
                #expect(problem(of: json).unicodeScalars.count < 200, "\(field)")
            }
        }
    }
}

@Suite("JSON of many values")
struct JSONBudgetTests {
    private func problem(_ part: String, _ count: Int) -> String {
        do {
            let text = "[" + String(repeating: part + ",", count: count) + "0]"
            _ = try JSONValue(parsing: Array(text.utf8))
            return "nothing is wrong"
        } catch { return "\(error)" }
    }

    @Test("is refused at the first that is too many, however they are nested")
    func values() {
        let most = JSONValue.mostValues
        #expect(problem("0", most - 2) == "nothing is wrong")
        for (part, values) in [
            ("0", 1), ("[]", 1), ("{}", 1), ("[0]", 2), (#"{"":0}"#, 2), ("[[[]]]", 3),
        ] {
            #expect(problem(part, most / values) == "holds more than \(most) values")
        }
    }

    @Test("of a safetensors header is refused at the first tensor, text or extent that is too many")
    func tensors() {
        func problem(_ header: String) -> String? { opened(SafeTensorsFile(header)).problem }
        let most = 1 << 18
        let many = (0...most).lazy
        #expect(
            problem(
                "{"
                    + many.map { #""\#($0)":{"dtype":"","shape":[],"data_offsets":[0,0]}"# }
                    .joined(separator: ",") + "}") == "has more than \(most) tensors")
        #expect(
            problem(
                #"{"__metadata__":{"# + many.map { #""\#($0)":"""# }.joined(separator: ",") + "}}")
                == "has more than \(most) texts in '__metadata__'")
        let numbers = String(repeating: "0,", count: 1 << 20) + "0"
        #expect(
            problem(#"{"a":{"shape":[\#(numbers)]}}"#)
                == "its header is not of its form: at byte 142, ']' after 64 numbers was expected")
        #expect(
            problem(#"{"a":{"data_offsets":[\#(numbers)]}}"#)
                == "its header is not of its form: at byte 25, ']' after 2 numbers was expected")
    }

    @Test("of a header is not read where it does not begin as one")
    func unread() {
        let file = FileBytes(count: 1 << 30) { range throws(FileProblem) in
            guard range.count < 10 else { throw FileProblem("was read") }
            return range.map { $0 == 3 ? 5 : 0 }
        }
        #expect(
            throws: FileProblem("is not a safetensors file: its header does not begin with '{'")
        ) { try SafeTensors(file) }
    }

    @Test(
        "of an index is refused where the headers that it names are together too long",
        .enabled(if: SlowTests.areRun))
    func headers() {
        func file(_ tensor: String) -> FileBytes {
            let header = #"{"\#(tensor)":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}"#
            let spaces = String(repeating: " ", count: 30_000_000)
            return FileBytes(SafeTensorsFile(header + spaces + "}", data: [1]).bytes)
        }
        let index = #"{"weight_map":{"a":"a","b":"b","c":"c","d":"d"}}"#
        let result = Result { () throws(FileProblem) in
            try ShardedTensors(index: FileBytes(Array(index.utf8))) { file($0) }
        }
        #expect(
            result.problem
                == "lists files whose headers are together longer than 100000000 bytes")
    }
}
