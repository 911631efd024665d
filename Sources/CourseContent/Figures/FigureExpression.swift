import AttentionEngine
import Lessons
import ModelCatalog

/// A figure of a lesson as something that can be computed: which quantity, of which variant, at
/// which setting.
package struct FigureExpression: Hashable, Sendable {
    /// What can be computed; the raw value is the scheme of the figure's address.
    package enum Quantity: String, CaseIterable, Hashable, Sendable {
        /// Bytes of the whole cache.
        case cache
        /// Bytes that one more token takes over all layers.
        case token
        /// Numbers in the whole cache.
        case numbers
        /// Numbers cached per token over all layers.
        case numbersPerToken = "numbers-per-token"
        /// How many times less than multi-head attention the variant caches.
        case ratio
        /// Query heads on each K/V head, n/g.
        case groupSize = "group-size"
        /// The value of `parameter`; bytes per number in bytes.
        case value
        /// The legal numbers of K/V heads as a list, the divisors of n; its amount is how many.
        case legal
        /// How many legal numbers of K/V heads there are.
        case legalCount = "legal-count"
        /// Multiplications of a decode step for scores and mixing.
        case multiplications
        /// Numbers of one token's queries over all layers, l·n·h.
        case queryNumbers = "query-numbers"
        /// K/V heads that would take as much as the latent, (c + r) / 2h.
        case equalHeads = "equal-heads"
    }

    /// What is computed.
    package let quantity: Quantity
    /// Which parameter `value:` shows.
    package var parameter: Parameter?
    /// The shape of another model, which replaces the step's before `changes`.
    package var model: Model?
    /// Parameters of its own; bytes per number in bits.
    package var changes: [Parameter: Int] = [:]
    /// Whose cache it is about.
    package var variant = AttentionVariant.gqa
    /// How a size is written; nil goes by the learner's units.
    var units: SizeStyle?
    /// Whether it follows the sliders rather than the step's own values.
    package var isLive = false
    /// Whether windows are left out, so that every layer keeps every token.
    var dropsWindows = false
    /// What it is held against; nil where it stands alone.
    @Boxed package var comparison: Comparison? = nil

    /// Another figure of the same quantity, and what is asked of both.
    package struct Comparison: Hashable, Sendable {
        /// The raw value is the word between the two in a figure's address.
        enum Operation: String, CaseIterable {
            /// How many times as much the first is.
            case over
            /// By how much the first is more.
            case minus
        }

        let operation: Operation
        let other: FigureExpression
    }

    /// The same quantity of whatever setting it is asked for.
    package var ofAnySetting: FigureExpression {
        var expression = self
        expression.model = nil
        expression.changes = [:]
        expression.isLive = false
        return expression
    }

    /// The setting that the figure is about; nil where its changes do not go with the base.
    package func setting(step: CacheSetting, live: CacheSetting) -> CacheSetting? {
        var base = isLive ? live : step
        if let model {
            guard let own = try? model.setting(tokens: base.tokens) else { return nil }
            base = own
        }
        if dropsWindows {
            guard let whole = base.withoutWindows else { return nil }
            base = whole
        }
        return changes.isEmpty ? base : try? base.setting(changes)
    }

    /// The figure where the sliders stand at the step's own values.
    package func value(at setting: CacheSetting, units: Units = .both) -> FigureValue? {
        value(step: setting, live: setting, units: units)
    }

    /// The figure at a step; nil where it cannot be had (MLA without a latent, g that does not
    /// divide n, less than nothing).
    package func value(step: CacheSetting, live: CacheSetting, units: Units) -> FigureValue? {
        guard let comparison else { return ownValue(step: step, live: live, units: units) }
        guard let one = ownValue(step: step, live: live, units: units),
            let other = comparison.other.value(step: step, live: live, units: units)
        else { return nil }
        switch comparison.operation {
        case .over:
            guard other.amount > 0 else { return nil }
            let ratio = one.amount / other.amount
            return FigureValue(amount: ratio, text: brief(ratio), kind: .count, origin: nil)
        case .minus:
            guard let rest = Int(exactly: one.amount - other.amount), rest >= 0 else { return nil }
            let text = one.kind == .bytes ? written(ByteCount(rest), in: units) : grouped(rest)
            return FigureValue(amount: Double(rest), text: text, kind: one.kind, origin: nil)
        }
    }

    private func ownValue(
        step: CacheSetting, live: CacheSetting, units: Units
    ) -> FigureValue? {
        guard let setting = setting(step: step, live: live) else { return nil }
        let report = MemoryReport(setting)
        guard let size = report[variant] else { return nil }
        let origin = FigureValue.Origin(
            expression: self, setting: setting, unchanged: isLive ? live : step)
        func bytes(_ count: ByteCount) -> FigureValue {
            FigureValue(
                amount: Double(count.bytes), text: written(count, in: units),
                kind: .bytes, origin: origin)
        }
        func count(_ value: Double, _ text: String) -> FigureValue {
            FigureValue(amount: value, text: text, kind: .count, origin: origin)
        }
        func whole(_ value: Int) -> FigureValue { count(Double(value), grouped(value)) }
        switch quantity {
        case .cache: return bytes(size.size)
        case .token: return bytes(size.bytesPerToken)
        case .numbers: return whole(size.numbers)
        case .numbersPerToken: return whole(size.layout.numbersPerToken * setting.layers)
        case .ratio:
            return report.timesLessThanMHA(variant).map { count($0, brief($0)) }
        case .groupSize: return whole(setting.shape.groupSize)
        case .value:
            guard let parameter, let value = setting[parameter] else { return nil }
            return parameter == .bytesPerNumber
                ? count(Double(value) / 8, setting.numberWidth.bytesText) : whole(value)
        case .legal:
            let legal = divisors(of: setting.queryHeads)
            return count(
                Double(legal.count), legal.map(String.init).joined(separator: ", "))
        case .legalCount: return whole(divisors(of: setting.queryHeads).count)
        case .multiplications:
            let value = report.attentionMultiplications
            return count(value, inWords(value))
        case .queryNumbers:
            return whole(setting.layers * setting.queryHeads * setting.headDimension)
        case .equalHeads:
            return report.keyValueHeadsEqualToLatent.map { count($0, brief($0)) }
        }
    }
}

extension FigureExpression {
    /// How a lesson wants a size to be written.
    enum SizeStyle: String, CaseIterable {
        /// In the units of that name, whatever the learner chose: where the sentence is about them.
        case both, decimal, binary, bytes
        /// In the learner's units, one size without its twin.
        case short
    }

    private func written(_ size: ByteCount, in units: Units) -> String {
        if self.units == .short {
            // A cell of a table has no room for the word.
            return units == .bytes ? "\(grouped(size.bytes)) B" : units.short(size)
        }
        return (self.units.flatMap { Units(rawValue: $0.rawValue) } ?? units).text(size)
    }
}

/// A computed figure.
package struct FigureValue: Hashable, Sendable {
    /// Whether it is a size or a plain number.
    package enum Kind: Hashable, Sendable {
        /// A size in bytes, and a plain number.
        case bytes, count
    }

    /// What a figure was computed from, so that a wrong guess can be explained by it.
    package struct Origin: Hashable, Sendable {
        /// What was computed.
        package let expression: FigureExpression
        /// The setting that the figure is about.
        package let setting: CacheSetting
        /// The setting before the changes that the figure's address names.
        let unchanged: CacheSetting
    }

    /// The number itself; bytes, where it is a size.
    package let amount: Double
    /// The number as it is shown.
    package let text: String
    /// Whether it is a size or a plain number.
    package let kind: Kind
    /// Nil for a number that a lesson's author typed.
    package let origin: Origin?
}

extension CacheSetting {
    /// The same where every layer keeps every token; nil where that is too much.
    fileprivate var withoutWindows: CacheSetting? {
        try? CacheSetting(
            layers: layers, batch: batch, shape: shape, tokens: tokens, numberWidth: numberWidth,
            latent: latent)
    }
}
