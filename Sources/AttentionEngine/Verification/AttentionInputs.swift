/// Queries, keys and values as a rule wants them.
struct HeadInputs {
    /// [b, n, s_q, h].
    let queries: HeadTensor
    /// [b, g, s_k, h].
    let keys: HeadTensor
    /// [b, g, s_k, h_v].
    let values: HeadTensor
    /// What values would be as large as if nothing in them cancelled.
    let valueSizes: HeadTensor
}

/// What a file holds of what goes into an attention.
enum AttentionSource {
    /// Queries, keys and values as they are.
    case heads(HeadTensor, HeadTensor, HeadTensor)
    /// The parts of multi-head latent attention.
    case latent(LatentSource)
}

/// Makes a rule's queries, keys and values, and remembers those made last.
final class InputMaker {
    private let source: AttentionSource
    private let sizes: AttentionSizes
    private let options: VerificationOptions
    private var made: [(rule: InputRule, inputs: HeadInputs)] = []
    private var parts: [(rule: LatentRule, parts: LatentSource.Parts)] = []
    /// Multiplications so far.
    private(set) var workDone = 0.0

    init(_ source: AttentionSource, _ sizes: AttentionSizes, _ options: VerificationOptions) {
        (self.source, self.sizes, self.options) = (source, sizes, options)
    }

    /// Nil where the file lacks what the rule needs.
    func inputs(_ rule: InputRule) -> HeadInputs? {
        if let known = made.first(where: { $0.rule == rule }) { return known.inputs }
        let inputs: HeadInputs
        switch source {
        case .heads(let q, let k, let v): inputs = headInputs(q, k, v, rule)
        case .latent(let latent):
            guard let parts = latentParts(latent, rule.latent) else { return nil }
            workDone += 16 * Double(parts.keys.numbers.count)
            inputs = latent.inputs(parts, rule.latent)
        }
        made.insert((rule, mixed(inputs, rule)), at: 0)
        // Few where they are large.
        let size = inputs.queries.numbers.count + 2 * inputs.keys.numbers.count
        if made.count > max(4, (1 << 21) / size) { made.removeLast() }
        return made[0].inputs
    }

    private func latentParts(_ latent: LatentSource, _ rule: LatentRule) -> LatentSource.Parts? {
        let rule = rule.ofLatent
        if let known = parts.first(where: { $0.rule == rule }) { return known.parts }
        guard let new = latent.parts(rule) else { return nil }
        workDone += latent.workOfParts
        parts.insert((rule, new), at: 0)
        if parts.count > 3 { parts.remove(at: 1) }
        return new
    }

    private func headInputs(
        _ q: HeadTensor, _ k: HeadTensor, _ v: HeadTensor, _ rule: InputRule
    ) -> HeadInputs {
        workDone += 16 * Double(q.numbers.count + k.numbers.count + v.numbers.count)
        var (queries, keys, values) = (q, rule.isSwapped ? v : k, rule.isSwapped ? k : v)
        if rule.averagesWhatIsCompared { values = keys }
        if rule.repeatsTokens {
            keys = keys.repeatedAlongTokens(self.sizes.groupSize)
            values = values.repeatedAlongTokens(self.sizes.groupSize)
        }
        if rule.splitsQueries { queries = queries.splitWithoutTranspose }
        if rule.splitsKeys { keys = keys.splitWithoutTranspose }
        if rule.splitsValues { values = values.splitWithoutTranspose }
        let first = keys.tokens - queries.tokens
        func turn(_ tensor: inout HeadTensor, _ turn: InputRule.Turn?, first: Int) {
            guard let turn else { return }
            tensor.turn(
                Rotary(base: options.ropeBase, layout: turn.layout), times: turn.times,
                first: first, count: tensor.width / 2 * 2)
        }
        turn(&queries, rule.queryTurn, first: first)
        turn(&keys, rule.keyTurn, first: 0)
        turn(&values, rule.valueTurn, first: 0)
        var sizes = values
        for index in sizes.numbers.indices { sizes.numbers[index] = abs(sizes.numbers[index]) }
        return HeadInputs(queries: queries, keys: keys, values: values, valueSizes: sizes)
    }

    /// Keys and values of other heads or sequences.
    private func mixed(_ inputs: HeadInputs, _ rule: InputRule) -> HeadInputs {
        var (keys, values, sizes) = (inputs.keys, inputs.values, inputs.valueSizes)
        if rule.averagesKeys { keys = keys.headsAveraged }
        if rule.averagesValues { (values, sizes) = (values.headsAveraged, sizes.headsAveraged) }
        if rule.averagesBatch {
            (keys, values, sizes) = (keys.batchAveraged, values.batchAveraged, sizes.batchAveraged)
        }
        return HeadInputs(
            queries: inputs.queries.ofSequences(rule.queriesOf),
            keys: keys.ofSequences(rule.keysOf), values: values.ofSequences(rule.valuesOf),
            valueSizes: sizes.ofSequences(rule.valuesOf))
    }
}
