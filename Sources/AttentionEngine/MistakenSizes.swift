/// The sizes that mistakes lead to.
struct MistakenSizes {
    let stated: StatedSize
    let stack: LayerStack
    let load: CacheLoad
    let queryHeads: Int
    let headDimension: Int?
    let hiddenSize: Int?

    /// A calculation with some mistakes in what layers keep.
    private struct Calculation {
        var mistakes: [String]
        var stack: LayerStack
    }

    /// A mistake and how unlikely it is in a program, where one that is common counts 1.
    private struct Slip {
        let text: String
        let cost: Double
    }

    /// The likeliest explanations, two at the most.
    func causes(tolerance: Double) -> [String] {
        var found: [(text: String, cost: Double, miss: Double)] = []
        func add(_ mistakes: [String], _ slip: Slip?, _ ratio: Double) {
            let texts = mistakes + [slip?.text].compactMap(\.self)
            found.append(
                (
                    texts.joined(separator: ", and "), Double(mistakes.count) + (slip?.cost ?? 0),
                    abs(ratio - 1)
                ))
        }
        for calculation in calculations {
            guard let size = try? calculation.stack.needed(load), size.bytes > 0 else { continue }
            let ratio = stated.bytes / Double(size.bytes)
            var readings = [(RatioReading(ratio, tolerance: tolerance), [String]())]
            for unit in RatioReading.unitMistakes where unit.written == stated.unit {
                readings.append(
                    (
                        RatioReading(ratio / unit.factor, tolerance: tolerance),
                        ["wrote \(unit.written) for \(unit.right)"]
                    ))
            }
            for (reading, units) in readings {
                if abs(reading.ratio - 1) < tolerance {
                    add(calculation.mistakes + units, nil, reading.ratio)
                } else {
                    for slip in slips(reading, in: calculation.stack) {
                        add(calculation.mistakes + units, slip, reading.ratio)
                    }
                }
            }
        }
        // Three mistakes at once explain any figure, and so none.
        guard let least = found.map(\.cost).min(), least > 0, least < 3 else { return [] }
        // Of two as likely the one first whose calculation is nearer to the figure.
        let likeliest = found.filter { $0.cost == least }.enumerated().sorted {
            ($0.element.miss, $0.offset) < ($1.element.miss, $1.offset)
        }
        var texts: [String] = []
        for (_, item) in likeliest where !texts.contains(item.text) { texts.append(item.text) }
        return Array(texts.prefix(2))
    }

    /// What explains what is left with one factor, the likeliest. Programs forget factors; they
    /// rarely count one twice.
    private func slips(_ reading: RatioReading, in stack: LayerStack) -> [Slip] {
        let product = factors(of: stack)
        let twos = product.filter { $0.kind == .keyAndValue }
        let slips: [(String?, Double)] = [
            (otherWidth(reading), 1), (reading.forgotten(product, queryHeads: nil), 1),
            (reading.countedTwice(twos, queryHeads: nil), 1.5),
            (reading.bothTwos(product, queryHeads: nil), 1.5),
            (reading.bits.map { "got \($0)" }, 2.5), (reading.scale().map { "got \($0)" }, 2.5),
            (reading.countedTwice(product, queryHeads: nil), 2.9),
        ]
        let found = slips.compactMap { text, cost in text.map { Slip(text: $0, cost: cost) } }
        return found.filter { $0.cost == found.first?.cost }
    }

    private func otherWidth(_ reading: RatioReading) -> String? {
        guard let own = load.format.bitsPerNumber else { return nil }
        let other = NumberWidth.allCases.reversed().first {
            reading.isOff(by: Double($0.bits) / own)
        }
        return other.map { other in
            "took \(other.bytesText) \(other == .bits8 ? "byte" : "bytes") per number, not "
                + load.format.bytesText
        }
    }

    private func factors(of stack: LayerStack) -> [CacheFactor] {
        var factors: [CacheFactor] = []
        if stack.groups.count == 1 {
            factors.append(CacheFactor(kind: .parameter(.layers), value: stack.layers))
        }
        factors.append(CacheFactor(kind: .parameter(.batch), value: load.batch))
        if let entry = stack.entries.first, stack.entries.count == 1 {
            switch entry {
            case .heads(let count, let keyWidth, _):
                factors.append(CacheFactor(kind: .parameter(.keyValueHeads), value: count))
                factors.append(CacheFactor(kind: .parameter(.headDimension), value: keyWidth))
            case .latent:
                factors.append(CacheFactor(kind: .latentNumbers, value: entry.numbers))
            }
        }
        if !stack.hasWindows {
            factors.append(CacheFactor(kind: .parameter(.tokens), value: load.tokens))
        }
        if stack.entries.contains(where: { $0.keyValueHeads != nil }) {
            factors.append(CacheFactor(kind: .keyAndValue, value: 2))
        }
        if let width = load.format.numberWidth {
            factors.append(CacheFactor(kind: .parameter(.bytesPerNumber), value: width.bits))
        }
        return factors
    }

    // MARK: What layers keep, mistaken

    /// The right calculation, and those with one or two mistakes in what layers keep.
    private var calculations: [Calculation] {
        entryMistakes.flatMap { mistake in
            layerMistakes.map { layers in
                Calculation(
                    mistakes: layers.mistakes + [mistake.text].compactMap(\.self),
                    stack: layers.stack.mapEntries(mistake.change))
            }
        }
    }

    private var layerMistakes: [Calculation] {
        var all = [Calculation(mistakes: [], stack: stack)]
        if stack.hasWindows {
            all.append(
                Calculation(
                    mistakes: ["ignored that \(limitedLayers) layers keep a window only"],
                    stack: stack.withoutWindows))
            if let windowed = stack.groups.first(where: { $0.cache.limit != nil }),
                let limit = windowed.cache.limit, stack.count(.full) > 0
            {
                all.append(
                    Calculation(
                        mistakes: [
                            "counted the \(stack.count(.full)) layers that keep every token as if "
                                + "they kept \(grouped(limit)), too"
                        ],
                        stack: LayerStack(
                            stack.runs.map { run in
                                guard case .full(let entry) = run.cache else { return run }
                                return LayerRun(
                                    layers: run.layers, cache: .window(entry, tokens: limit))
                            })))
            }
        }
        for (kind, words) in [
            (LayerCache.Kind.linear, "keep a fixed state"), (.shared, "share another's cache"),
            (.none, "have no attention"),
        ] where stack.count(kind) > 0 {
            guard let entry = stack.entries.first else { continue }
            let counted = LayerStack(
                stack.runs.map {
                    LayerRun(
                        layers: $0.layers, cache: $0.cache.kind == kind ? .full(entry) : $0.cache)
                })
            all.append(
                Calculation(
                    mistakes: [
                        "counted the \(stack.count(kind)) layers that \(words) as if they kept "
                            + "every token"
                    ],
                    stack: counted))
        }
        return all
    }

    private var limitedLayers: Int { stack.count(.window) + stack.count(.chunked) }

    private struct EntryMistake {
        let text: String?
        let change: (TokenEntry) -> TokenEntry
    }

    private var entryMistakes: [EntryMistake] {
        let right = EntryMistake(text: nil) { $0 }
        guard let first = stack.entries.first else { return [right] }
        switch first {
        case .heads(let count, let width, _): return [right] + headMistakes(count, width)
        case .latent(let widths): return [right] + latentMistakes(widths)
        }
    }

    private func headMistakes(_ heads: Int, _ width: Int) -> [EntryMistake] {
        let n = queryHeads
        var all: [EntryMistake] = []
        let isWhole = hiddenSize == n * width
        if heads != n {
            let right =
                heads == 1
                ? "one serves all (multi_query ignored)" : "there are \(grouped(heads))"
            let hidden = isWhole ? " (the hidden width)" : ""
            all.append(
                EntryMistake(
                    text: "counted the \(grouped(n)) query heads\(hidden) as K/V heads, "
                        + "where \(right)"
                ) { $0.with(keyValueHeads: n) })
        }
        if heads > 1, heads != n {
            all.append(
                EntryMistake(text: "counted 1 K/V head, where there are \(grouped(heads))") {
                    $0.with(keyValueHeads: 1)
                })
        }
        if let hiddenSize, !isWhole {
            let quotient = hiddenSize / n
            all.append(
                EntryMistake(
                    text: "took the head width for hidden / heads = \(grouped(quotient)), not "
                        + "\(grouped(width))"
                ) { entry in .heads(entry.keyValueHeads ?? heads, quotient) })
            all.append(
                EntryMistake(
                    text: "took the hidden width \(grouped(hiddenSize)) for g * h = "
                        + "\(grouped(heads)) * \(grouped(width))"
                ) { _ in .heads(1, hiddenSize) })
        }
        return all
    }

    private func latentMistakes(_ widths: LatentWidths) -> [EntryMistake] {
        let n = queryHeads
        let twice = widths.latentRank + widths.rotaryDimension
        var all: [EntryMistake] = []
        if let hiddenSize {
            all.append(
                EntryMistake(
                    text: "counted MLA as K/V heads over the hidden width "
                        + "(\(grouped(n)) of \(grouped(hiddenSize / n)))"
                ) { _ in .heads(1, hiddenSize) })
        }
        if let headDimension {
            all.append(
                EntryMistake(
                    text: "counted MLA as \(grouped(n)) K/V heads of \(grouped(headDimension))"
                ) { _ in .heads(n, headDimension) })
            let key = headDimension + widths.rotaryDimension
            for (value, words) in [
                (headDimension, ""), (key, ", both of the keys' width"),
            ] {
                all.append(
                    EntryMistake(
                        text: "kept keys and values rebuilt for all \(grouped(n)) heads "
                            + "(\(grouped(key)) and \(grouped(value)) numbers\(words))"
                    ) { _ in .heads(count: n, keyWidth: key, valueWidth: value) })
            }
        }
        return all + [
            EntryMistake(text: "counted the latent twice, as a key and as a value") { _ in
                .heads(1, twice)
            },
            EntryMistake(text: "left out the rotary key of \(widths.rotaryDimension)") { _ in
                .latent(LatentWidths(latentRank: widths.latentRank, rotaryDimension: 0))
            },
        ]
    }
}
