import AttentionEngine
import ModelCatalog
import ModelFiles
import Testing

@Suite("A config's other spellings")
struct ConfigSpellingTests {
    private func shape(_ text: String) throws(FileProblem) -> ModelShape {
        try ConfigFile.shape(reading: FileBytes(Array(text.utf8)), name: "file")
    }

    private func problem(_ text: String) -> String {
        do {
            _ = try shape(text)
            return ""
        } catch { return error.description }
    }

    private func llama(_ fields: String) -> String {
        #"{"model_type": "llama", \#(ConfigRulesTests.base), \#(fields)}"#
    }

    @Test(
        "K/V heads are read by every name that they have",
        arguments: [
            #""num_query_groups": 2"#, #""n_kv_head": 2"#, #""n_kv_heads": 2"#,
            #""n_shared_head": 4"#, #""attn_config": {"kv_n_heads": 2}"#,
        ])
    func heads(field: String) throws {
        #expect(try shape(llama(field)).keyValueHeads == 2)
    }

    @Test("PLaMo's class shares a head among eight where the file says nothing")
    func plamo() throws {
        let shape = try shape(#"{"model_type": "plamo", \#(ConfigRulesTests.base)}"#)
        #expect(shape.keyValueHeads == 1)
        #expect(shape.remarks.contains { $0.contains("n_shared_head 8") })
    }

    @Test("MPT says with a word that one head serves all, and no window of its own is passed over")
    func mpt() throws {
        func mpt(_ config: String) -> String {
            #"{"model_type": "mpt", "n_layers": 4, "n_heads": 8, "d_model": 512, "#
                + #""attn_config": {\#(config)}}"#
        }
        #expect(try shape(mpt(#""attn_type": "multiquery_attention""#)).keyValueHeads == 1)
        #expect(try shape(mpt(#""attn_type": "multihead_attention""#)).keyValueHeads == 8)
        #expect(try shape(mpt(#""sliding_window_size": -1"#)).stack.count(.full) == 4)
        #expect(
            problem(mpt(#""attn_type": "grouped_query_attention""#))
                == "has no field for the K/V heads; looked for attn_config.kv_n_heads")
        #expect(
            problem(mpt(#""sliding_window_size": 128"#))
                == "attn_config.sliding_window_size changes what layers keep in a way that is not "
                + "understood")
    }

    @Test("fla's linear models are refused, and so is the attention that they may have beside")
    func linearAttention() {
        #expect(
            problem(#"{"model_type": "gla", \#(ConfigRulesTests.base)}"#)
                .hasPrefix("model_type is gla, which keeps a fixed state"))
        #expect(
            problem(
                #"{"model_type": "own_new", \#(ConfigRulesTests.base), "attn": {"layers": [1]}}"#)
                == "attn changes what layers keep in a way that is not understood")
    }

    @Test("A list of windows repeats over the layers, null for one that keeps every token")
    func windows() throws {
        func params(_ field: String) -> String {
            #"{"dim": 512, "n_layers": 4, "n_heads": 8, "n_kv_heads": 2, \#(field)}"#
        }
        for key in ["sliding_window", "_sliding_window"] {
            let shape = try shape(params(#""\#(key)": [128, null]"#))
            #expect(
                shape.stack.runs.map(\.cache) == [
                    .window(.heads(2, 64), tokens: 128), .full(.heads(2, 64)),
                    .window(.heads(2, 64), tokens: 128), .full(.heads(2, 64)),
                ])
        }
        #expect(try shape(params(#""sliding_window": [null]"#)).stack.count(.full) == 4)
        #expect(try shape(params(#""_sliding_window": 128"#)).stack.count(.window) == 4)
        #expect(
            problem(params(#""sliding_window": [128, 64]"#))
                == "sliding_window has windows of several sizes, which is not understood")
        #expect(
            problem(params(#""sliding_window": [128, null, 128]"#))
                == "sliding_window has 3 items, which do not repeat evenly over 4 layers")
    }

    @Test("A window of null beside layers that are named for it is said")
    func noWindow() throws {
        let shape = try shape(
            llama(
                #""sliding_window": null, "layer_types": ["sliding_attention", "#
                    + #""full_attention", "sliding_attention", "full_attention"]"#))
        #expect(shape.stack.count(.full) == 4)
        #expect(
            shape.remarks.contains(
                "layer_types names layers with a window, but there is none: they keep every token."
            ))
    }

    @Test("Layers that share are refused where their number is missing")
    func sharedWithoutFactor() {
        #expect(
            problem(#"{"model_type": "hunyuan", \#(ConfigRulesTests.base), "use_cla": true}"#)
                == "has no field for which layers keep what, as use_cla needs; looked for "
                + "cla_share_factor")
    }

    @Test("Numbers beyond all do no harm where nobody asks for them")
    func beyond() throws {
        #expect(try shape(llama(#""rope_theta": 1e999"#)).stack.layers == 4)
        #expect(
            problem(llama(#""num_key_value_heads": 1e999"#))
                .hasPrefix("num_key_value_heads is inf; expected a whole number"))
    }

    @Test("Bloom's width may be called n_embed")
    func bloom() throws {
        let shape = try shape(
            #"{"model_type": "bloom", "n_layer": 4, "n_head": 8, "n_embed": 512}"#)
        #expect(shape.headDimension == 64)
    }

    @Test(
        "The cache's format is also read as compressed-tensors' older files and Quark's write it",
        arguments: [
            (#""compression_config": {"kv_cache_scheme": {"num_bits": 8, "type": "float"}}"#, true),
            (
                #""quantization_config": {"export": {"kv_cache_group": ["*k_proj"]}, "#
                    + #""layer_quant_config": {"*k_proj": {"output_tensors": {"#
                    + #""dtype": "fp8_e4m3"}}}}"#, true
            ),
            (#""quantization_config": {"export": {"kv_cache_group": []}}"#, false),
        ])
    func format(field: String, isNarrow: Bool) throws {
        let shape = try shape(llama(#""torch_dtype": "bfloat16", \#(field)"#))
        #expect(shape.format == (isNarrow ? .fp8 : .bf16))
    }

    @Test("A format of Quark's that is not known is not taken, and said")
    func unknownFormat() throws {
        let shape = try shape(
            llama(
                #""torch_dtype": "bfloat16", "quantization_config": {"export": {"#
                    + #""kv_cache_group": ["*k_proj"]}}"#))
        #expect(shape.format == .bf16)
        #expect(shape.remarks.contains { $0.contains("in a format that is not known") })
    }

    @Test(
        "Nested models without fields are their classes",
        arguments: [
            ("qwen2", 32, 32, 128), ("qwen2_moe", 24, 16, 128), ("qwen2_5_vl_text", 80, 8, 128),
            ("qwen3", 32, 32, 128), ("smollm3", 36, 4, 128), ("gemma", 28, 16, 256),
            ("mistral", 32, 8, 128),
        ])
    func classes(type: String, layers: Int, heads: Int, width: Int) throws {
        let shape = try shape(
            #"{"model_type": "own", "text_config": {"model_type": "\#(type)"}}"#)
        #expect(shape.stack.layers == layers)
        #expect(shape.stack.entries == [.heads(heads, width)])
    }

    @Test("A window of Qwen's mixture is refused where it is switched on")
    func mixture() {
        #expect(
            problem(
                #"{"model_type": "qwen2_moe", \#(ConfigRulesTests.base), "num_key_value_heads": 2, "#
                    + #""use_sliding_window": true, "sliding_window": 128}"#)
                == "use_sliding_window is true, but no field that is understood says which layers "
                + "of qwen2_moe keep the window")
    }

    @Test(
        "Gemma 4's class takes fewer heads in full layers only where it says that keys are values")
    func keysAsValues() throws {
        for (flag, heads) in [(#""attention_k_eq_v": true, "#, 1), ("", 2)] {
            let shape = try shape(
                #"{"text_config": {"model_type": "gemma4_unified_text", "num_hidden_layers": 6, "#
                    + #""num_attention_heads": 8, "num_key_value_heads": 2, \#(flag)"#
                    + #""num_global_key_value_heads": 1}}"#)
            #expect(
                shape.stack.runs.map(\.cache) == [
                    .window(.heads(2, 256), tokens: 1024), .full(.heads(heads, 512)),
                ])
            #expect(shape.remarks.contains { $0.contains("counts for nothing") } == (heads == 2))
        }
    }

    @Test("A GGUF file in a config's place is told so")
    func gguf() {
        #expect(problem("GGUF....").hasPrefix("is a GGUF file, and a config.json was expected"))
    }
}
