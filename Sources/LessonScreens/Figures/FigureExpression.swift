import AttentionEngine
import Lessons
import ModelCatalog

/// A figure of a lesson as something that can be computed: which quantity, of which variant, at
/// which setting.
package struct FigureExpression: Hashable, Sendable {
    /// What can be computed; the raw value is the scheme of the figure's address.
    package enum Quantity: String, CaseIterable, Hashable, Sendable {
        case cache
        case token
        case numbers
        case numbersPerToken = "numbers-per-token"
        case ratio
        case groupSize = "group-size"
        case value
        case legal
        case legalCount = "legal-count"
        case multiplications
        case queryNumbers = "query-numbers"
        case equalHeads = "equal-heads"
    }

    package let quantity: Quantity
    /// Which parameter `value:` shows.
    let parameter: Parameter?
    /// The shape of another model, which replaces the step's before `changes`.
    let model: Model?
    let changes: [Parameter: Int]
    let variant: AttentionVariant
    /// How a size is written; nil goes by the learner's units.
    let units: SizeStyle?
    /// Whether it follows the sliders rather than the step's own values.
    let isLive: Bool

    /// The setting that the figure is about; nil where its changes do not go with the base.
    func setting(step: CacheSetting, live: CacheSetting) -> CacheSetting? {
        var base = isLive ? live : step
        if let model {
            guard let own = try? model.setting(tokens: base.tokens) else { return nil }
            base = own
        }
        return changes.isEmpty ? base : try? base.setting(changes)
    }

    /// The figure at a step; nil where it cannot be had (MLA without a latent, g that does not
    /// divide n).
    func value(step: CacheSetting, live: CacheSetting, units: Units) -> FigureValue? {
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
    enum SizeStyle: Hashable, Sendable {
        /// In these units, whatever the learner chose: where the sentence is about them.
        case fixed(Units)
        /// In the learner's units, one size without its twin.
        case short

        /// By its name in an address.
        init?(name: String) {
            if let units = Units(rawValue: name) {
                self = .fixed(units)
            } else if name == "short" {
                self = .short
            } else {
                return nil
            }
        }

        static let names = Units.allCases.map(\.rawValue) + ["short"]
    }

    private func written(_ size: ByteCount, in units: Units) -> String {
        switch self.units {
        case .fixed(let own): own.text(size)
        // A cell of a table has no room for the word.
        case .short: units == .bytes ? "\(grouped(size.bytes)) B" : units.short(size)
        case nil: units.text(size)
        }
    }
}

/// A computed figure.
struct FigureValue: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case bytes, count
    }

    /// What a figure was computed from, so that a wrong guess can be explained by it.
    struct Origin: Hashable, Sendable {
        let expression: FigureExpression
        /// The setting that the figure is about.
        let setting: CacheSetting
        /// The setting before the changes that the figure's address names.
        let unchanged: CacheSetting
    }

    let amount: Double
    let text: String
    let kind: Kind
    /// Nil for a number that a lesson's author typed.
    let origin: Origin?
}

/// How sizes are written.
package enum Units: String, CaseIterable, Hashable, Sendable {
    case both, decimal, binary, bytes

    func text(_ size: ByteCount) -> String {
        switch self {
        case .both: size.both
        case .decimal: size.decimal
        case .binary: size.binary
        case .bytes: size.exact
        }
    }

    /// One size without its twin, for bars: `both` shows the decimal one.
    func short(_ size: ByteCount) -> String {
        self == .both ? size.decimal : text(size)
    }

    var next: Units {
        let all = Units.allCases
        return all[(all.firstIndex(of: self)! + 1) % all.count]
    }

    var name: String {
        switch self {
        case .both: "decimal and binary (GB and GiB)"
        case .decimal: "decimal (GB, powers of 1,000)"
        case .binary: "binary (GiB, powers of 1,024)"
        case .bytes: "every byte"
        }
    }
}

/// A count with its noun, in the plural where it is not one: "8 K/V heads".
func counted(_ count: Int, _ noun: String) -> String {
    "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
}

/// A large count in words: "2.42 billion".
func inWords(_ value: Double) -> String {
    let names = ["", " million", " billion", " trillion", " quadrillion"]
    if value < 999_500 { return brief(value) }
    var value = value / 1e6
    var index = 1
    while value >= 999.5, index + 1 < names.count {
        value /= 1000
        index += 1
    }
    return threeDigits(value) + names[index]
}
