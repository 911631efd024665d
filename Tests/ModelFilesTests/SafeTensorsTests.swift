import ModelFiles
import Testing

/// A header of one tensor with this dtype, shape and offsets.
private func header(_ type: String, _ shape: String, _ offsets: String) -> String {
    #"{"a":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":\#(offsets)}}"#
}

@Suite("A safetensors file")
struct SafeTensorsTests {
    @Test("gives names, shapes, metadata and the size of all its data, and numbers on request")
    func reads() throws {
        let file = SafeTensorsFile([
            (name: "b", shape: [2, 2], numbers: [1, -2.5, 0, 3e10]), (name: "a", shape: [], [7]),
            (name: "none", shape: [0, 4], numbers: []),
        ])
        let tensors = try opened(file).get()
        #expect(tensors.metadata == ["format": "pt"])
        #expect(tensors.dataSize == 20)
        #expect(tensors.tensors.mapValues(\.shape) == ["a": [], "b": [2, 2], "none": [0, 4]])
        let b = try #require(tensors.tensors["b"])
        #expect(try tensors.numbers(of: b, in: 0..<4) == [1, -2.5, 0, Double(Float(3e10))])
        #expect(try tensors.numbers(of: b, in: 1..<2) == [-2.5])
        let a = try #require(tensors.tensors["a"])
        #expect(try tensors.numbers(of: a, in: 0..<1) == [7])
    }

    @Test("holds numbers of four formats, every kind of them exact")
    func formats() throws {
        for (type, bytes, numbers) in [
            ("F16", [0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00, 0xFF, 0x7B], [1, -2, 0x1p-24, 65504]),
            (
                "BF16", [0x80, 0x3F, 0x49, 0x40, 0x00, 0x80, 0x01, 0x00],
                [1, 3.140625, 0, 0x1p-133]
            ),
            ("F32", [0x00, 0x00, 0x80, 0x3F, 0x00, 0x00, 0x20, 0xC0], [1, -2.5]),
            ("F64", [0x9A, 0x99, 0x99, 0x99, 0x99, 0x99, 0xB9, 0x3F], [0.1]),
        ] as [(String, [UInt8], [Double])] {
            let text = header(type, "[\(numbers.count)]", "[0,8]")
            let tensors = try opened(SafeTensorsFile(text, data: bytes)).get()
            let a = try #require(tensors.tensors["a"])
            #expect(try tensors.numbers(of: a, in: 0..<numbers.count) == numbers, "\(type)")
        }
        let text = header("F16", "[3]", "[0,6]")
        let tensors = try opened(
            SafeTensorsFile(text, data: [0x00, 0x7C, 0x00, 0xFC, 0x01, 0x7E])
        ).get()
        let a = try #require(tensors.tensors["a"])
        let numbers = try tensors.numbers(of: a, in: 0..<3)
        #expect(numbers[0] == .infinity && numbers[1] == -.infinity && numbers[2].isNaN)
    }

    @Test("may hold types that are not read, and says so only where their numbers are asked for")
    func otherTypes() throws {
        for (type, size) in [("I64", 16), ("BOOL", 2), ("F4", 1), ("NEW7", 5)] {
            let file = SafeTensorsFile(
                header(type, "[2]", "[0,\(size)]"), data: Array(repeating: 0, count: size))
            let tensors = try opened(file).get()
            let a = try #require(tensors.tensors["a"])
            #expect(
                throws: FileProblem(
                    "holds 'a' as '\(type)'; F64, F32, F16, BF16, F8_E4M3 and F8_E5M2 can be read")
            ) { try tensors.numbers(of: a, in: 0..<1) }
        }
    }

    @Test("may write its header as JSON lets it")
    func spacing() throws {
        let text = """
            {\n "\\u0061\\n\\ud83d\\ude00" : { "data_offsets" : [ 0 , 4 ], "shape":[ 1 ],
            "dtype" : "F32" } }  \t\n
            """
        let tensors = try opened(SafeTensorsFile(text, data: [0, 0, 0, 0])).get()
        #expect(Array(tensors.tensors.keys) == ["a\n😀"])
    }

    @Test(
        "is refused with what is wrong with it",
        arguments: [
            (
                SafeTensorsFile("{}", headerLength: 3),
                "is cut off: its header is 3 bytes long, and the file 10"
            ),
            (
                SafeTensorsFile("{}", headerLength: 1 << 30),
                "is not a safetensors file: its header would be 1073741824 bytes long, and 100000000 "
                    + "is the most"
            ),
            (
                SafeTensorsFile("{}", headerLength: .max),
                "is not a safetensors file: its header would be 18446744073709551615 bytes long, and "
                    + "100000000 is the most"
            ),
            (
                SafeTensorsFile("{}", headerLength: 0),
                "is not a safetensors file: its header does not begin with '{'"
            ),
            (
                SafeTensorsFile(" {}"),
                "is not a safetensors file: its header does not begin with '{'"
            ),
            (
                SafeTensorsFile("{} x"),
                "its header is not of its form: at byte 3, nothing more was expected"
            ),
            (
                SafeTensorsFile(#"{"a":[]}"#),
                "its header is not of its form: at byte 5, '{' was expected"
            ),
            (
                SafeTensorsFile(header("F32", "[-1]", "[0,4]")),
                "its header is not of its form: at byte 29, a whole number was expected"
            ),
            (
                SafeTensorsFile(header("F32", "[1.5]", "[0,4]")),
                "its header is not of its form: at byte 30, ',' or ']' was expected"
            ),
            (
                SafeTensorsFile(header("F32", "[99999999999999999999]", "[0,4]")),
                "its header is not of its form: at byte 47, a number below 2^63 was expected"
            ),
            (
                SafeTensorsFile(header("F32", "[9999999999,9999999999]", "[0,4]"), data: [1]),
                "is cut off: 'a' ends at byte 4 of its data, which are 1 bytes"
            ),
            (
                SafeTensorsFile(
                    header("F32", "[9999999999,9999999999]", "[0,4]"), data: [1, 2, 3, 4]),
                "gives 'a' a shape too large for any memory"
            ),
            (
                SafeTensorsFile(header("F32", "[2]", "[0,4]"), data: [1, 2, 3, 4]),
                "gives 'a' 4 bytes; F32 of its shape takes 8"
            ),
            (
                SafeTensorsFile(header("F4", "[3]", "[0,1]"), data: [1]),
                "gives 'a' 1 bytes; F4 of its shape takes no whole number"
            ),
            (
                SafeTensorsFile(header("F32", "[1]", "[4,0]"), data: [1, 2, 3, 4]),
                "gives 'a' offsets that are not two in rising order"
            ),
            (
                SafeTensorsFile(header("F32", "[1]", "[0]"), data: [1, 2, 3, 4]),
                "gives 'a' offsets that are not two in rising order"
            ),
            (
                SafeTensorsFile(header("F32", "[1]", "[2,6]"), data: [1, 2, 3, 4, 5, 6]),
                "has 2 bytes before 'a' that belong to no tensor"
            ),
            (
                SafeTensorsFile(header("F32", "[1]", "[0,4]"), data: [1, 2, 3, 4, 5]),
                "has 1 bytes at its end that belong to no tensor"
            ),
            (SafeTensorsFile("{}", data: [1]), "has 1 bytes at its end that belong to no tensor"),
            (
                SafeTensorsFile(
                    #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"#
                        + #""b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#,
                    data: [1, 2, 3]),
                "lets 'a' and 'b' overlap"
            ),
            (
                SafeTensorsFile(
                    #"{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"#
                        + #""a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#),
                "names 'a' twice"
            ),
            (
                SafeTensorsFile(#"{"__metadata__":{},"__metadata__":{}}"#),
                "names '__metadata__' twice"
            ),
            (
                SafeTensorsFile(#"{"__metadata__":{"x":"1","x":"2"}}"#),
                "names 'x' twice in '__metadata__'"
            ),
            (
                SafeTensorsFile(#"{"__metadata__":{"x":1}}"#),
                "its header is not of its form: at byte 21, a text in quotes was expected"
            ),
            (
                SafeTensorsFile(#"{"a":{"dtype":"F32","shape":[0]}}"#),
                "gives 'a' no 'data_offsets'"
            ),
            (
                SafeTensorsFile(#"{"a":{"dtype":"F32","dtype":"F32"}}"#),
                "gives 'a' its 'dtype' twice"
            ),
            (
                SafeTensorsFile(#"{"a":{"device":"cpu"}}"#),
                "gives 'a' a 'device'; the format knows 'dtype', 'shape' and 'data_offsets'"
            ),
            (
                SafeTensorsFile("{\"a\u{1}\":{}}"),
                "its header is not of its form: at byte 3, no control character in a text was "
                    + "expected"
            ),
            (
                SafeTensorsFile(#"{"\ud800":{}}"#),
                "its header is not of its form: at byte 8, a whole character was expected"
            ),
            (
                SafeTensorsFile(#"{"a"#),
                "its header is not of its form: at byte 3, the end of a text was expected"
            ),
            (
                SafeTensorsFile("{\"" + String(repeating: "long", count: 30) + "\":{}}"),
                "gives 'longlonglonglonglo...nglonglonglonglong' no 'dtype'"
            ),
        ] as [(SafeTensorsFile, String)])
    func refused(file: SafeTensorsFile, message: String) {
        #expect(opened(file).problem == message)
    }

    @Test("is refused where it ends before its header does")
    func cutOff() {
        let file = SafeTensorsFile([(name: "a", shape: [1], numbers: [1])]).bytes
        #expect(throws: FileProblem("is 0 bytes long; a safetensors file has 8 and a header")) {
            try SafeTensors(FileBytes([]))
        }
        for count in 0..<file.count {
            #expect(throws: FileProblem.self) {
                try SafeTensors(FileBytes(Array(file.prefix(count))))
            }
        }
    }
}

@Suite("Weights in several files")
struct ShardedTensorsTests {
    private let shards = [
        "1.safetensors": SafeTensorsFile([
            (name: "a", shape: [2], numbers: [1, 2]), (name: "b", shape: [1], numbers: [3]),
        ]), "2.safetensors": SafeTensorsFile([(name: "c", shape: [3], numbers: [1, 2, 3])]),
    ]

    private func opened(_ index: String) -> Result<ShardedTensors, FileProblem> {
        Result { () throws(FileProblem) in
            try ShardedTensors(index: FileBytes(Array(index.utf8))) { name throws(FileProblem) in
                guard let file = shards[name] else { throw FileProblem("no such file") }
                return FileBytes(file.bytes)
            }
        }
    }

    @Test("take as much as all files hold, whatever the index says")
    func size() throws {
        let map = #""weight_map":{"a":"1.safetensors","c":"2.safetensors"}"#
        let weights = try opened(#"{"metadata":{"total_size":99},\#(map)}"#).get()
        #expect(weights.dataSize == 24)
        #expect(weights.declaredSize == 99)
        #expect(weights.shards.keys.sorted() == ["1.safetensors", "2.safetensors"])
        #expect(try opened("{\(map)}").get().declaredSize == nil)
    }

    @Test(
        "are refused where the index is wrong",
        arguments: [
            ("{}", "has no 'weight_map' that says where the tensors are"),
            (#"{"weight_map":{}}"#, "has no 'weight_map' that says where the tensors are"),
            (#"{"weight_map":{"a":7}}"#, "places 'a' in no file of this folder"),
            (#"{"weight_map":{"a":"../x"}}"#, "places 'a' in no file of this folder"),
            (#"{"weight_map":{"a":".."}}"#, "places 'a' in no file of this folder"),
            (#"{"weight_map":{"a":"3.safetensors"}}"#, "lists '3.safetensors': no such file"),
            (
                #"{"weight_map":{"c":"1.safetensors"}}"#,
                "places 'c' in '1.safetensors', which has no such tensor"
            ),
        ])
    func refused(index: String, message: String) {
        #expect(opened(index).problem == message)
    }
}
