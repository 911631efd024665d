import AttentionEngine
import CourseContent
import Lessons
import ModelCatalog

/// A missed question, asked again: a number of another model, a choice in another order below the
/// step's own text.
struct ReviewQuestion: Sendable {
    let id: QuestionID
    /// The question as a step of its own.
    let step: PreparedStep
    var record: AnswerRecord?

    /// - Parameter times: how often it was asked again before; each time has its own numbers.
    init(_ missed: MissedQuestion, times: Int) {
        id = missed.id
        var generator = Scramble(seed: missed.id.description, times: times)
        let origin = missed.step
        let own = missed.question
        let asked =
            "From lesson \(missed.lessonNumber), \(missed.lessonTitle): \(ended(origin.title))"
        var setting = origin.setting
        var model = origin.model
        var question = own
        var widgets: [WidgetSpec] = []
        var prose: [Block] = [.words(asked)]
        switch own.kind {
        case .number(.figure(let figure), let tolerance):
            guard let other = Self.other(figure, at: origin.setting, &generator) else { break }
            setting = other.setting
            model = other.model
            let again = figure.ofAnySetting
            question.text = Words(again.asked(at: setting))
            question.kind = .number(.figure(again), tolerance: tolerance)
            question.because = again.reason(at: setting).map { Words($0) }
            question.hint = own.hint.flatMap { $0.holdsAnywhere ? $0 : nil }
            let sharing = figure.sharing(at: setting)
            let numbers = Self.told(
                setting, of: model, for: sharing, isAbout: figure.quantity.parameters)
            prose = [.words("\(asked) Other numbers now: \(numbers).")]
            if figure.quantity.isSize {
                widgets = [.memory(MemorySpec(only: sharing))]
            }
        case .choice(let choices):
            question.kind = .choice(choices.shuffled(using: &generator))
            prose += origin.prose
            widgets = origin.widgets
        case .number, .free, .find: prose += origin.prose
        }
        step = origin.again(question, below: prose, at: setting, of: model, widgets: widgets)
    }

    /// A model that shares heads as the question's setting does, as it is built, where the answer
    /// is another: what is said of a model in a review is true of it.
    ///
    /// With latents, which most models have alike, also a width of no model, and then without a
    /// name.
    private static func other(
        _ figure: FigureExpression, at own: CacheSetting, _ generator: inout Scramble
    ) -> (setting: CacheSetting, model: Model?)? {
        guard let value = figure.value(at: own) else { return nil }
        let sharing = figure.sharing(at: value.origin?.setting ?? own)
        let models = Catalog.models.filter {
            $0.shape.attention == sharing && $0.pattern == nil && $0.noSetting == nil
        }
        for attempt in 0..<200 {
            guard let model = models.randomElement(using: &generator),
                var setting = try? model.setting(
                    tokens: 1 << Int.random(in: 9...17, using: &generator))
            else { continue }
            if sharing == .mla, attempt >= 100 {
                let width = [128, 256, 384, 768].randomElement(using: &generator) ?? 128
                setting = (try? setting.setting([.latentRank: width])) ?? setting
            }
            guard let again = figure.ofAnySetting.value(at: setting)?.amount, again > 0,
                again != value.amount
            else { continue }
            return (setting, model.describes(setting) ? model : nil)
        }
        return nil
    }

    /// "those of Llama 3 8B, 32 layers (l), …, 8,192 tokens (s), 2 bytes per number"
    private static func told(
        _ setting: CacheSetting, of model: Model?, for variant: AttentionVariant,
        isAbout needed: [Parameter]?
    ) -> String {
        let hidden: Set<Parameter> =
            switch variant {
            case .gqa: [.latentRank, .rotaryDimension]
            case .mla: [.keyValueHeads]
            case .mha, .mqa: [.keyValueHeads, .latentRank, .rotaryDimension]
            }
        let parts = (needed ?? Parameter.allCases.filter { !hidden.contains($0) }).compactMap {
            parameter in
            setting[parameter].map { value in
                let text = parameter.text(value)
                switch parameter {
                case .bytesPerNumber: return "\(text) \(parameter.name)"
                case .batch, .headDimension, .latentRank, .rotaryDimension, .window:
                    return "\(parameter.name) \(text) (\(parameter.letter))"
                default: return "\(text) \(parameter.name) (\(parameter.letter))"
                }
            }
        }
        let name = model.map { "those of \($0.name), " } ?? ""
        return name + parts.joined(separator: ", ")
    }
}

extension Words {
    /// Whether it names no number, which would be of one setting only.
    fileprivate var holdsAnywhere: Bool { figures.isEmpty && !plain.contains(where: \.isNumber) }
}

extension FigureExpression.Quantity {
    /// The parameters that it depends on; nil where these are most of them.
    fileprivate var parameters: [Parameter]? {
        switch self {
        case .groupSize: [.queryHeads, .keyValueHeads]
        case .legal, .legalCount: [.queryHeads]
        default: nil
        }
    }

    /// Whether the cache's formula leads to it.
    fileprivate var isSize: Bool {
        switch self {
        case .cache, .numbers: true
        default: false
        }
    }
}

extension FigureExpression {
    /// How heads share where the figure is about GQA, whose ends are the others.
    fileprivate func sharing(at setting: CacheSetting) -> AttentionVariant {
        guard variant == .gqa else { return variant }
        return setting.shape.groupSize == 1 ? .mha : setting.keyValueHeads == 1 ? .mqa : .gqa
    }

    /// What leads to it, where no formula on the screen says so.
    fileprivate func reason(at setting: CacheSetting) -> String? {
        let (n, g, h) = (setting.queryHeads, setting.keyValueHeads, setting.headDimension)
        switch quantity {
        case .groupSize: return "n / g = \(n) / \(g)."
        case .ratio:
            return variant == .mla
                ? "MHA keeps n x h x 2 numbers of a token in a layer, MLA c + r."
                : "Only the factor n becomes g: n / g = \(n) / \(variant == .mqa ? 1 : g)."
        case .legal, .legalCount:
            return "The numbers that divide n = \(n) without a rest: "
                + divisors(of: n).map(String.init).joined(separator: ", ") + "."
        case .multiplications: return "2 x l x b x n x h x s: g does not stand in it."
        case .queryNumbers: return "l x n x h: g does not stand in it."
        case .equalHeads:
            guard let latent = setting.latent else { return nil }
            return "(c + r) / 2h = (\(latent.latentRank) + \(latent.rotaryDimension)) / \(2 * h)."
        case .token, .numbersPerToken:
            return variant == .mla
                ? "l x (c + r), and for its size x bytes."
                : "l x g x h x 2, and for its size x bytes."
        case .cache, .numbers, .value: return nil
        }
    }

    /// What it is, as a question that holds at any setting.
    fileprivate func asked(at setting: CacheSetting) -> String {
        let cache = "the KV cache with \(sharing(at: setting).longName)"
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
