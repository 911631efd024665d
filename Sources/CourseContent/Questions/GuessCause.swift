import AttentionEngine

extension Guess {
    /// Why a guess is off, where its ratio to the right number gives it away; nil where it does
    /// not.
    ///
    /// A cause must explain the ratio to one part in a hundred; one unit too large or too small, of
    /// a guess that nothing else explains, to one in ten. A unit is only blamed where it was typed.
    /// Where several causes do, nobody can tell which it was: the two likeliest are named.
    package static func cause(of guess: Double, typed: String, answer: FigureValue) -> String? {
        guard let origin = answer.origin, guess > 0, answer.amount > 0,
            abs(guess / answer.amount - 1) > 1e-6
        else { return nil }
        let causes = GuessCauses(
            guess: guess, unit: unit(of: typed) ?? "", answer: answer, origin: origin
        ).all.prefix(2)
        return causes.isEmpty ? nil : causes.joined(separator: "; or ")
    }
}

/// The mistakes that lead from a right number to a guess, in words.
private struct GuessCauses {
    let guess: Double
    /// The unit of bytes that was typed, as it is usually written; empty where none was.
    let unit: String
    let answer: FigureValue
    let origin: FigureValue.Origin

    private var setting: CacheSetting { origin.setting }
    private var quantity: FigureExpression.Quantity { origin.expression.quantity }
    private var reading: RatioReading { RatioReading(guess / answer.amount) }

    /// Whether the guess is the right number times a factor.
    private func isOff(by factor: Double) -> Bool { reading.isOff(by: factor) }

    /// From the likeliest on.
    var all: [String] {
        // The number that stands on the screen already needs no other explanation.
        if let unchanged { return [unchanged] }
        let size = MemoryReport(setting)[origin.expression.variant]
        let product = size.map(factors) ?? []
        let mistakes = [
            reading.forgotten(product, queryHeads: setting.queryHeads),
            reading.bothTwos(product, queryHeads: setting.queryHeads),
            reading.countedTwice(product, queryHeads: setting.queryHeads),
        ].map { mistake in mistake.map { "you \($0)" } }
        let isSize = answer.kind == .bytes
        let found =
            [product.isEmpty ? nil : heads(size), wholeForToken(size), isSize ? unitMistake : nil]
            + mistakes + [isSize ? reading.bits : nil]
            + (product.isEmpty ? [parameter, inverse, two] : [])
        let causes = found.compactMap { $0 }
        guard causes.isEmpty, isSize else { return causes }
        // Guesses are rounded; by so much nothing but a unit is told.
        return [reading.scale(isBinary: isBinary, within: 0.1)].compactMap { $0 }
    }

    private var isBinary: Bool { unit.contains("i") }

    /// The factors whose product the quantity is; empty where it is no product.
    private func factors(of size: VariantSize) -> [CacheFactor] {
        let bytes = CacheFactor.Kind.parameter(.bytesPerNumber)
        let sequence: Set<CacheFactor.Kind> = [.parameter(.batch), .parameter(.tokens)]
        let others: Set<CacheFactor.Kind>
        switch quantity {
        case .cache: others = []
        case .token: others = sequence
        case .numbers: others = [bytes]
        case .numbersPerToken: others = sequence.union([bytes])
        default: return []
        }
        return size.factors.filter { !others.contains($0.kind) }
    }

    // MARK: One thing taken for another

    /// The number before what the question changes.
    private var unchanged: String? {
        let changed = Parameter.allCases.filter { setting[$0] != origin.unchanged[$0] }
        guard !changed.isEmpty, origin.expression.model == nil,
            let before = origin.expression.ofAnySetting.value(at: origin.unchanged),
            isOff(by: before.amount / answer.amount)
        else { return nil }
        func text(_ setting: CacheSetting) -> String {
            changed.compactMap { parameter in
                setting[parameter].map { "\(parameter.letter) = \(parameter.text($0))" }
            }.joined(separator: ", ")
        }
        return "that is the number at \(text(origin.unchanged)), not at \(text(setting))"
    }

    private func heads(_ size: VariantSize?) -> String? {
        guard case .perHead(let kept, _)? = size?.layout else { return nil }
        let right =
            kept == 1
            ? "where one K/V head serves all"
            : kept == setting.queryHeads
                ? "where each of the n = \(grouped(kept)) query heads has its own"
                : "for g, \(grouped(kept)) K/V heads"
        let taken = [
            (heads: setting.queryHeads, name: "n", noun: "query heads"),
            (heads: setting.keyValueHeads, name: "g", noun: "K/V heads"),
        ].first { isOff(by: Double($0.heads) / Double(kept)) }
        return taken.map { "you took \($0.name), \(grouped($0.heads)) \($0.noun), \(right)" }
    }

    private func wholeForToken(_ size: VariantSize?) -> String? {
        guard let size, [.token, .numbersPerToken].contains(quantity),
            isOff(by: Double(size.size.bytes) / Double(size.bytesPerToken.bytes))
        else { return nil }
        return "that is the whole cache, \(grouped(setting.tokens)) tokens of it"
    }

    /// A count that is one of the setting's own numbers, of those that the question is about.
    private var parameter: String? {
        let asked: [Parameter] =
            switch quantity {
            case .groupSize, .ratio, .legal, .legalCount: [.queryHeads, .keyValueHeads]
            case .equalHeads: [.latentRank, .rotaryDimension, .headDimension]
            case .multiplications, .queryNumbers, .value:
                Parameter.allCases.filter { $0 != .bytesPerNumber }
            case .cache, .token, .numbers, .numbersPerToken: []
            }
        let names = asked.filter { setting[$0].map { Double($0) } == guess }
            .map { "\($0.letter), the \($0.name)" }
        return names.isEmpty ? nil : "that is " + names.joined(separator: ", or ")
    }

    private var inverse: String? {
        isOff(by: 1 / answer.amount / answer.amount)
            ? "the other way round: you gave 1/\(brief(answer.amount))" : nil
    }

    private var two: String? {
        // A count of heads has no factor that could be forgotten.
        if quantity == .groupSize { return nil }
        if isOff(by: 0.5) { return "half of it: a factor of 2 is missing" }
        return isOff(by: 2) ? "twice as much: one factor of 2 too many" : nil
    }

    private var unitMistake: String? {
        guard let mistake = reading.unit(written: unit) else {
            return reading.scale(isBinary: isBinary)
        }
        let size = mistake.written.count < mistake.right.count ? "smaller" : "larger"
        return "the number is right in \(mistake.right), but you wrote \(mistake.written), "
            + "which are \(size)"
    }
}
