import AttentionEngine

extension Guess {
    /// Why a guess is off, where its ratio to the right number gives it away; nil where it does
    /// not.
    ///
    /// A cause must explain the ratio to one part in a hundred. Where several do, nobody can tell
    /// which it was: the two likeliest are named.
    package static func cause(of guess: Double, answer: FigureValue) -> String? {
        guard guess > 0, answer.amount > 0, abs(guess / answer.amount - 1) > 1e-6 else {
            return nil
        }
        let causes = GuessCauses(guess: guess, answer: answer).all.prefix(2)
        return causes.isEmpty ? nil : causes.joined(separator: "; or ")
    }
}

/// The mistakes that lead from a right number to a guess, in words.
private struct GuessCauses {
    let guess: Double
    let answer: FigureValue

    private var reading: RatioReading { RatioReading(guess / answer.amount) }

    /// Whether the guess is the right number times a factor.
    private func isOff(by factor: Double) -> Bool { reading.isOff(by: factor) }

    /// From the likeliest on.
    var all: [String] {
        guard let origin = answer.origin else { return [] }
        let size = MemoryReport(origin.setting)[origin.expression.variant]
        let product = size.map { factors(of: $0, for: origin.expression.quantity) } ?? []
        // The number that stands on the screen already needs no other explanation.
        if let unchanged = unchanged(origin) { return [unchanged] }
        let found: [String?] = [
            heads(size, product: product), wholeForToken(origin, size),
            answer.kind == .bytes ? unit : nil,
            you(reading.forgotten(product, queryHeads: origin.setting.queryHeads)),
            you(reading.bothTwos(product, queryHeads: origin.setting.queryHeads)),
            you(reading.countedTwice(product, queryHeads: origin.setting.queryHeads)),
            answer.kind == .bytes ? reading.bits : nil,
        ]
        if product.isEmpty {
            return found.compactMap { $0 }
                + [parameter(origin.setting), inverse, two]
                .compactMap { $0 }
        }
        return found.compactMap { $0 }
    }

    // MARK: Products

    /// The factors whose product a quantity is; empty where it is no product.
    private func factors(
        of size: VariantSize, for quantity: FigureExpression.Quantity
    ) -> [CacheFactor] {
        let bytes = CacheFactor.Kind.parameter(.bytesPerNumber)
        let sequence: Set<CacheFactor.Kind> = [.parameter(.batch), .parameter(.tokens)]
        return switch quantity {
        case .cache: size.factors
        case .token: size.factors.filter { !sequence.contains($0.kind) }
        case .numbers: size.factors.filter { $0.kind != bytes }
        case .numbersPerToken:
            size.factors.filter { $0.kind != bytes && !sequence.contains($0.kind) }
        case .ratio, .groupSize, .value, .legal, .legalCount, .multiplications, .queryNumbers,
            .equalHeads:
            []
        }
    }

    private func you(_ mistake: String?) -> String? { mistake.map { "you \($0)" } }

    // MARK: One thing taken for another

    /// The number before what the question changes.
    private func unchanged(_ origin: FigureValue.Origin) -> String? {
        let changed = Parameter.allCases.filter { origin.setting[$0] != origin.unchanged[$0] }
        guard !changed.isEmpty, origin.expression.model == nil,
            let before = origin.expression.ofAnySetting.value(at: origin.unchanged),
            isOff(by: before.amount / answer.amount)
        else { return nil }
        func text(_ setting: CacheSetting) -> String {
            changed.compactMap { parameter in
                setting[parameter].map {
                    "\(parameter.letter) = \(parameter.text($0))"
                }
            }.joined(separator: ", ")
        }
        return "that is the number at \(text(origin.unchanged)), not at \(text(origin.setting))"
    }

    private func heads(_ size: VariantSize?, product: [CacheFactor]) -> String? {
        guard let setting = answer.origin?.setting, !product.isEmpty,
            case .perHead(let kept, _)? = size?.layout
        else { return nil }
        let queryHeads = setting.queryHeads
        let keyValueHeads = setting.keyValueHeads
        func isTaken(_ heads: Int) -> Bool { isOff(by: Double(heads) / Double(kept)) }
        let right =
            kept == 1
            ? "where one K/V head serves all"
            : kept == queryHeads
                ? "where each of the n = \(grouped(kept)) query heads has its own"
                : "for g, \(grouped(kept)) K/V heads"
        if isTaken(queryHeads) { return "you took n, \(grouped(queryHeads)) query heads, \(right)" }
        if isTaken(keyValueHeads) {
            return "you took g, \(grouped(keyValueHeads)) K/V heads, \(right)"
        }
        return nil
    }

    private func wholeForToken(_ origin: FigureValue.Origin, _ size: VariantSize?) -> String? {
        guard let size else { return nil }
        let whole = Double(size.size.bytes) / Double(size.bytesPerToken.bytes)
        switch origin.expression.quantity {
        case .token, .numbersPerToken:
            return isOff(by: whole)
                ? "that is the whole cache, \(grouped(origin.setting.tokens)) tokens of it" : nil
        default: return nil
        }
    }

    /// A count that is one of the setting's own numbers.
    /// The parameters that a question of this kind is about, so that one may be taken for it.
    private var named: [Parameter] {
        switch answer.origin?.expression.quantity {
        case .groupSize, .ratio, .legal, .legalCount: [.queryHeads, .keyValueHeads]
        case .equalHeads: [.latentRank, .rotaryDimension, .headDimension]
        case .multiplications, .queryNumbers, .value:
            Parameter.allCases.filter { $0 != .bytesPerNumber }
        case .cache, .token, .numbers, .numbersPerToken, nil: []
        }
    }

    private func parameter(_ setting: CacheSetting) -> String? {
        let names = named.filter {
            setting[$0].map { Double($0) == guess } ?? false
        }.map { "\($0.letter), the \($0.name)" }
        return names.isEmpty ? nil : "that is " + names.joined(separator: ", or ")
    }

    private var inverse: String? {
        isOff(by: 1 / answer.amount / answer.amount)
            ? "the other way round: you gave 1/\(brief(answer.amount))" : nil
    }

    private var two: String? {
        // A count of heads has no factor that could be forgotten.
        if answer.origin?.expression.quantity == .groupSize { return nil }
        if isOff(by: 0.5) { return "half of it: a factor 2 is missing" }
        return isOff(by: 2) ? "twice as much: a factor 2 too many" : nil
    }

    // MARK: Units

    private var unit: String? {
        guard let mistake = reading.unit else { return reading.scale }
        let size = mistake.written.count < mistake.right.count ? "smaller" : "larger"
        return "the number is right in \(mistake.right), but you wrote \(mistake.written), "
            + "which are \(size)"
    }
}
