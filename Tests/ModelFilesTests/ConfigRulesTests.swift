import AttentionEngine
import ModelCatalog
import ModelFiles
import Testing

/// Reads a config of our own.
func shape(_ text: String) throws -> ModelShape {
    try ConfigFile.shape(of: JSONValue(parsing: Array(text.utf8)), name: "file")
}

/// What is wrong with a text that is no config; a note where nothing is.
func problem(_ text: String) -> String {
    do {
        _ = try shape(text)
        return "nothing is wrong"
    } catch { return "\(error)" }
}

extension ModelShape {
    /// A value with its rule, "8: num_key_value_heads".
    func found(_ field: ResolvedValue.Field) -> String? {
        resolved.first { $0.field == field }.map { value in
            switch value.value {
            case .number(let number): "\(number): \(value.rule)"
            case .text(let text): "\(text): \(value.rule)"
            }
        }
    }
}

@Suite("A config.json")
struct ConfigRulesTests {
    static let base = #""num_hidden_layers": 4, "num_attention_heads": 8, "hidden_size": 512"#

    @Test(
        "names its numbers in many ways, and each value says which",
        arguments: [
            (
                #""num_hidden_layers": 4, "num_attention_heads": 8, "hidden_size": 512"#,
                "4: num_hidden_layers", "8: num_attention_heads"
            ),
            (#""n_layer": 4, "n_head": 8, "n_embd": 512"#, "4: n_layer", "8: n_head"),
            (#""num_layers": 4, "n_heads": 8, "d_model": 512"#, "4: num_layers", "8: n_heads"),
            (#""n_layers": 4, "num_heads": 8, "d_model": 512"#, "4: n_layers", "8: num_heads"),
        ])
    func names(text: String, layers: String, heads: String) throws {
        let shape = try shape("{\(text)}")
        #expect(shape.found(.layers) == layers)
        #expect(shape.found(.queryHeads) == heads)
        #expect(shape.stack == LayerStack([LayerRun(layers: 4, cache: .full(.heads(8, 64)))]))
    }

    @Test(
        "gives the K/V heads by the first rule that applies",
        arguments: [
            (#""num_key_value_heads": 2"#, 2, "num_key_value_heads"),
            (#""num_kv_heads": 4, "num_key_value_heads": 2"#, 4, "num_kv_heads"),
            (#""n_head_kv": 1"#, 1, "n_head_kv"),
            (#""num_attention_groups": 2"#, 2, "num_attention_groups"),
            (#""attn_config": {"kv_n_heads": 4}"#, 4, "attn_config.kv_n_heads"),
            (#""multi_query": true, "num_kv_heads": 8"#, 1, "multi_query is true"),
            (
                #""multi_query": true, "new_decoder_architecture": true, "num_kv_heads": 4"#, 4,
                "num_kv_heads"
            ),
            (#""multi_query": false, "num_kv_heads": 4"#, 4, "num_kv_heads"),
            (
                #""multi_query_attention": true, "multi_query_group_num": 2, "#
                    + #""num_key_value_heads": 8"#, 2, "multi_query_group_num"
            ),
            (
                #""multi_query_attention": false, "multi_query_group_num": 2"#, 8,
                "num_attention_heads: no field for K/V heads"
            ),
            (#""num_key_value_heads": null"#, 8, "num_attention_heads: no field for K/V heads"),
        ])
    func keyValueHeads(text: String, heads: Int, rule: String) throws {
        let shape = try shape("{\(Self.base), \(text)}")
        #expect(shape.keyValueHeads == heads)
        #expect(shape.found(.keyValueHeads) == "\(heads): \(rule)")
    }

    @Test(
        "gives the head width by the first rule that applies",
        arguments: [
            (#""head_dim": 128"#, 128, "head_dim"),
            (#""head_dim": null, "kv_channels": 96"#, 96, "kv_channels"),
            (#""head_dim": 0"#, 64, "hidden_size / num_attention_heads = 512 / 8"),
            (#""hidden_size_per_head": 32"#, 32, "hidden_size_per_head"),
            (#""attention_head_dim": 80"#, 80, "attention_head_dim"),
            (#""kv_channels": 128"#, 128, "kv_channels"),
        ])
    func headWidth(text: String, width: Int, rule: String) throws {
        let shape = try shape("{\(Self.base), \(text)}")
        #expect(shape.headDimension == width)
        #expect(shape.found(.headDimension) == "\(width): \(rule)")
    }

    @Test("says every fallback and contradiction")
    func remarks() throws {
        let text = """
            {"model_type": "falcon", \(Self.base), "n_layer": 5, "head_dim": 0, "max_position_embeddings": 8192,
             "model_max_length": 131072, "multi_query": true, "num_kv_heads": 8}
            """
        #expect(
            try shape(text).remarks == [
                "n_layer says 5, num_hidden_layers 4: the latter is used.",
                "num_kv_heads says 8, but multi_query is true: 1.",
                "head_dim is 0, which is not a width: ignored.",
                "No field for the head width: hidden_size / num_attention_heads = 64.",
                "No torch_dtype or dtype: 2 bytes per number is the default of --kv-dtype.",
                "model_max_length says 131,072, max_position_embeddings 8,192: the smaller is used.",
            ])
        #expect(try shape(text).maximumTokens == 8192)
    }

    @Test("with a latent keeps that, whatever it says of heads")
    func latent() throws {
        let shape = try shape(
            """
            {"model_type": "minicpm3", \(Self.base), "num_key_value_heads": 8, "head_dim": 64,
             "kv_lora_rank": 512,
             "qk_rope_head_dim": 64, "v_head_dim": 128, "dtype": "bfloat16"}
            """)
        let widths = LatentWidths(latentRank: 512, rotaryDimension: 64)
        #expect(shape.stack == LayerStack([LayerRun(layers: 4, cache: .full(.latent(widths)))]))
        #expect(shape.attention == .mla && shape.headDimension == 128)
        #expect(
            shape.remarks == [
                "num_key_value_heads says 8, but a latent is kept and no head.",
                "head_dim says 64, which is not what is kept.",
            ])
    }

    @Test("keeps keys and values of two widths apart")
    func twoWidths() throws {
        let shape = try shape(
            #"{\#(Self.base), "num_key_value_heads": 2, "head_dim": 192, "v_head_dim": 128}"#)
        #expect(shape.stack.numbersPerToken == 4 * 2 * (192 + 128))
        #expect(shape.noSetting == .keysAndValuesDiffer)
    }

    @Test(
        "nests the text model, whose fields and number format count",
        arguments: ["text_config", "llm_config", "language_config"])
    func nested(key: String) throws {
        let shape = try shape(
            """
            {"model_type": "llava", "hidden_size": 1, "num_hidden_layers": 99,
             "torch_dtype": "float32",
             "\(key)": {\(Self.base), "torch_dtype": "float16"}}
            """)
        #expect(shape.found(.layers) == "4: \(key).num_hidden_layers")
        #expect(shape.format == .f16)
        let outer = try ConfigFile.shape(
            of: JSONValue(
                parsing: Array(
                    #"{"model_type": "llava", "torch_dtype": "float32", "\#(key)": {\#(Self.base)}}"#
                        .utf8)),
            name: "file")
        #expect(outer.format == .f32)
    }

    @Test(
        "that is not understood is refused with the field and what was looked for",
        arguments: [
            ("[]", "is a list; expected an object of fields"),
            (
                "{}",
                "has no field for the number of layers; looked for num_hidden_layers, n_layer, "
                    + "num_layers and n_layers"
            ),
            (
                #"{"num_hidden_layers": 4}"#,
                "has no field for the query heads; looked for num_attention_heads, n_head, n_heads "
                    + "and num_heads"
            ),
            (
                #"{"num_hidden_layers": "four"}"#,
                #"num_hidden_layers is the text "four"; expected a whole number from 1 to 10,000"#
            ),
            (
                #"{"num_hidden_layers": -4}"#,
                "num_hidden_layers is -4; expected a whole number from 1 to 10,000"
            ),
            (
                #"{"num_hidden_layers": 4.5}"#,
                "num_hidden_layers is 4.5; expected a whole number from 1 to 10,000"
            ),
            (
                #"{"num_hidden_layers": 1e30}"#,
                "num_hidden_layers is 1e+30; expected a whole number from 1 to 10,000"
            ),
            (
                #"{"num_hidden_layers": 9223372036854775807}"#,
                "num_hidden_layers is 9223372036854775807; expected a whole number from 1 to "
                    + "10,000"
            ),
            (
                #"{\#(base), "num_key_value_heads": 3}"#,
                "num_key_value_heads is 3, which does not divide the 8 query heads "
                    + "(num_attention_heads)"
            ),
            (
                #"{"num_hidden_layers": 4, "num_attention_heads": 8}"#,
                "has no field for the head width; looked for head_dim, hidden_size_per_head, "
                    + "attention_head_dim, kv_channels, hidden_size, n_embd, n_embed, d_model and dim"
            ),
            (
                #"{"num_hidden_layers": 4, "num_attention_heads": 7, "hidden_size": 512}"#,
                "has no field for the head width (head_dim, hidden_size_per_head, "
                    + "attention_head_dim and kv_channels), and hidden_size 512 does not divide by "
                    + "num_attention_heads 7"
            ),
            (
                #"{\#(base), "kv_lora_rank": 512}"#,
                "has no field for the rotary width, which kv_lora_rank needs; looked for "
                    + "qk_rope_head_dim"
            ),
            (
                #"{\#(base), "multi_query": "yes"}"#,
                #"multi_query is the text "yes"; expected true or false"#
            ),
            (
                #"{"model_type": "gpt_bigcode", \#(base)}"#,
                "has no field for the K/V heads; looked for multi_query, n_head_kv, num_kv_heads, "
                    + "num_key_value_heads, num_attention_groups, n_kv_heads, n_kv_head and num_query_groups"
            ),
            (
                #"{\#(base), "torch_dtype": "int3"}"#,
                #"torch_dtype is the text "int3"; expected float32, float16, bfloat16 "#
                    + "or a float8"
            ),
            (
                #"{\#(base), "is_encoder_decoder": true}"#,
                "is_encoder_decoder is true; only models with a decoder alone are supported"
            ),
            (
                #"{\#(base), "compress_ratios": [4]}"#,
                "compress_ratios changes what layers keep in a way that is not understood"
            ),
        ])
    func refused(text: String, expected: String) { #expect(problem(text) == expected) }
}
