import AttentionEngine
import ModelCatalog

/// What stands beside keys and values: llama.cpp's rules (llama-hparams.cpp, n_embd_r and n_embd_s;
/// llama-kv-cache-dsa.cpp).
extension GGUFReader {
    /// The largest of a state's numbers; no product of them overflows.
    private static var mostOfState: Int { 1 << 16 }

    /// The states of layers that do not keep tokens. Where they are not known, that is said.
    mutating func states(_ stack: LayerStack, queryHeads: Int, hidden: Int?) -> FixedStates? {
        // Falcon-H1's layers have attention and a state each.
        let isInAll = architecture == "falcon-h1"
        let layers = isInAll ? stack.layers : stack.count(.linear)
        guard layers > 0 else { return nil }
        do throws(FileProblem) {
            if let states = try states(layers: layers, queryHeads: queryHeads, hidden: hidden) {
                findings.remark(
                    "\(grouped(layers)) layers keep a state of \(states.rule.name) for each "
                        + "sequence: \(states.formula); llama.cpp keeps 4 bytes a number.")
                return states
            }
            findings.remark(
                "The fixed states of its \(grouped(layers)) layers without tokens are not counted: "
                    + "no key says how large they are.")
        } catch {
            findings.remark(
                "The fixed states of its \(grouped(layers)) layers without tokens are not counted: "
                    + "\(error.description).")
        }
        return nil
    }

    private func states(
        layers: Int, queryHeads: Int, hidden: Int?
    ) throws(FileProblem) -> FixedStates? {
        let range = 1...Self.mostOfState
        if let kernel = try fields.whole("shortconv.l_cache", in: range), let hidden {
            return FixedStates(.shortConvolution, layers: layers, inner: hidden, kernel: kernel)
        }
        guard let kernel = try fields.whole("ssm.conv_kernel", in: range) else { return nil }
        if let width = try fields.whole("kda.head_dim", in: range) {
            return FixedStates(
                .kimiDelta, layers: layers, inner: queryHeads * width, groups: queryHeads,
                state: width, kernel: kernel)
        }
        guard let inner = try fields.whole("ssm.inner_size", in: 1...1 << 20),
            let state = try fields.whole("ssm.state_size", in: range)
        else { return nil }
        let groups = try fields.whole("ssm.group_count", in: 0...Self.mostOfState) ?? 0
        let isDelta = ["qwen3next", "qwen35", "qwen35moe"].contains(architecture)
        return FixedStates(
            isDelta ? .gatedDeltaNet : groups > 0 ? .mamba2 : .mamba, layers: layers, inner: inner,
            groups: groups, state: state, kernel: kernel)
    }

    /// The index keys of sparse attention, in the cache's format, which is of 2 bytes by default.
    mutating func indexKeys(layers: Int) throws(FileProblem) -> IndexKeys? {
        let key = "attention.indexer.key_length"
        guard let width = try fields.whole(key, in: 1...ConfigFields.Limit.width) else {
            return nil
        }
        findings.remark(
            "Its sparse attention keeps index keys beside, in all layers: \(grouped(width)) numbers "
                + "of 2 bytes each, as llama.cpp writes them.")
        return IndexKeys(layers: layers, width: width, bytesPerToken: 2 * width)
    }
}
