/// What a saved cache should hold, and what it holds instead.
struct CacheCheck {
    private(set) var mistakes: [AttentionMistake] = []

    init(_ comparison: RecordComparison) {
        let reading = comparison.reading
        // Keys and values of heads are copied. A latent is projected, divided by its root and
        // multiplied by its gain, and of a rotary key cosines, sines and products are rounded, too.
        let roundings = reading.sizes.latent == nil ? 2.0 : 4
        let tolerance = max(
            comparison.options.tolerance,
            roundings * (reading.format.formatInside?.unitRoundoff ?? 0))
        func holds(_ part: AttentionRecord.Part, _ tensor: HeadTensor) -> Bool {
            guard let cache = reading.caches[part] else { return true }
            return Self.areNear(cache, tensor, tolerance, turned: part == .cachedRotaryKey)
        }
        switch reading.source {
        case .heads(_, let keys, let values):
            for (part, tensor, what) in [
                (AttentionRecord.Part.cachedKeys, keys, "keys"), (.cachedValues, values, "values"),
            ] {
                if let misfit = reading.misfits[part] {
                    mistakes.append(Self.misfit(part, what, misfit))
                } else if !holds(part, tensor) {
                    mistakes.append(Self.mistake(part, what, tensor, holds))
                }
            }
        case .latent(let source):
            for (part, what) in [
                (AttentionRecord.Part.cachedLatent, "latent"), (.cachedRotaryKey, "rotary-key"),
            ] {
                if let misfit = reading.misfits[part] {
                    mistakes.append(Self.misfit(part, what, misfit))
                }
            }
            guard let right = source.cached(LatentRule()) else { return }
            checkLatent(source, right.latent, holds)
            checkRotaryKey(source, right.rotaryKey, holds)
        }
    }

    private static func misfit(
        _ part: AttentionRecord.Part, _ what: String, _ misfit: (what: String, advice: String)
    ) -> AttentionMistake {
        AttentionMistake(
            "cache-\(what)-size", .cache, "\(part.rawValue) \(misfit.what)", misfit.advice
        ) { _ in }
    }

    private static func mistake(
        _ part: AttentionRecord.Part, _ what: String, _ right: HeadTensor,
        _ holds: (AttentionRecord.Part, HeadTensor) -> Bool
    ) -> AttentionMistake {
        func order(_ source: AttentionRule.Order) -> HeadTensor {
            var other = HeadTensor(zeros: right.batch, right.heads, right.tokens, right.width)
            for b in 0..<right.batch {
                for i in 0..<right.heads {
                    for t in 0..<right.tokens {
                        guard
                            let from = source.source(
                                t, head: i, heads: right.heads, newest: right.tokens - 1)
                        else { continue }
                        let (to, start) = (
                            other.start(b, i, t), right.start(b, from.head, from.token)
                        )
                        for place in 0..<right.width {
                            other.numbers[to + place] = right.numbers[start + place]
                        }
                    }
                }
            }
            return other
        }
        let kinds: [(String, AttentionRule.Order, String)] = [
            ("newest-first", .newestFirst, "has the newest first"),
            ("concatenated-along-heads", .acrossHeads, "was concatenated along the heads"),
            ("shifted", .rolled(1), "is shifted by one"),
            ("shifted", .rolled(-1), "is shifted by one"),
            ("not-appended", .firstOnly, "has the first step's only"),
            ("twice", .eachTwice, "has each step's twice"),
            ("twice", .firstTwice, "has the first step's twice"),
        ]
        let found = kinds.first { holds(part, order($0.1)) }
        return AttentionMistake(
            "cache-\(what)-\(found?.0 ?? "differ")", .cache,
            "the cache of \(what) \(found?.2 ?? "holds something else")",
            "After the last step a cache holds those of all steps in the order of their "
                + "tokens: torch.cat((cache, new), dim=-2)."
        ) { _ in }
    }

    private mutating func checkLatent(
        _ source: LatentSource, _ right: HeadTensor,
        _ holds: (AttentionRecord.Part, HeadTensor) -> Bool
    ) {
        guard !holds(.cachedLatent, right) else { return }
        var rule = LatentRule()
        rule.norm = .missing
        var raw = source.cached(rule)?.latent
        let isRaw = [false, true].contains { unitary in
            if unitary { raw?.normalise(from: 0, count: right.width) }
            return raw.map { holds(.cachedLatent, $0) } ?? false
        }
        mistakes.append(
            isRaw
                ? AttentionMistake(
                    "norm-after-the-cache", .cache, "the latent is cached before its norm",
                    "kv_a_layernorm comes before the cache: what is cached is what kv_b_proj reads, "
                        + "and the norm is not computed again at each step."
                ) { _ in }
                : AttentionMistake(
                    "cache-latent-differs", .cache, "cache.latent holds something else",
                    "It should be the first c numbers of kv_a_proj_with_mqa's output after their "
                        + "norm."
                ) { _ in })
    }

    private mutating func checkRotaryKey(
        _ source: LatentSource, _ key: HeadTensor,
        _ holds: (AttentionRecord.Part, HeadTensor) -> Bool
    ) {
        func turned(_ times: Int, _ first: Int, _ layout: RotaryLayout, sorts: Bool) -> HeadTensor {
            var turned = key
            turned.turn(
                Rotary(base: source.rotary.base, layout: layout), times: times, first: first,
                count: key.width)
            return sorts ? turned.evensFirst : turned
        }
        let own = source.rotary.layout
        // Pairs may be kept apart, as code that turns halves keeps them.
        func holdsKey(_ times: Int, _ first: Int, _ layout: RotaryLayout) -> Bool {
            holds(.cachedRotaryKey, turned(times, first, layout, sorts: false))
                || holds(.cachedRotaryKey, turned(times, first, layout, sorts: true))
        }
        guard !holdsKey(1, 0, own) else { return }
        let kinds: [(String, String, Bool)] = [
            ("cached-rotary-key-not-turned", "is not turned", holdsKey(0, 0, own)),
            ("cached-rotary-key-turned-twice", "is turned twice", holdsKey(2, 0, own)),
            (
                "cached-rotary-key-at-wrong-position", "is turned at the wrong position",
                (-4...4).contains { $0 != 0 && holdsKey(1, $0, own) }
                    || holdsKey(1, key.tokens - 1, own)
            ),
            (
                "cached-rotary-key-in-halves", "is turned in the other layout",
                holdsKey(1, 0, own.other)
            ),
        ]
        let found = kinds.first(where: \.2)
        mistakes.append(
            AttentionMistake(
                found?.0 ?? "cache-rotary-key-differs", .cache,
                "the cached rotary key \(found?.1 ?? "is another")",
                "What is cached of token j is its rotary key turned by j, once, so that no step turns "
                    + "it again."
            ) { _ in })
    }

    /// Whether all numbers differ by little of the tensor's size and of their own; what is left of
    /// two products of which one takes from the other, of the longest pair of its row.
    private static func areNear(
        _ one: HeadTensor, _ two: HeadTensor, _ tolerance: Double, turned: Bool
    ) -> Bool {
        let count = Double(two.numbers.count)
        let size = (two.numbers.reduce(0) { $0 + $1 * $1 } / count).squareRoot()
        guard one.numbers.count == two.numbers.count else { return false }
        return stride(from: 0, to: two.numbers.count, by: two.width).allSatisfy { start in
            let row = start..<start + two.width
            let longest = 2.0.squareRoot() * (row.map { abs(two.numbers[$0]) }.max() ?? 0)
            return row.allSatisfy {
                let own = turned ? longest : abs(two.numbers[$0])
                return abs(one.numbers[$0] - two.numbers[$0]) <= tolerance * (size + own)
            }
        }
    }
}

extension HeadTensor {
    /// Each row's numbers at even places, then those at odd ones.
    fileprivate var evensFirst: HeadTensor {
        var other = self
        for row in 0..<batch * heads * tokens {
            for place in 0..<width / 2 * 2 {
                let from = place < width / 2 ? 2 * place : 2 * (place - width / 2) + 1
                other.numbers[row * width + place] = numbers[row * width + from]
            }
        }
        return other
    }
}
