import AttentionEngine
import ModelCatalog
import Testing

@testable import ModelFiles

@Suite("A config.json of a family")
struct ConfigFamilyTests {
    private static func tolerant(_ text: String) throws -> ModelShape {
        try ConfigFile.shape(reading: FileBytes(Array(text.utf8)), name: "file")
    }

    private static func bytes(_ shape: ModelShape) throws -> Int {
        try shape.stack.needed(CacheLoad(tokens: 32_768)).bytes
    }

    @Test(
        "whose own fields decide keeps what was worked out elsewhere", arguments: FamilyFacts.all)
    func facts(facts: FamilyFacts) throws {
        let shape = try Self.tolerant(facts.config)
        let kinds = shape.found(.layerKinds)
        #expect(facts.kinds.map { kinds?.hasPrefix($0 + ": ") == true } ?? (kinds == nil))
        #expect(try Self.bytes(shape) == facts.bytes, "\(shape.resolved)")
        #expect(shape.unknownFamily == nil)
        if let remark = facts.remark {
            #expect(shape.remarks.contains { $0.contains(remark) }, "\(shape.remarks)")
        }
    }

    @Test("that caches nothing, or for an encoder too, is refused by its model_type")
    func refused() {
        for (family, reason) in [
            ("mamba2", "keeps a fixed state: it has no key/value cache that grows"),
            ("rwkv", "keeps a fixed state: it has no key/value cache that grows"),
            (
                "bert",
                "reads a whole text at once and writes none: it has no key/value cache that grows"
            ),
            (
                "dream",
                "reads a whole text at once, also what it fills in: it has no key/value cache that "
                    + "grows"
            ),
            (
                "t5",
                "has an encoder and a decoder; only models with a decoder alone are supported"
            ),
        ] {
            let text = """
                {"model_type": "\(family)", "num_hidden_layers": 4, "num_attention_heads": 8,
                "hidden_size": 64}
                """
            #expect(problem(text) == "model_type is \(family), which \(reason)")
        }
    }

    private static let plain = #""model_type": "own_new", \#(ConfigRulesTests.base)"#

    @Test("that is not known is computed from its fields, and said not to be known")
    func unknown() throws {
        let shape = try shape("{\(Self.plain)}")
        #expect(shape.stack.numbersPerToken == 4 * 2 * 512)
        #expect(shape.unknownFamily == "own_new")
        #expect(
            shape.remarks.first
                == "The rules of model_type 'own_new' are not known: computed from its fields as "
                + "for other models.")
        #expect(try Self.tolerant(#"{\#(ConfigRulesTests.base)}"#).unknownFamily == nil)
    }

    @Test(
        "that is not known is refused with a field that changes what layers keep",
        arguments: [
            (#""layer_group_size": 5"#, "layer_group_size"), (#""use_cla": true"#, "use_cla"),
            (#""hybrid_layer_pattern": [0, 1, 1, 1]"#, "hybrid_layer_pattern"),
            (#""per_layer_config": {"3": {"head_dim": 512}}"#, "per_layer_config"),
            (#""swa_head_dim": 64"#, "swa_head_dim"), (#""mamba_step": 2"#, "mamba_step"),
            (#""global_attn_every_n_layers": 4"#, "global_attn_every_n_layers"),
            (#""sparse_attention_config": {"use": true}"#, "sparse_attention_config"),
            (#""linear_attn_config": {"full_attn_layers": [4]}"#, "linear_attn_config"),
            (#""attention_chunk_size": 8192"#, "attention_chunk_size"),
            (
                #""swa_head_dim": 64, "sliding_window": 8, "layer_types": ["full_attention", "#
                    + #""full_attention", "full_attention", "sliding_attention"]"#, "swa_head_dim"
            ),
        ])
    func undecided(text: String, field: String) {
        #expect(
            problem("{\(Self.plain), \(text)}")
                == "\(field) changes what layers keep, and with an unknown model_type it is not "
                + "understood")
    }

    @Test("that is not known may switch such a field off, and say the kinds of layers by name")
    func decided() throws {
        let off =
            #""use_cla": false, "mamba_step": 0, "sliding_window": null, "per_layer_config": {}"#
        #expect(try shape("{\(Self.plain), \(off)}").stack.count(.full) == 4)
        let named =
            #""mamba_d_state": 128, "layer_types": ["mamba", "mamba", "mamba", "full_attention"]"#
        #expect(try shape("{\(Self.plain), \(named)}").stack.count(.linear) == 3)
    }

    @Test("that is known says of a field that none of its kind has that it is not read")
    func foreignField() throws {
        let llama = #""model_type": "llama", \#(ConfigRulesTests.base)"#
        for field in [
            #""use_cla": true"#, #""layer_group_size": 5"#, #""swa_head_dim": 64"#,
            #""attention_chunk_size": 8192"#, #""interleaved_sliding_window": 4096"#,
            #""window_size": 128"#,
        ] {
            let shape = try shape("{\(llama), \(field)}")
            #expect(shape.stack.count(.full) == 4)
            let name = field.dropFirst().prefix { $0 != "\"" }
            #expect(
                shape.remarks.contains {
                    $0.hasPrefix("\(name) is not read: in this family every layer is taken")
                }, "\(shape.remarks)")
        }
        let plain = try shape(#"{\#(llama), "use_cla": false, "rope_interleaved": true}"#)
        #expect(!plain.remarks.contains { $0.contains("is not read") })
        // Meta's own files of Llama 4 place the chunks.
        let placed = try shape(
            #"{"dim": 512, "n_layers": 8, "n_heads": 8, "n_kv_heads": 2, "#
                + #""attention_chunk_size": 8192, "nope_layer_interval": 4}"#)
        #expect(placed.stack.count(.full) == 2 && placed.stack.count(.chunked) == 6)
        #expect(!placed.remarks.contains { $0.contains("is not read") })
    }

    @Test("that is not known may have a field of windows that are switched off")
    func windowsOff() throws {
        for off in [
            #""use_sliding_window": false, "sliding_window": 131072"#, #""sliding_window": null"#,
        ] {
            let shape = try shape("{\(Self.plain), \(off), \"max_window_layers\": 28}")
            #expect(shape.stack.count(.full) == 4)
        }
    }

    @Test("is itself where a nested model says nothing, and no whole model where it says nothing")
    func nothingNested() throws {
        let llama = #""model_type": "llama", "num_key_value_heads": 2, \#(ConfigRulesTests.base)"#
        let shape = try shape(#"{\#(llama), "text_config": {}}"#)
        #expect(shape.stack.numbersPerToken == 4 * 2 * 2 * 64)
        #expect(problem(#"{"model_type": "llama"}"#).hasPrefix("has no field for the number"))
    }

    @Test("keeps its size beside a context limit or a format of weights that says nothing")
    func limits() throws {
        let llama = #""model_type": "llama", \#(ConfigRulesTests.base)"#
        for (field, remark) in [
            (#""model_max_length": -1"#, "no limit is taken from it"),
            (#""torch_dtype": "auto""#, "2 bytes per number is the default"),
        ] {
            let shape = try shape("{\(llama), \(field)}")
            #expect(shape.remarks.contains { $0.contains(remark) }, "\(shape.remarks)")
            #expect(shape.maximumTokens == nil)
        }
    }

    @Test("with more fields than any is refused, whatever they are called")
    func manyFields() {
        let fields = (0..<5000).map { "\"field_\($0)\": 1" }.joined(separator: ", ")
        #expect(
            problem("{\(Self.plain), \(fields)}").hasSuffix("fields, and 4,000 is the limit"))
    }

    @Test("that is not known is refused with a window that nothing places")
    func unplacedWindow() {
        #expect(
            problem(#"{\#(Self.plain), "sliding_window": 4096}"#)
                == "sliding_window is 4096, but no field says which layers keep that window, and "
                + "model_type 'own_new' is unknown")
    }

    @Test("whose layers only its own fields place is refused without them")
    func unstated() {
        #expect(
            problem(#"{"model_type": "plamo2", \#(ConfigRulesTests.base)}"#)
                == "has no field for which layers of plamo2 keep what; looked for layer_types and "
                + "mamba_step")
    }

    @Test("nested without a width that its class is not known to have is never divided for")
    func noDivision() throws {
        #expect(
            problem(
                #"{"model_type": "own_new", "text_config": {"num_key_value_heads": 8, "#
                    + #"\#(ConfigRulesTests.base)}}"#)
                == "has no field for the head width (text_config.head_dim, "
                + "text_config.hidden_size_per_head, text_config.attention_head_dim and "
                + "text_config.kv_channels), and the default of 'own_new' is not known")
        let known = try shape(
            #"{"model_type": "own_new", "text_config": {"model_type": "qwen3", "#
                + #""num_key_value_heads": 8, \#(ConfigRulesTests.base)}}"#)
        #expect(known.headDimension == 128)
        let divided = try shape(#"{"model_type": "llama", \#(ConfigRulesTests.base)}"#)
        #expect(divided.headDimension == 64)
        #expect(!divided.remarks.contains { $0.contains("head_dim") })
    }

    @Test("Nothing of a window is kept where it is 0 or -1, and that is said")
    func windowsOfNothing() throws {
        for tokens in [0, -1] {
            let shape = try shape(
                #"{"model_type": "mistral", \#(ConfigRulesTests.base), "#
                    + #""sliding_window": \#(tokens)}"#)
            #expect(shape.stack.count(.full) == 4)
            #expect(
                shape.remarks.contains("sliding_window is \(tokens): no layer keeps a window."))
        }
    }

    @Test(
        "Numbers in quotes, comments and commas at the end are read where they are meant, and said")
    func edited() throws {
        let shape = try Self.tolerant(
            """
            { // by hand
              "model_type": "llama", "num_hidden_layers": "4", /* four */
              "num_attention_heads": "8", "hidden_size": 512, "eos_token_id": [1, 2,],
              "rope_theta": 1e4,
            }
            """)
        #expect(shape.stack.numbersPerToken == 4 * 2 * 512)
        for remark in [
            "Numbers in quotes are read as numbers: num_attention_heads and num_hidden_layers.",
            "It has comments, which JSON has not: passed over.",
            "It has commas behind the last item, which JSON has not: passed over.",
        ] {
            #expect(shape.remarks.contains(remark), "\(shape.remarks)")
        }
        #expect(throws: FileProblem.self) { try Self.tolerant(#"{"a": /* never ended"#) }
        #expect(throws: FileProblem.self) { try Self.tolerant(#"{"a": 1,,}"#) }
        #expect(problem(#"{"a": 1,}"#).hasPrefix("is not JSON"))
    }

    @Test(
        "The cache's format is the one that the checkpoint declares for it",
        arguments: [
            (#""kv_cache_scheme": {"num_bits": 8, "type": "float"}"#, CacheFormat.fp8),
            (#""kv_cache_scheme": {"num_bits": 8, "type": "int"}"#, .int8),
            (#""kv_cache_quant_algo": "FP8""#, .fp8),
            (#""kv_cache_quant_algo": "fp8_e4m3""#, .fp8), (#""kv_cache_scheme": null"#, .bf16),
            (#""kv_cache_quant_algo": "NVFP4""#, .bf16),
        ])
    func declaredFormat(text: String, format: CacheFormat) throws {
        let shape = try shape(
            #"{"model_type": "llama", "torch_dtype": "bfloat16", \#(ConfigRulesTests.base), "#
                + #""quantization_config": {\#(text)}}"#)
        #expect(shape.format == format)
        #expect(
            shape.remarks.contains { $0.contains("a --kv-dtype would overrule it") }
                == (format != .bf16))
        #expect(shape.remarks.contains { $0.contains("not known") } == text.contains("NVFP4"))
    }

    @Test("The format may stand in a file beside")
    func formatBeside() throws {
        let beside = try JSONValue(
            parsing: Array(#"{"quantization": {"kv_cache_quant_algo": "FP8"}}"#.utf8))
        let config = try JSONValue(
            parsing: Array(#"{"model_type": "llama", \#(ConfigRulesTests.base)}"#.utf8))
        let shape = try ConfigFile.shape(of: config, beside: beside, name: "file")
        #expect(shape.found(.format) == "fp8: hf_quant_config.json: kv_cache_quant_algo")
    }

    @Test("Every family has a source and names of its own")
    func table() {
        for names in [
            ModelFamily.all.flatMap(\.types), ModelFamily.all.flatMap(\.architectures),
        ] {
            #expect(Set(names).count == names.count)
        }
        #expect(ModelFamily.all.allSatisfy { !$0.source.isEmpty })
    }
}
