import AttentionEngine
import CourseContent
import Lessons
import ModelCatalog

/// A missed question, asked again: a number of another model; any other, a choice in another order,
/// below the step's own text and pictures.
struct ReviewQuestion: Sendable {
    let id: QuestionID
    /// The question as a step of its own.
    let step: PreparedStep
    var record: AnswerRecord?

    /// - Parameter times: how often it was asked again before; each time has its own numbers.
    init(_ missed: MissedQuestion, times: Int) {
        id = missed.id
        var generator = SplitMix(times: times, of: missed.id.description)
        let origin = missed.step
        var setting = origin.setting
        var model = origin.model
        var question = missed.question
        // What the text tells to do is done to the pictures beside it.
        var (prose, widgets) = (origin.prose, origin.widgets)
        var numbers = ""
        switch question.kind {
        case .number(.figure(let figure), let tolerance) where figure.comparison == nil:
            guard let other = Self.other(figure, at: setting, &generator) else { break }
            (setting, model) = other
            let again = figure.ofAnySetting
            let asked = again.asked(at: setting)
            question.text = Words(asked.text)
            question.kind = .number(.figure(again), tolerance: tolerance)
            question.because = asked.reason.map { Words($0) }
            question.hint = question.hint.flatMap { $0.holdsAnywhere ? $0 : nil }
            let sharing = figure.sharing(at: setting)
            let told = Self.told(setting, of: model, for: sharing, isAbout: asked.parameters)
            numbers = " New numbers: \(told)."
            prose = []
            widgets = asked.isSize ? [.memory(MemorySpec(only: sharing))] : []
        case .choice(let choices):
            question.kind = .choice(choices.shuffled(using: &generator))
        case .number, .free, .find: break
        }
        step = origin.again(
            question, below: [.words(missed.origin + numbers)] + prose, at: setting, of: model,
            widgets: widgets)
    }

    /// A model that shares heads as the question's setting does, as it is built, where the answer
    /// is another: what is said of a model in a review is true of it.
    ///
    /// With latents, which most models have alike, also a width of no model, and then without a
    /// name.
    private static func other(
        _ figure: FigureExpression, at own: CacheSetting, _ generator: inout SplitMix
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
            let again = figure.ofAnySetting.value(at: setting)
            guard let again, again.amount > 0, again.amount != value.amount else { continue }
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

extension FigureExpression {
    /// What a figure is as a question that holds at any setting.
    fileprivate struct Asked {
        let text: String
        /// What leads to the answer, where no formula on the screen says so.
        var reason: String?
        /// The parameters that it depends on; nil where these are most of them.
        var parameters: [Parameter]?
        /// Whether the cache's formula leads to it.
        var isSize = false
    }

    fileprivate func asked(at setting: CacheSetting) -> Asked {
        let (n, g, h) = (setting.queryHeads, setting.keyValueHeads, setting.headDimension)
        let cache = "the KV cache with \(sharing(at: setting).longName)"
        let isLatent = variant == .mla
        let ofToken = "l x \(isLatent ? "(c + r)" : "g x h x 2"), and for its size x bytes."
        switch quantity {
        case .cache: return Asked(text: "How large is \(cache)?", isSize: true)
        case .numbers: return Asked(text: "How many numbers does \(cache) hold?", isSize: true)
        case .token:
            return Asked(
                text: "How much does one more token add to \(cache), over all layers?",
                reason: ofToken)
        case .numbersPerToken:
            return Asked(
                text: "How many numbers does \(cache) hold of one token, over all layers?",
                reason: ofToken)
        case .ratio:
            return Asked(
                text: "How many times less than multi-head attention's is \(cache)?",
                reason: isLatent
                    ? "MHA keeps n x h x 2 numbers of a token in a layer, MLA c + r."
                    : "Only the factor n becomes g: n / g = \(n) / \(variant == .mqa ? 1 : g).")
        case .groupSize:
            return Asked(
                text: "How many query heads read each K/V head?",
                reason: "n / g = \(n) / \(g).", parameters: [.queryHeads, .keyValueHeads])
        case .value: return Asked(text: "How many \(parameter?.name ?? "") are there?")
        case .legal, .legalCount:
            return Asked(
                text: "How many numbers of K/V heads are legal here?",
                reason: "The divisors of n = \(n): "
                    + divisors(of: n).map(String.init).joined(separator: ", ") + ".",
                parameters: [.queryHeads])
        case .multiplications:
            return Asked(
                text: "How many multiplications does one decode step take for scores and mixing?",
                reason: "2 x l x b x n x h x s: g is not in it.")
        case .queryNumbers:
            return Asked(
                text: "How many numbers are one token's queries, over all layers?",
                reason: "l x n x h: g is not in it.")
        case .equalHeads:
            return Asked(
                text: "With which g would GQA cache just as much as MLA?",
                reason: setting.latent.map {
                    "(c + r) / 2h = (\($0.latentRank) + \($0.rotaryDimension)) / \(2 * h)."
                })
        }
    }

    /// How heads share where the figure is about GQA, whose ends are the others.
    fileprivate func sharing(at setting: CacheSetting) -> AttentionVariant {
        variant == .gqa ? setting.shape.variant : variant
    }
}

extension SplitMix {
    /// Numbers that look random and are the same for the same question and time.
    fileprivate init(times: Int, of question: String) {
        let start = UInt64(0xcbf2_9ce4_8422_2325) &+ UInt64(max(0, times))
        self.init(state: question.utf8.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 })
    }
}
