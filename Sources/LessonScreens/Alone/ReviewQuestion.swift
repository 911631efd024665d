import AttentionEngine
import Lessons
import ModelCatalog
import TerminalCanvas

/// A missed question, asked again: a number at another setting, a choice in another order.
struct ReviewQuestion: Sendable {
    /// "lesson/question".
    let key: String
    /// The question as a step of its own.
    let step: PreparedStep
    var record: AnswerRecord?

    /// - Parameter times: how often it was asked again before; each time has its own numbers.
    init(_ missed: MissedQuestion, times: Int) {
        key = missed.key
        var generator = Scramble(seed: missed.key, times: times)
        let origin = missed.step
        let own = missed.question
        let asked =
            "From lesson \(missed.lessonNumber), \(missed.lessonTitle): \(ended(origin.title))"
        var setting = origin.setting
        var model = origin.model
        var question = own
        var widgets: [WidgetSpec] = []
        var prose = asked
        switch own.kind {
        case .number(.figure(let figure), let tolerance):
            guard let other = Self.other(figure, at: origin.setting, &generator) else { break }
            setting = other.setting
            model = other.model
            let again = FigureExpression(
                quantity: figure.quantity, parameter: figure.parameter, model: nil, changes: [:],
                variant: figure.variant, units: figure.units, isLive: false)
            question = Question(
                id: own.id, text: Words(again.asked),
                kind: .number(.figure(again), tolerance: tolerance),
                because: nil, hint: own.hint.flatMap { $0.holdsAnywhere ? $0 : nil },
                place: own.place)
            prose += " Other numbers now: \(Self.told(setting, of: model, for: figure.variant))."
            if figure.quantity.isSize {
                widgets = [.memory(MemorySpec(named: [figure.variant], showsBars: false))]
            }
        case .choice(let choices):
            question = Question(
                id: own.id, text: own.text,
                kind: .choice(choices.shuffled(using: &generator)), because: own.because,
                hint: own.hint, place: own.place)
        case .number, .free, .find: break
        }
        step = PreparedStep(
            id: "review", title: "Asked again",
            prose: [.paragraph([.text(prose, SourcePlace(line: 1, column: 1))])],
            figures: origin.figures, setting: setting, model: model, widgets: widgets,
            question: question, problems: [])
    }

    /// Another setting with another answer: of a model from the catalogue, or the step's own with
    /// other g and s.
    private static func other(
        _ figure: FigureExpression, at own: CacheSetting, _ generator: inout Scramble
    ) -> (setting: CacheSetting, model: Model?)? {
        guard let before = figure.value(step: own, live: own, units: .both)?.amount else {
            return nil
        }
        let needsLatent = figure.variant == .mla
        for _ in 0..<200 {
            let chosen = Catalog.models.randomElement(using: &generator)
            let tokens = 1 << Int.random(in: 9...17, using: &generator)
            guard let model = chosen, let base = try? model.setting(tokens: tokens),
                base.windowed == nil, (base.latent != nil) == needsLatent
            else { continue }
            var changes: [Parameter: Int] = [:]
            if needsLatent {
                changes[.latentRank] = [128, 256, 384, 768].randomElement(using: &generator)
            } else if let heads = divisors(of: base.queryHeads).filter({ $0 > 1 })
                .randomElement(using: &generator)
            {
                changes[.keyValueHeads] = heads
            }
            guard let setting = try? base.setting(changes),
                let again = figure.quantity.value(at: setting, figure), again > 0, again != before
            else { continue }
            return (setting, model.describes(setting) ? model : nil)
        }
        return nil
    }

    /// "the shape of Llama 3 8B, 32 layers (l), …, 8,192 tokens (s), 2 bytes per number"
    private static func told(
        _ setting: CacheSetting, of model: Model?, for variant: AttentionVariant
    ) -> String {
        let hidden: Set<Parameter> =
            switch variant {
            case .gqa: [.latentRank, .rotaryDimension]
            case .mla: [.keyValueHeads]
            case .mha, .mqa: [.keyValueHeads, .latentRank, .rotaryDimension]
            }
        let parts = Parameter.allCases.filter { !hidden.contains($0) }.compactMap { parameter in
            setting[parameter].map { value in
                let text = Slider(parameter: parameter).text(value)
                switch parameter {
                case .bytesPerNumber: return "\(text) \(parameter.name)"
                case .batch, .headDimension, .latentRank, .rotaryDimension, .window:
                    return "\(parameter.name) \(text) (\(parameter.letter))"
                default: return "\(text) \(parameter.name) (\(parameter.letter))"
                }
            }
        }
        let name = model.map { "the shape of \($0.name), " } ?? ""
        return name + parts.joined(separator: ", ")
    }
}

extension Words {
    /// Whether it names no number, which would be of one setting only.
    fileprivate var holdsAnywhere: Bool { figures.isEmpty && !plain.contains(where: \.isNumber) }
}

extension FigureExpression.Quantity {
    /// Whether the cache's formula leads to it.
    fileprivate var isSize: Bool {
        switch self {
        case .cache, .numbers: true
        default: false
        }
    }

    fileprivate func value(at setting: CacheSetting, _ figure: FigureExpression) -> Double? {
        FigureExpression(
            quantity: self, parameter: figure.parameter, model: nil, changes: [:],
            variant: figure.variant, units: figure.units, isLive: false
        ).value(step: setting, live: setting, units: .both)?.amount
    }
}

extension FigureExpression {
    /// What it is, as a question that holds at any setting.
    fileprivate var asked: String {
        let cache = "the KV cache with \(variant.longName)"
        switch quantity {
        case .cache: return "How large is \(cache)?"
        case .token: return "How much does one more token add to \(cache), over all layers?"
        case .numbers: return "How many numbers does \(cache) hold?"
        case .numbersPerToken:
            return "How many numbers does \(cache) hold of one token, over all layers?"
        case .ratio: return "How many times less than multi-head attention's is \(cache)?"
        case .groupSize: return "How many query heads read each K/V head?"
        case .value: return "How many \(parameter?.name ?? "") are there?"
        case .legal, .legalCount: return "How many numbers of K/V heads are legal here?"
        case .multiplications:
            return "How many multiplications does one decode step take for scores and mixing?"
        case .queryNumbers: return "How many numbers are one token's queries, over all layers?"
        case .equalHeads: return "With which g would GQA cache just as much as MLA?"
        }
    }
}

/// Numbers that look random and are the same for the same question and time (SplitMix64).
private struct Scramble: RandomNumberGenerator {
    private var state: UInt64

    init(seed: String, times: Int) {
        state = seed.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325) &+ UInt64(max(0, times))) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
