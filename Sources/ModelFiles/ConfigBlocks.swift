import AttentionEngine
import ModelCatalog

extension ConfigReader {
    /// Nemotron's searched models say of each block what became of its attention.
    mutating func blockConfigs(
        layers: Int, heads: ConfigHeads
    ) throws(FileProblem) -> [LayerCache]? {
        guard let blocks = try fields.layerList("block_configs", layers: layers) else {
            return nil
        }
        var caches: [LayerCache] = []
        for (index, block) in blocks.enumerated() {
            let path = fields.name("block_configs[\(index)].")
            guard
                let attention = try ConfigFields(object: block, path: path).nested("attention")
            else { throw FileProblem("\(path)attention is missing; expected an object") }
            let isGone = try attention.flag("no_op") ?? false
            let isReplaced = try attention.flag("replace_with_linear") ?? false
            if isGone || isReplaced {
                caches.append(.none)
                continue
            }
            for key in ["window_length", "sparsify"] {
                if let value = attention.object[key], value != .null {
                    throw FileProblem(
                        "\(attention.name(key)) is \(value.summary), which is not understood")
                }
            }
            var entry = heads.entry
            if let group = try attention.whole("n_heads_in_group", in: 1...ConfigFields.Limit.heads)
            {
                guard heads.queryHeads.number % group == 0 else {
                    throw FileProblem(
                        "\(attention.name("n_heads_in_group")) is \(group), which does not divide "
                            + "the \(heads.queryHeads.number) query heads")
                }
                entry = entry.with(keyValueHeads: heads.queryHeads.number / group)
            }
            caches.append(.full(entry))
        }
        findings.note(
            .layerKinds, kindsText(caches.map(\.kind)), fields.name("block_configs"))
        // The blocks' own numbers stand in for the field that such files leave out.
        if let index = findings.values.firstIndex(where: { $0.field == .keyValueHeads }) {
            findings.values[index] = ResolvedValue(
                .keyValueHeads, .text(runText(caches.map { $0.entry?.keyValueHeads ?? 0 })),
                "query heads / block_configs n_heads_in_group")
            findings.remarks.removeAll { $0.hasPrefix("No field for K/V heads") }
        }
        return caches
    }
}
