import AttentionEngine
import ModelCatalog

/// The cache of a model that no single setting describes, by its runs of like layers.
struct RunsAnswer: MemoryAnswer {
    let model: Model
    let tokens: Int
    let batch: Int
    let numberWidth: NumberWidth
    let size: ByteCount
    let bytesPerToken: ByteCount

    /// Throws where the model's cache cannot be that large or that small.
    init(
        model: Model, tokens: Int, batch: Int, numberWidth: NumberWidth
    ) throws(SettingError) {
        self.model = model
        self.tokens = tokens
        self.batch = batch
        self.numberWidth = numberWidth
        size = try model.cacheSize(tokens: tokens, batch: batch, numberWidth: numberWidth)
        bytesPerToken = try model.cacheSize(tokens: 1, numberWidth: numberWidth)
    }

    var lines: [String] {
        var table = TextTable(columns: [
            .init(title: "layers", alignment: .right), .init(title: "keep", alignment: .left),
            .init(title: "g x n/g", alignment: .right), .init(title: "width", alignment: .right),
            .init(title: "numbers kept per token", alignment: .right),
        ])
        for run in model.layerRuns {
            let (heads, width) = widths(of: run)
            table.rows.append([
                String(run.layers), run.window.map { "\(grouped($0)) tokens" } ?? "every token",
                heads, width, grouped(run.layers * run.layout.numbersPerToken),
            ])
        }
        let reason = model.noSetting.map { "No comparison with MHA and MQA: \($0)." }
        return [
            model.name,
            "\(grouped(tokens)) tokens, batch \(grouped(batch)), "
                + "bytes per number \(numberWidth.bytesText)",
            "",
        ] + table.lines + [
            "", "\(model.attention.shortName) per token  \(bytesPerToken.both)",
            "\(model.attention.shortName) total      \(size.both) = \(size.exact)", "",
        ] + (reason.map { wrapped($0) } ?? []) + remarks(of: model, tokens: tokens)
    }

    private func widths(of run: LayerRun) -> (heads: String, width: String) {
        switch run.layout {
        case .perHead(let keyValueHeads, let headDimension):
            ("\(keyValueHeads) x \(model.queryHeads / keyValueHeads)", String(headDimension))
        case .latent(let latentRank, let rotaryDimension):
            ("\(latentRank)+\(rotaryDimension)", "?")
        }
    }

    var json: JSON {
        let oneShape = model.fullLayerHeads == nil
        var inputs: [(key: String, value: JSON)] = [
            ("layers", .int(model.growingLayers)), ("batch", .int(batch)),
            ("query_heads", .int(model.queryHeads)),
            ("kv_heads", oneShape ? .int(model.keyValueHeads) : .null),
            ("head_dim", oneShape ? model.headDimension.map(JSON.int) ?? .null : .null),
            ("tokens", .int(tokens)), ("bytes_per_number", .number(numberWidth.bytesText)),
        ]
        var own: [(key: String, value: JSON)] = []
        if let latent = model.latent {
            own = [("latent", .int(latent.latentRank)), ("rotary", .int(latent.rotaryDimension))]
            inputs += own
        } else {
            inputs.append(("layer_runs", .array(model.layerRuns.map(Self.object))))
        }
        own += [("bytes_per_token", .int(bytesPerToken.bytes)), ("bytes", .int(size.bytes))]
        return .object([
            ("inputs", .object(inputs)),
            ("variants", .object([(model.attention.rawValue, .object(own))])),
        ])
    }

    private static func object(_ run: LayerRun) -> JSON {
        var members: [(key: String, value: JSON)] = [("layers", .int(run.layers))]
        if case .perHead(let keyValueHeads, let headDimension) = run.layout {
            members += [("kv_heads", .int(keyValueHeads)), ("head_dim", .int(headDimension))]
        }
        if let window = run.window { members.append(("window", .int(window))) }
        return .object(members)
    }
}
