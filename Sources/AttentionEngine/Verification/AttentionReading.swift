/// One way to understand a record: its form, its sizes, and which dimension is what.
struct AttentionReading {
    let form: AttentionForm
    /// How the tensors lie, "[n, t, h]".
    let layout: String
    /// How out lies, where that is another way.
    let layoutOfOutputs: String
    let sizes: AttentionSizes
    let source: AttentionSource
    /// What is checked: [b, n, s_q, h_v]; of a whole layer [b, 1, s, d].
    let outputs: HeadTensor
    let finish: RuleOutputs.Finish
    /// What goes into a whole layer, as out lies.
    var input: [Double]?
    /// What out's numbers were rounded to.
    var format: FloatFormat
    /// What they are written in, where that is more.
    var wider: FloatFormat?
    let causal: Bool
    /// Whether out's rows come from a decoding loop.
    var isDecoding = false
    /// Each sequence's keys that are no padding; empty where none are padding.
    var there: [Range<Int>] = []
    /// What cache tensors hold, by their part, where they are saved.
    var caches: [AttentionRecord.Part: HeadTensor] = [:]
    /// What is wrong with the size of others, "holds 1 token of 7", and what to do.
    var misfits: [AttentionRecord.Part: (what: String, advice: String)] = [:]
    /// What was noticed in reading it, in sentences.
    var remarks: [String] = []

    /// Which reading is made of a record's numbers when it is its turn.
    enum Plan {
        /// With the layouts of k and v, of out, and of q.
        case heads(AttentionSizes, HeadLayout, HeadLayout, HeadLayout)
        /// With the width of out's rows.
        case latentCore(AttentionSizes, HeadLayout, HeadLayout, Int, CoreWeights)
        case latentWhole(AttentionSizes)

        var sizes: AttentionSizes {
            switch self {
            case .heads(let sizes, _, _, _), .latentCore(let sizes, _, _, _, _),
                .latentWhole(let sizes):
                sizes
            }
        }
    }
}

extension AttentionRecord {
    /// The ways to read it, the likeliest first. Throws where there is none.
    func plans(
        _ options: VerificationOptions
    ) throws(VerificationProblem) -> [AttentionReading.Plan] {
        guard options.isLatent || isLatent else {
            let unused =
                options.nope != nil ? "--nope" : options.ropeLayout.map { _ in "--rope-layout" }
            if let unused {
                throw VerificationProblem("holds no MLA: leave \(unused) out, which is for MLA")
            }
            return try fittingPadding(try headPlans(options))
        }
        if options.causal {
            throw VerificationProblem("holds MLA, which is always causal: leave --causal out")
        }
        return try fittingPadding(
            has(.latentProjection) || has(.input)
                ? [.latentWhole(try wholeSizes(options))] : try corePlans(options))
    }

    /// Those in which attention_mask has as many tokens as there are.
    private func fittingPadding(
        _ plans: [AttentionReading.Plan]
    ) throws(VerificationProblem) -> [AttentionReading.Plan] {
        guard has(.padding), let first = plans.first?.sizes else { return plans }
        let mask = shape(.padding)
        let fitting = plans.filter {
            mask == [$0.sizes.batch, $0.sizes.tokens]
                || $0.sizes.batch == 1 && mask == [$0.sizes.tokens]
        }
        guard !fitting.isEmpty else {
            throw VerificationProblem(
                "has an attention_mask of \(Self.text(mask)); [b, s_k] is read, here "
                    + "[\(first.batch), \(first.tokens)], with 1 for a token and 0 for padding")
        }
        return fitting
    }

    /// One of them, with its numbers.
    func reading(
        _ plan: AttentionReading.Plan, _ options: VerificationOptions
    ) throws(VerificationProblem) -> AttentionReading {
        var reading =
            switch plan {
            case .heads(let sizes, let input, let output, let queries):
                try headReading(sizes, input, output, queries, options)
            case .latentCore(let sizes, let input, let output, let width, let weights):
                try coreReading(sizes, input, output, width, weights, options)
            case .latentWhole(let sizes): try wholeReading(sizes, options)
            }
        reading.isDecoding = options.isDecoding
        reading.there = try there(reading.sizes)
        if let unread = unreadCaches(reading) { reading.remarks.append(unread) }
        reading.narrow()
        return reading
    }

    /// What was saved of a cache that this kind of attention has none of.
    private func unreadCaches(_ reading: AttentionReading) -> String? {
        let unread = Part.caches.filter {
            has($0) && reading.caches[$0] == nil && reading.misfits[$0] == nil
        }.map(name)
        guard !unread.isEmpty else { return nil }
        return unread.joined(separator: " and ") + (unread.count == 1 ? " is" : " are")
            + " not checked: "
            + (reading.sizes.latent == nil
                ? "the file holds no MLA."
                : "MLA caches latents and rotary keys, cache.latent and cache.k_rope, and no keys "
                    + "and values of its heads.")
    }

    /// What attention_mask says is no padding. Throws where that is not all at one end.
    private func there(_ sizes: AttentionSizes) throws(VerificationProblem) -> [Range<Int>] {
        guard has(.padding) else { return [] }
        let (batch, tokens) = (sizes.batch, sizes.tokens)
        let numbers = try numbers(.padding)
        guard numbers.allSatisfy({ $0 == 0 || $0 == 1 }) else {
            throw VerificationProblem("has an attention_mask of other numbers than 0 and 1")
        }
        var there: [Range<Int>] = []
        for sequence in 0..<batch {
            let row = numbers[sequence * tokens..<(sequence + 1) * tokens]
            let start = row.prefix { $0 == 0 }.count
            let count = row.dropFirst(start).prefix { $0 == 1 }.count
            guard count > 0, row.dropFirst(start + count).allSatisfy({ $0 == 0 }) else {
                throw VerificationProblem(
                    "has an attention_mask whose sequence \(sequence) is not in one piece")
            }
            there.append(start..<start + count)
        }
        return there.allSatisfy { $0.count == tokens } ? [] : there
    }
}

extension AttentionReading {
    /// Takes out's numbers for those of 16 bits where each is one: who cannot save BF16, as NumPy
    /// cannot, saves F32.
    fileprivate mutating func narrow() {
        guard format.formatInside == nil, Set(outputs.numbers.prefix(1 << 12)).count >= 16 else {
            return
        }
        let narrower = [FloatFormat.bfloat16, .float16].first { narrow in
            outputs.numbers.allSatisfy {
                !$0.isFinite || narrow.rounded($0) == $0 && abs($0) <= narrow.largest
            }
        }
        if let narrower { (format, wider) = (narrower, format) }
    }
}

/// Which weights of an MLA core lie as [n, c, rows], not as [n, rows, c].
struct CoreWeights: Equatable {
    var keysAreTurned = false
    var valuesAreTurned = false
}

/// What kind of attention a record holds.
package enum AttentionForm: String, Sendable {
    /// Queries, keys and values of heads.
    case heads
    /// The same from a decoding loop, a row a step.
    case decoding = "decode"
    /// The heads of multi-head latent attention.
    case latentCore = "mla-core"
    /// Its whole layer.
    case latentWhole = "mla"
}

/// Which dimension of a tensor is what.
enum HeadLayout: CaseIterable {
    case headsFirst, tokensFirst, merged

    func text(hasBatch: Bool, width: String = "h") -> String {
        let text =
            switch self {
            case .headsFirst: "n, t, \(width)"
            case .tokensFirst: "t, n, \(width)"
            case .merged: "t, n \(width)"
            }
        return "[" + (hasBatch ? "b, " : "") + text + "]"
    }

    private var rank: Int { self == .merged ? 2 : 3 }

    /// Batch, heads, tokens and width of a shape; nil where it is none of this layout.
    /// `heads` or `width` splits what is merged.
    func sizes(
        _ shape: [Int], heads: Int?, width: Int? = nil
    ) -> (batch: Int?, heads: Int, tokens: Int, width: Int)? {
        guard shape.count == rank || shape.count == rank + 1 else { return nil }
        let batch = shape.count > rank ? shape[0] : nil
        let rest = Array(shape.suffix(rank))
        switch self {
        case .headsFirst: return (batch, rest[0], rest[1], rest[2])
        case .tokensFirst: return (batch, rest[1], rest[0], rest[2])
        case .merged:
            let known = heads ?? width.flatMap { $0 > 0 && rest[1] % $0 == 0 ? rest[1] / $0 : nil }
            guard let known, known > 0, rest[1] % known == 0 else { return nil }
            return (batch, known, rest[0], rest[1] / known)
        }
    }

    /// The numbers of such a tensor, heads before tokens.
    func tensor(
        _ numbers: [Double], batch: Int, heads: Int, tokens: Int, width: Int
    ) -> HeadTensor {
        let tensor = HeadTensor(
            batch: batch, heads: heads, tokens: tokens, width: width, numbers: numbers)
        guard self != .headsFirst, heads > 1, tokens > 1 else { return tensor }
        return tensor.rows { batch, head, token in
            let row = token * heads + head
            return (batch, row / tokens, row % tokens)
        }
    }
}
