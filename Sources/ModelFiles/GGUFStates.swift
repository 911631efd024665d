import AttentionEngine
import ModelCatalog

/// What stands beside keys and values: llama.cpp's rules (llama-hparams.cpp, n_embd_r and n_embd_s;
/// llama-kv-cache-dsa.cpp).
extension GGUFReader {
    /// The states of layers that do not keep tokens. Where they are not known, that is said.
    mutating func states(_ stack: LayerStack, queryHeads: Int, hidden: Int?) -> FixedStates? {
        let isInAll = StateRule.isInAll(architecture.replacing("-", with: "_"))
        let layers = isInAll ? stack.layers : stack.count(.linear)
        guard layers > 0 else { return nil }
        do throws(FileProblem) {
            let states = try states(layers: layers, queryHeads: queryHeads, hidden: hidden)
            findings.remark(
                on: states, layers: layers, more: "; llama.cpp keeps 4 bytes a number",
                problem: "no key says how large they are")
            return states
        } catch {
            findings.remark(on: nil, layers: layers, problem: error.description)
            return nil
        }
    }

    private func states(
        layers: Int, queryHeads: Int, hidden: Int?
    ) throws(FileProblem) -> FixedStates? {
        let range = 1...ConfigFields.Limit.state
        if let kernel = try fields.whole("shortconv.l_cache", in: range), let hidden {
            return FixedStates(.shortConvolution, layers: layers, inner: hidden, kernel: kernel)
        }
        guard let kernel = try fields.whole("ssm.conv_kernel", in: range) else { return nil }
        if let width = try fields.whole("kda.head_dim", in: range) {
            return FixedStates(
                .kimiDelta, layers: layers, inner: queryHeads * width, headWidth: width,
                groups: queryHeads, state: width, kernel: kernel)
        }
        guard let inner = try fields.whole("ssm.inner_size", in: 1...1 << 20),
            let state = try fields.whole("ssm.state_size", in: range)
        else { return nil }
        let groups = try fields.whole("ssm.group_count", in: 0...ConfigFields.Limit.state) ?? 0
        let isDelta = ["qwen3next", "qwen35", "qwen35moe"].contains(architecture)
        // Of Mamba's, that key is the rank of its steps.
        let heads =
            isDelta || groups > 0 ? try fields.whole("ssm.time_step_rank", in: range) : nil
        return FixedStates(
            isDelta ? .gatedDeltaNet : groups > 0 ? .mamba2 : .mamba, layers: layers, inner: inner,
            headWidth: inner / (heads ?? inner), groups: groups, state: state, kernel: kernel)
    }

    /// The index keys of sparse attention, in the cache's format.
    mutating func indexKeys(layers: Int) throws(FileProblem) -> IndexKeys? {
        let key = "attention.indexer.key_length"
        guard let width = try fields.whole(key, in: 1...ConfigFields.Limit.width) else {
            return nil
        }
        findings.remark(
            "Its sparse attention keeps index keys beside, in all layers: \(grouped(width)) numbers "
                + "each in the cache's format, as llama.cpp writes them.")
        return IndexKeys(layers: layers, width: width)
    }
}
