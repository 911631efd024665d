import AttentionEngine
import ModelCatalog
import ModelFiles
import Testing

@Suite("A GGUF header")
struct GGUFTests {
    private static func writer(
        _ values: [(String, GGUFWriter.Value)], architecture: String = "llama"
    ) -> GGUFWriter {
        var writer = GGUFWriter()
        writer.values = [("general.architecture", .text(architecture))]
        writer.values += values.map { ("\(architecture).\($0.0)", $0.1) }
        return writer
    }

    private static let base: [(String, GGUFWriter.Value)] = [
        ("block_count", .u32(6)), ("embedding_length", .u32(512)),
        ("attention.head_count", .u32(8)),
    ]

    private static func shape(
        _ values: [(String, GGUFWriter.Value)], architecture: String = "llama"
    ) throws -> ModelShape {
        let bytes = writer(base + values, architecture: architecture).bytes
        return try GGUFModel.shape(of: GGUFHeader(reading: FileBytes(bytes)), name: "file")
    }

    private static func problem(_ bytes: [UInt8]) -> String {
        do {
            let header = try GGUFHeader(reading: FileBytes(bytes))
            _ = try GGUFModel.shape(of: header, name: "file")
            return "nothing is wrong"
        } catch { return "\(error)" }
    }

    @Test("gives each value with its key, and says the fallbacks")
    func fallbacks() throws {
        let shape = try Self.shape([])
        #expect(shape.found(.layers) == "6: llama.block_count")
        #expect(
            shape.found(.keyValueHeads)
                == "8: llama.attention.head_count: no attention.head_count_kv")
        #expect(
            shape.remarks == [
                "No key for K/V heads: as many as query heads.",
                "No key for the head width: embedding_length / head_count = 64.",
            ])
        #expect(shape.format == .f16)
    }

    @Test("refuses a list or a text that is too long to be read, where the model's own keys are")
    func passedOver() {
        let list = GGUFWriter.Value.numbers(Array(repeating: 2, count: 16_385))
        let problem = Self.problem(
            Self.writer(Self.base + [("attention.head_count_kv", list)]).bytes)
        #expect(
            problem == "llama.attention.head_count_kv is longer than a model's: a list of no more "
                + "than 16,384 numbers, or a text of 4,096 bytes, is read there")
        var writer = Self.writer(Self.base)
        writer.values.append(("tokenizer.ggml.scores", list))
        #expect(Self.problem(writer.bytes) == "nothing is wrong")
    }

    @Test("finds its keys behind a name that takes the point behind it into its last character")
    func joinedPoint() throws {
        // What follows an Arabic number sign is of one character with it.
        #expect(try Self.shape([], architecture: "a\u{600}").stack.layers == 6)
    }

    @Test("with K/V heads of none has layers without attention, or with a state where it keeps one")
    func emptyLayers() throws {
        let heads: [(String, GGUFWriter.Value)] = [
            ("attention.head_count_kv", .numbers([2, 0, 0, 2, 1, 2]))
        ]
        let without = try Self.shape(heads)
        #expect(without.stack.count(.none) == 2)
        #expect(without.stack.numbersPerToken == 7 * 2 * 64)
        let linear = try Self.shape(heads + [("ssm.conv_kernel", .u32(4))])
        #expect(linear.stack.count(.linear) == 2)
    }

    @Test("of an old MLA file needs the latent, and says what llama.cpp does with it")
    func oldLatent() throws {
        let shape = try Self.shape(
            [
                ("attention.head_count_kv", .u32(8)), ("attention.kv_lora_rank", .u32(512)),
                ("rope.dimension_count", .u32(64)), ("attention.key_length", .u32(192)),
                ("attention.value_length", .u32(128)),
            ], architecture: "deepseek2")
        #expect(shape.stack.numbersPerToken == 6 * 576)
        #expect(shape.headDimension == 128)
        #expect(shape.remarks.count == 1 && shape.remarks[0].contains("saves nothing"))
    }

    @Test("takes a value's width as llama.cpp does where only the key's is written, and says so")
    func valueWidth() throws {
        // The header's embedding_length / head_count is 64.
        let shape = try Self.shape([
            ("attention.head_count_kv", .u32(2)), ("attention.key_length", .u32(192)),
        ])
        #expect(shape.stack.numbersPerToken == 6 * 2 * (192 + 64))
        #expect(
            shape.remarks == [
                "No key for the value width: embedding_length / head_count = 64."
            ])
    }

    @Test("leaves layers out that predict further tokens, and shares those that share")
    func otherLayers() throws {
        let shape = try Self.shape([
            ("nextn_predict_layers", .u32(1)), ("attention.shared_kv_layers", .u32(2)),
        ])
        #expect(shape.stack.layers == 5)
        #expect(shape.stack.count(.shared) == 2)
    }

    @Test(
        "has windows where a key or llama.cpp's convention places them",
        arguments: [
            ("gemma2", [], 3), ("gemma3", [], 5), ("gpt-oss", [], 3), ("phi3", [], 6),
            ("cohere2", [], 5), ("laguna", [], 4),
            ("any", [("attention.sliding_window_pattern", GGUFWriter.Value.u32(3))], 4),
            ("any", [("attention.sliding_window_pattern", .u32(0))], 6),
            ("any", [("attention.sliding_window_pattern", .u32(1))], 0),
            (
                "any",
                [
                    (
                        "attention.sliding_window_pattern",
                        .flags([true, false, false, false, false, true])
                    )
                ], 2
            ),
        ] as [(String, [(String, GGUFWriter.Value)], Int)])
    func windows(
        architecture: String, values: [(String, GGUFWriter.Value)], count: Int
    ) throws {
        let shape = try Self.shape(
            values + [("attention.sliding_window", .u32(128))], architecture: architecture)
        #expect(shape.stack.count(.window) == count)
    }

    @Test("of an unknown architecture says what it is taken for, where no key tells")
    func unknown() throws {
        let remark =
            "The architecture 'new' is not known: assumed to have full attention in all layers."
        #expect(try Self.shape([], architecture: "new").remarks.contains(remark))
        let told = try Self.shape(
            [
                ("attention.sliding_window", .u32(128)),
                ("attention.sliding_window_pattern", .u32(3)),
            ], architecture: "new")
        #expect(!told.remarks.contains(remark))
        #expect(try Self.shape([], architecture: "qwen3").remarks == Self.shape([]).remarks)
    }

    @Test("of an unknown architecture is refused with a key that changes what layers keep")
    func undecided() throws {
        let values: [(String, GGUFWriter.Value)] = [("attention.indexer.head_count", .u32(4))]
        #expect(
            Self.problem(Self.writer(Self.base + values, architecture: "new").bytes)
                == "new.attention.indexer.head_count changes what layers keep, and for an "
                + "architecture that is not known it is not understood")
        #expect(try Self.shape([], architecture: "new").unknownFamily == "new")
        #expect(try Self.shape([]).unknownFamily == nil)
    }

    @Test("of Kimi Linear keeps a latent where its list has a K/V head")
    func latentsInSomeLayers() throws {
        let heads = (0..<27).map { $0 % 4 == 3 || $0 == 26 ? 1 : 0 }
        let bytes = Self.writer(
            [
                ("block_count", .u32(27)), ("embedding_length", .u32(2304)),
                ("attention.head_count", .u32(32)), ("attention.head_count_kv", .numbers(heads)),
                ("attention.kv_lora_rank", .u32(512)), ("rope.dimension_count", .u32(64)),
                ("attention.key_length", .u32(576)), ("attention.key_length_mla", .u32(192)),
                ("ssm.conv_kernel", .u32(4)), ("kda.head_dim", .u32(128)),
            ], architecture: "kimi-linear"
        ).bytes
        let shape = try GGUFModel.shape(of: GGUFHeader(reading: FileBytes(bytes)), name: "file")
        #expect(shape.stack.count(.linear) == 20)
        #expect(try shape.stack.needed(CacheLoad(tokens: 32_768)).bytes == 264_241_152)
    }

    @Test("of a family whose layers only a list places is refused without it")
    func unstated() {
        #expect(
            Self.problem(Self.writer(Self.base, architecture: "lfm2").bytes)
                == "has no list in lfm2.attention.head_count_kv, which says which layers of lfm2 "
                + "keep what")
    }

    @Test(
        "of a model whose cache does not grow is refused",
        arguments: [
            ("mamba", "keeps a fixed state"), ("rwkv7", "keeps a fixed state"),
            ("nomic-bert-moe", "reads a whole text at once and writes none"),
        ])
    func cacheless(architecture: String, reason: String) {
        #expect(
            Self.problem(Self.writer(Self.base, architecture: architecture).bytes)
                == "is a model of '\(architecture)', which \(reason): it has no key/value cache "
                + "that grows")
    }

    @Test("counts the bytes behind it as the weights, unless they are cut off")
    func weights() throws {
        var writer = Self.writer(Self.base)
        writer.tensors = ["a", "b", "c"]
        func weights(_ bytes: [UInt8]) throws -> Int? {
            try GGUFModel.shape(of: GGUFHeader(reading: FileBytes(bytes)), name: "file")
                .weights?.size.bytes
        }
        #expect(try weights(writer.bytes) == 96)
        #expect(try weights(writer.bytes.dropLast(33)) == nil)
    }

    @Test("that is no header, or of no model, is refused in one line")
    func refused() {
        let good = Self.writer(Self.base).bytes
        #expect(Self.problem(good) == "nothing is wrong")
        #expect(Self.problem([]) == "is empty; a GGUF file was expected")
        #expect(
            Self.problem(Array(good.prefix(20)))
                == "is not a GGUF file: it does not begin with GGUF and a whole header")
        var other = good
        other[4] = 9
        #expect(
            Self.problem(other) == "is GGUF version 9; versions 1, 2 and 3 are supported")
        // 2^60 values, and 2^60 items of a list.
        var many = good
        many.replaceSubrange(16..<24, with: [0, 0, 0, 0, 0, 0, 0, 0x10])
        #expect(
            Self.problem(many)
                == "says it holds 1152921504606846976 values, which cannot fit in its "
                + "\(good.count) bytes")
        var list = Self.writer([("long", .numbers([]))]).bytes
        list.replaceSubrange(list.count - 8..<list.count, with: [0, 0, 0, 0, 0, 0, 0, 0x10])
        #expect(
            Self.problem(list)
                == "says it holds 1152921504606846976 items of llama.long, which cannot fit in "
                + "its \(list.count) bytes")
        #expect(Self.problem(GGUFWriter().bytes + [0]).hasPrefix("has no model"))
        #expect(
            Self.problem(Self.writer([]).bytes)
                == "has no key for the number of layers; looked for llama.block_count")
        #expect(
            Self.problem(Self.writer(Self.base + [("block_count", .u32(1))]).bytes)
                == "holds the key llama.block_count twice")
        #expect(
            Self.problem(
                Self.writer(Self.base + [("attention.head_count_kv", .u32(3))]).bytes)
                == "llama.attention.head_count_kv is 3, which does not divide the 8 query heads "
                + "of layer 0")
        #expect(
            Self.problem(
                Self.writer(
                    Self.base + [("attention.sliding_window", .u32(512))], architecture: "new"
                ).bytes)
                == "new.attention.sliding_window is 512, but nothing says which layers keep it; "
                + "looked for new.attention.sliding_window_pattern")
        #expect(
            Self.problem(
                Self.writer([("block_count", .u32(6)), ("attention.head_count", .u32(0))]).bytes)
                == "llama.attention.head_count is 0; expected 1 or more")
        var part = Self.writer(Self.base)
        part.values.append(("split.no", .u32(1)))
        #expect(
            Self.problem(part.bytes)
                == "is part 2 of a split model (split.no); the shape is in part 1")
    }
}
