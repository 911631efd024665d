import AttentionEngine
import ModelCatalog
import ModelFiles
import Testing

@Suite("The layers of a config.json")
struct ConfigLayersTests {
    private static let base =
        #""num_hidden_layers": 6, "num_attention_heads": 8, "hidden_size": 512, "#
        + #""num_key_value_heads": 2, "torch_dtype": "float16""#

    /// A letter for each layer.
    private static func letters(_ shape: ModelShape) -> String {
        let letters: [LayerCache.Kind: String] = [
            .full: "F", .window: "w", .chunked: "c", .linear: "l", .shared: "s", .none: "n",
        ]
        return shape.stack.runs.map {
            String(repeating: letters[$0.cache.kind] ?? "?", count: $0.layers)
        }.joined()
    }

    @Test(
        "are what its fields or its family say, and the rule is named",
        arguments: [
            (#""sliding_window": null"#, "FFFFFF", nil),
            (
                #""sliding_window": 128, "model_type": "mistral""#, "wwwwww",
                "sliding_window in all layers"
            ),
            (#""sliding_window": 128, "use_sliding_window": false"#, "FFFFFF", nil),
            (#""sliding_window": 128, "model_type": "qwen2""#, "FFFFFF", nil),
            (
                #""sliding_window": 128, "model_type": "qwen2", "use_sliding_window": true, "#
                    + #""max_window_layers": 4"#, "FFFFww", "max_window_layers 4"
            ),
            (
                #""sliding_window": 128, "model_type": "gemma2""#, "wFwFwF",
                "gemma2: one in every 2 layers keeps all tokens"
            ),
            (
                #""sliding_window": 128, "model_type": "gemma3_text""#, "wwwwwF",
                "gemma3_text: one in every 6 layers keeps all tokens"
            ),
            (
                #""sliding_window": 128, "sliding_window_pattern": 3"#, "wwFwwF",
                "sliding_window_pattern 3"
            ),
            (
                #""sliding_window": 128, "sliding_window_pattern": "LLLG""#, "wwwFww",
                "sliding_window_pattern LLLG"
            ),
            (#""full_attention_interval": 3"#, "llFllF", "full_attention_interval 3"),
            (
                #""model_type": "llama4", "attention_chunk_size": 64, "no_rope_layer_interval": 3"#,
                "ccFccF",
                "no_rope_layer_interval 3"
            ),
            (
                #""model_type": "llama4", "attention_chunk_size": 64, "#
                    + #""no_rope_layers": [1, 0, 1, 1, 0, 1]"#, "cFccFc",
                "no_rope_layers"
            ),
            (
                #""attn_layer_period": 3, "attn_layer_offset": 1"#, "lFllFl",
                "attn_layer_period 3, attn_layer_offset 1"
            ),
            (#""attn_type_list": [0, 0, 1, 0, 0, 1]"#, "llFllF", "attn_type_list"),
            (#""full_attn_idxs": [1, 5]"#, "lFlllF", "full_attn_idxs"),
            (#""attn_layer_indices": [1, 5]"#, "lFlllF", "attn_layer_indices"),
            (
                #""model_type": "qwen3_next""#, "lllFll",
                "qwen3_next: one in every 4 layers attends"
            ),
            (
                #""model_type": "qwen3_next", "full_attention_interval": 2"#, "lFlFlF",
                "full_attention_interval 2"
            ),
            (#""hybrid_override_pattern": "M-M*-E""#, "lnlFnn", "hybrid_override_pattern"),
            (
                #""layers_block_type": ["mamba", "mamba", "attention", "mamba", "mamba", "#
                    + #""attention"]"#, "llFllF", "layers_block_type"
            ),
            (
                #""attention_layers": ["global", "local", "global", "local", "global", "local"], "#
                    + #""window_size": 256"#, "FwFwFw", "attention_layers"
            ),
            (
                #""sliding_window": 128, "attention_chunk_size": 64, "layer_types": "#
                    + #"["full_attention", "sliding_attention", "chunked_attention", "#
                    + #""linear_attention", "conv", "full_attention"]"#, "FwcllF", "layer_types"
            ),
            (#""num_kv_shared_layers": 2"#, "FFFFss", nil),
        ] as [(String, String, String?)])
    func kinds(text: String, letters: String, rule: String?) throws {
        let shape = try shape("{\(Self.base), \(text)}")
        #expect(Self.letters(shape) == letters)
        let kinds = shape.found(.layerKinds)
        #expect(
            rule.map { kinds?.hasSuffix(": \($0)") == true } ?? (kinds == nil), "\(kinds ?? "")")
    }

    @Test("keep windows of the size that the file says, and the rest everything")
    func windows() throws {
        let shape = try shape(
            #"{\#(Self.base), "sliding_window": 128, "sliding_window_pattern": 2}"#)
        let entry = TokenEntry.heads(2, 64)
        #expect(
            shape.stack.groups == [
                LayerRun(layers: 3, cache: .window(entry, tokens: 128)),
                LayerRun(layers: 3, cache: .full(entry)),
            ])
        #expect(shape.found(.window) == "128: sliding_window")
        #expect(shape.kind == "GQA+window")
    }

    @Test("of a searched architecture are read block by block")
    func blocks() throws {
        let blocks = [
            #"{"attention": {"n_heads_in_group": 8}}"#, #"{"attention": {"no_op": true}}"#,
            #"{"attention": {"replace_with_linear": true}}"#,
            #"{"attention": {"n_heads_in_group": 4, "no_op": false}}"#,
        ]
        let shape = try shape(
            """
            {"model_type": "deci", "num_hidden_layers": 4, "num_attention_heads": 8,
             "hidden_size": 512, "num_key_value_heads": null, "torch_dtype": "bfloat16",
             "block_configs": [\(blocks.joined(separator: ","))]}
            """)
        #expect(
            shape.stack.runs == [
                LayerRun(layers: 1, cache: .full(.heads(1, 64))), LayerRun(layers: 2, cache: .none),
                LayerRun(layers: 1, cache: .full(.heads(2, 64))),
            ])
        #expect(
            shape.found(.keyValueHeads)
                == "1 x 1, 2 x 0, 1 x 2: query heads / block_configs n_heads_in_group")
        #expect(
            shape.remarks == [
                "No field for the head width: hidden_size / num_attention_heads = 64."
            ])
    }

    @Test("may each have their own K/V heads")
    func headsPerLayer() throws {
        let shape = try shape(
            """
            {"num_hidden_layers": 3, "num_attention_heads": 8, "head_dim": 64,
             "num_key_value_heads_per_layer": [4, 4, 2]}
            """)
        #expect(shape.stack.numbersPerToken == 2 * 64 * 10)
        #expect(shape.noSetting == .layersOfTwoShapes)
    }

    @Test("that two fields place differently are said to be so")
    func contradiction() throws {
        let shape = try shape(
            #"{\#(Self.base), "full_attention_interval": 3, "full_attn_idxs": [1]}"#)
        #expect(Self.letters(shape) == "lFllll")
        #expect(
            shape.remarks.contains(
                "full_attention_interval 3 says other kinds of layers; full_attn_idxs is used."))
    }

    @Test(
        "that are not understood are refused with their place",
        arguments: [
            (
                #""layer_types": ["full_attention"]"#,
                "layer_types has 1 items; expected one for each of the 6 layers"
            ),
            (
                #""layer_types": ["full_attention", "sparse", "conv", "conv", "conv", "conv"]"#,
                #"layer_types[1] is the text "sparse"; expected attention, chunked_attention, "#
                    + "conv, deepseek_sparse_attention, full_attention, global, hybrid, "
                    + "hybrid_sliding, indexed_attention, linear_attention, local, mamba, mamba2, "
                    + "minimax_m3_sparse, mlp, moe, recurrent and sliding_attention"
            ),
            (
                #""layer_types": ["conv", "conv", "conv", "conv", "conv", "sliding_attention"]"#,
                "has no field for the window that some layers keep; looked for sliding_window "
                    + "and sliding_window_size"
            ),
            (
                #""model_type": "mistral", "sliding_window": -2"#,
                "sliding_window is -2; expected a whole number from 1 to 1,099,511,627,776"
            ),
            (
                #""sliding_window": 128"#,
                "sliding_window is 128, but no field says which layers keep that window, and there "
                    + "is no model_type"
            ),
            (
                #""sliding_window": 9, "model_type": "qwen3", "use_sliding_window": true"#,
                "has no field for which layers keep the window; looked for max_window_layers"
            ),
            (
                #""attention_chunk_size": 8192"#,
                "attention_chunk_size changes what layers keep, and with no model_type it is not "
                    + "understood"
            ),
            (
                #""hybrid_override_pattern": "M*""#,
                #"hybrid_override_pattern is the text "M*"; expected 6 letters of *, -, E "#
                    + "and M"
            ),
            (
                #""num_kv_shared_layers": 6"#,
                "num_kv_shared_layers is 6; expected a whole number from 0 to 5"
            ),
            (
                #""full_attention_interval": 0"#,
                "full_attention_interval is 0; expected a whole number from 1 to 6"
            ),
            (
                #""block_configs": [1, 2, 3, 4, 5, 6]"#,
                "block_configs[0].attention is missing; expected an object"
            ),
            (
                #""full_attn_idxs": [6]"#,
                "full_attn_idxs[0] is 6; expected a whole number from 0 to 5"
            ),
        ])
    func refused(text: String, expected: String) {
        #expect(problem("{\(Self.base), \(text)}") == expected)
    }
}
