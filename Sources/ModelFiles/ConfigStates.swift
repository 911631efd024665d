import AttentionEngine
import ModelCatalog

/// How large a family's fixed states are: a row of `all`.
struct StateRule {
    /// Its names in config.json.
    let types: [String]
    /// Whether each layer has attention and a state, and not one or the other.
    let isInAll: Bool
    /// Where that was read.
    let source: String
    /// The state of so many layers.
    let state: @Sendable (StateFields, _ layers: Int) throws(FileProblem) -> FixedStates

    init(
        _ types: [String], isInAll: Bool = false, source: String,
        state: @escaping @Sendable (StateFields, Int) throws(FileProblem) -> FixedStates
    ) {
        self.types = types
        self.isInAll = isInAll
        self.source = source
        self.state = state
    }

    /// Whether that type's layers all have a state.
    static func isInAll(_ type: String) -> Bool {
        all.contains { $0.isInAll && $0.types.contains(type) }
    }

    private static let vllm = "vllm model_executor/models/*.py get_mamba_state_shape_from_config"

    /// The families whose states are known.
    static let all = [
        StateRule(
            ["qwen3_next", "qwen3_5", "qwen3_5_text", "qwen3_5_moe", "qwen3_5_moe_text"],
            source: "transformers configuration_qwen3_next.py @008e5742"
        ) { fields, layers throws(FileProblem) in
            let width = try fields.number("linear_value_head_dim", 128)
            return FixedStates(
                .gatedDeltaNet, layers: layers,
                inner: try fields.number("linear_num_value_heads", 32) * width, headWidth: width,
                groups: try fields.number("linear_num_key_heads", 16),
                state: try fields.number("linear_key_head_dim", 128),
                kernel: try fields.number("linear_conv_kernel_dim", 4),
                declaredWidth: try fields.width("mamba_ssm_dtype"))
        },
        StateRule(
            ["kimi_linear", "kimi_k3"], source: "\(vllm): kimi_linear"
        ) { fields, layers throws(FileProblem) in
            let own = try fields.nested("linear_attn_config")
            let heads = try own.number("num_heads")
            let width = try own.number("head_dim")
            return FixedStates(
                .kimiDelta, layers: layers, inner: heads * width, headWidth: width,
                groups: heads, state: width, kernel: try own.number("short_conv_kernel_size", 4))
        },
        StateRule(
            ["nemotron_h"], source: "\(vllm): nemotron_h"
        ) { fields, layers throws(FileProblem) in
            let heads = try fields.number("mamba_num_heads")
            let width = try fields.number("mamba_head_dim")
            return FixedStates(
                .mamba2, layers: layers, inner: heads * width, headWidth: width,
                groups: try fields.number("n_groups"), state: try fields.number("ssm_state_size"),
                kernel: try fields.number("conv_kernel"),
                declaredWidth: try fields.width("mamba_ssm_cache_dtype"))
        },
        StateRule(
            ["bamba", "granitemoehybrid"], source: "\(vllm): bamba, granitemoehybrid"
        ) { fields, layers throws(FileProblem) in
            let inner = try fields.number("mamba_expand") * fields.hidden()
            return FixedStates(
                .mamba2, layers: layers, inner: inner,
                headWidth: inner / (try fields.number("mamba_n_heads", inner)),
                groups: try fields.number("mamba_n_groups"),
                state: try fields.number("mamba_d_state"),
                kernel: try fields.number("mamba_d_conv"))
        },
        StateRule(
            ["falcon_h1"], isInAll: true, source: "\(vllm): falcon_h1"
        ) { fields, layers throws(FileProblem) in
            let inner = try fields.number("mamba_d_ssm")
            return FixedStates(
                .mamba2, layers: layers, inner: inner,
                headWidth: inner / (try fields.number("mamba_n_heads", inner)),
                groups: try fields.number("mamba_n_groups"),
                state: try fields.number("mamba_d_state"),
                kernel: try fields.number("mamba_d_conv"))
        },
        StateRule(
            ["plamo2"], source: "\(vllm): plamo2"
        ) { fields, layers throws(FileProblem) in
            let heads = try fields.number("mamba_num_heads")
            let width = try fields.number("hidden_size_per_head")
            return FixedStates(
                .mamba2, layers: layers, inner: heads * width, headWidth: width,
                state: try fields.number("mamba_d_state"),
                kernel: try fields.number("mamba_d_conv"))
        },
        StateRule(
            ["jamba"], source: "\(vllm): jamba"
        ) { fields, layers throws(FileProblem) in
            FixedStates(
                .mamba, layers: layers,
                inner: try fields.number("mamba_expand", 2) * fields.hidden(),
                state: try fields.number("mamba_d_state", 16),
                kernel: try fields.number("mamba_d_conv", 4))
        },
        StateRule(
            [
                "bailing_moe_linear", "minimax", "minimax_m1", "minimax_text_01", "MiniMaxText01",
                "MiniMaxM1",
            ], source: "\(vllm): minimax_text_01, bailing_moe_linear"
        ) { fields, layers throws(FileProblem) in
            let heads = try fields.number("num_attention_heads")
            let width = try fields.headWidth(heads)
            return FixedStates(
                .lightning, layers: layers, inner: heads * width, headWidth: width, state: width)
        },
        StateRule(
            ["lfm2", "lfm2_moe"], source: "\(vllm): lfm2"
        ) { fields, layers throws(FileProblem) in
            FixedStates(
                .shortConvolution, layers: layers, inner: try fields.hidden(),
                kernel: try fields.number("conv_L_cache"))
        },
    ]
}

/// The fields that states are computed of, bounded so that no product of them overflows.
struct StateFields {
    let fields: ConfigFields

    /// A number, or what its family's class takes for it. Throws where there is neither.
    func number(_ key: String, _ usual: Int? = nil) throws(FileProblem) -> Int {
        if let own = try fields.whole(key, in: 1...ConfigFields.Limit.state) { return own }
        guard let usual else { throw FileProblem("there is no \(fields.name(key))") }
        return usual
    }

    /// The model's width.
    func hidden() throws(FileProblem) -> Int { try number("hidden_size") }

    /// A head's width: its field, or the model's width over the heads.
    func headWidth(_ heads: Int) throws(FileProblem) -> Int {
        if let own = try fields.whole("head_dim", in: 1...ConfigFields.Limit.state) { return own }
        return max(1, try hidden() / heads)
    }

    /// The fields of an object that must be there.
    func nested(_ key: String) throws(FileProblem) -> StateFields {
        guard let own = try fields.nested(key) else {
            throw FileProblem("there is no \(fields.name(key))")
        }
        return StateFields(fields: own)
    }

    /// The width of a format by its name; nil where it is not there or of no such width.
    func width(_ key: String) throws(FileProblem) -> NumberWidth? {
        try fields.text(key).flatMap(CacheFormat.init(name:))?.numberWidth
    }
}

extension ConfigReader {
    /// The states of layers that do not keep tokens. Where they are not known, that is said.
    mutating func states(_ stack: LayerStack) -> FixedStates? {
        let linear = stack.count(.linear)
        let rule = StateRule.all.first { $0.types.contains(modelType) }
        let layers = rule?.isInAll == true ? stack.layers : linear
        guard layers > 0 else { return nil }
        guard let rule else {
            findings.remark(
                on: nil, layers: layers, problem: "how large they are is not known")
            return nil
        }
        do throws(FileProblem) {
            let states = try rule.state(StateFields(fields: fields), layers)
            findings.remark(on: states, layers: layers, problem: "")
            return states
        } catch {
            findings.remark(on: nil, layers: layers, problem: error.description)
            return nil
        }
    }
}
