import AttentionEngine
import Lessons
import ModelCatalog
import TerminalCanvas

/// The course as the learner meets it: where they are, what they set, what is open. A value:
/// `handle` changes it and says what the program must do, `draw` shows it.
package struct CourseApp: Sendable {
    /// The smallest terminal that lessons are shown on.
    package static let leastSize = Size(width: 60, height: 20)

    package internal(set) var course: Course
    let glyphs: Glyphs
    var size: Size
    var lessonIndex = 0
    var stepIndex = 0
    var setting: CacheSetting
    /// The model the setting came from, as long as its heads and layers are still the model's.
    var model: Model?
    /// The index of the slider that the arrow keys move.
    var focusIndex = 0
    var overlay: Overlay?
    var answering: Answering?
    /// Answers that are not kept, by "lesson/question", in place of those that are: questions asked
    /// again by `0`, so that the first answer stays in the notebook, and those that the course
    /// showed by itself.
    var unkeptAnswers: [String: AnswerRecord] = [:]
    /// Whether the question's hint was asked for.
    var isHintShown = false
    /// Questions put off with Esc: Space goes on past them.
    var isQuestionPutOff = false
    var pinned: CacheSetting?
    /// The GPUs that settings are looked at on.
    var serving = ServingChoice()
    /// What is known of the experiments under the steps.
    var measured = Measured()
    /// Which of the unseen questions is looked at.
    var lookedAt = 0
    /// Whether plots are shown as tables.
    var showsTable = false
    /// Where the learner's proposal is being moved; nil while it is not.
    var placing: Proposal?
    var units = Units.both
    var scroll = 0
    /// Where the step's parts stand, as of the last change; nil before the first.
    private var keptLayout: StepLayout?
    private var keptProse: WrittenProse?
    package internal(set) var progress: CourseProgress
    /// What to return to when exploring ends; nil while in a lesson.
    var exploredFrom: Place?
    /// The round of missed questions under way.
    var review: Review?
    /// The time by the machine's clock as text, "2026-11-23 17:20"; the program keeps it right.
    package var now: String?
    /// One line for the footer, until the next key.
    var notice: String?
    /// The place that is followed, where one is, and whether it still is.
    var followed: SharedPlace?
    /// What is seen there of experiments.
    var watched: Watched?
    var following: Following?
    /// Whether that has moved on while the learner was writing.
    var hasMissedPlace = false
    /// Whether the course goes on without keys, as `--auto` has it.
    package var goesByItself = false
    /// Whether the course is shown to a class.
    var isPresenting = false
    var pressedKey: Key?
    /// The slider that the mouse holds.
    var dragged: Parameter?

    struct Place: Hashable, Sendable {
        let setting: CacheSetting
        let model: Model?
        let focusIndex: Int
        let scroll: Int
    }

    /// Starts at a lesson and step (counted from 0), or where the progress says.
    package init(
        course: Course, size: Size, glyphs: Glyphs = .unicode,
        progress: CourseProgress = CourseProgress(),
        lesson: Int? = nil, step: Int? = nil
    ) {
        self.course = course
        self.size = size
        self.glyphs = glyphs
        self.progress = progress.clipped
        let exploring = progress.exploring
        guard let start = try? CacheSetting(text: PreparedLesson.defaultSetting) else {
            preconditionFailure("the default setting is a constant and tested")
        }
        self.setting = start
        if let lesson {
            enter(lesson: lesson, step: step ?? 0)
        } else if let kept = course.lessons.firstIndex(where: { $0.id == progress.lesson }) {
            let steps = course.lessons[kept].steps
            enter(lesson: kept, step: steps.firstIndex { $0.id == progress.step } ?? 0)
            bringBackSetting(exploring: exploring)
        } else {
            enter(lesson: 0, step: 0)
        }
        updateLayout()
    }

    /// The layout, made once for each change, since keys and screen ask for it many times.
    var stepLayout: StepLayout { keptLayout ?? layout() }

    var scrollLimit: Int { stepLayout.scrollLimit }

    /// To be called after every change.
    mutating func updateLayout() {
        updateMeasured()
        let (layout, prose) = layout(reusing: keptProse)
        keptLayout = layout
        keptProse = prose
        scroll = min(scroll, layout.scrollLimit)
    }

    /// Sets parameters as the command line asks for them; nothing changes where that throws.
    package mutating func apply(_ changes: [Parameter: Int]) throws(SettingError) {
        guard !changes.isEmpty else { return }
        take(try setting.setting(changes))
    }

    /// Sets everything.
    mutating func take(_ setting: CacheSetting) {
        self.setting = setting
        if let model, !model.describes(setting) { self.model = nil }
        updateLayout()
    }

    // MARK: What is on the screen

    var lesson: PreparedLesson? {
        course.lessons.indices.contains(lessonIndex) ? course.lessons[lessonIndex] : nil
    }

    /// The step on the screen: the lesson's, or that of exploring.
    var step: PreparedStep {
        if isExploring { return .explore(at: setting) }
        if let review { return review.current.step }
        guard let lesson, lesson.steps.indices.contains(stepIndex) else {
            return .empty(at: setting, because: lesson.flatMap(Self.error(in:)))
        }
        return lesson.steps[stepIndex]
    }

    var isExploring: Bool { exploredFrom != nil }

    var focused: Slider? {
        let sliders = step.sliders
        return sliders.indices.contains(focusIndex) ? sliders[focusIndex] : nil
    }

    var questionKey: String? {
        guard let question = step.question, let lesson else { return nil }
        return "\(lesson.id)/\(question.id)"
    }

    var record: AnswerRecord? {
        if let review { return review.current.record }
        return questionKey.flatMap { unkeptAnswers[$0] ?? progress.answers[$0] }
    }

    /// Whether the step asks something that has not been answered or given up.
    var isQuestionOpen: Bool { step.question != nil && record?.isRevealed != true }

    /// Whether figures and bars are hidden, because they would give the answer away.
    var isVeiled: Bool {
        guard isQuestionOpen, let question = step.question else { return false }
        switch question.kind {
        case .number, .choice: return true
        case .free, .find: return false
        }
    }

    var scene: Scene {
        // A question's own parameters stand in the formula before its result does.
        let asked = isVeiled && step.sliders.isEmpty ? answer?.origin?.setting : nil
        let proposal = seenProposal
        return Scene(
            setting: asked ?? setting, pinned: pinned, units: units,
            focus: focused?.parameter, isVeiled: isVeiled, measured: seen,
            measuredBefore: measuredBefore,
            showsTable: showsTable, lookedAt: lookedAt, proposal: proposal.place,
            isPlacing: proposal.isMoved, isProposalThere: proposal.isThere, built: changedModel,
            foreignVariant: foreignVariant)
    }

    /// The right number of the step's question.
    var answer: FigureValue? {
        guard case .number(let answer, _)? = step.question?.kind else { return nil }
        switch answer {
        case .plain(let value, let text):
            return FigureValue(amount: value, text: text, kind: .count, origin: nil)
        case .figure(let figure):
            return figure.value(step: step.setting, live: step.setting, units: units)
        }
    }

    /// Whether Space answers the question before it goes on.
    var isAskedFirst: Bool {
        isQuestionOpen && !isQuestionPutOff && !hasMoreBelow && !isAnswerNext
    }

    /// Whether going on shows the answer first, as before a class.
    var isAnswerNext: Bool { isPresenting && isAnswerOpen && !hasMoreBelow }

    /// Whether the step asks something with an answer of its own that has not been shown.
    var isAnswerOpen: Bool { isQuestionOpen && step.question?.kind != .free }

    var canGoOn: Bool { hasMoreBelow || !isExploring }

    /// Whether there is anything to put back: values, or an answered question.
    var canReset: Bool {
        review == nil
            && (setting != step.setting
                || record?.isRevealed == true && step.question?.kind != .free)
    }

    var isTooSmall: Bool {
        size.width < Self.leastSize.width || size.height < Self.leastSize.height
    }

    var stepCount: Int { lesson?.steps.count ?? 0 }
    var isFirstStep: Bool { lessonIndex == 0 && stepIndex == 0 }
    var isLastStep: Bool {
        lessonIndex == course.lessons.count - 1 && stepIndex == stepCount - 1
    }

    // MARK: Moving about

    mutating func enter(lesson: Int, step: Int) {
        guard course.lessons.indices.contains(lesson) else { return }
        lessonIndex = lesson
        stepIndex = min(max(0, step), max(0, stepCount - 1))
        exploredFrom = nil
        review = nil
        resetStep()
        recordVisit()
    }

    /// Notes where the learner is.
    mutating func recordVisit() {
        if following == nil, let lesson = self.lesson, lesson.steps.indices.contains(stepIndex) {
            progress.lesson = lesson.id
            progress.step = lesson.steps[stepIndex].id
            progress.visited.insert("\(lesson.id)/\(lesson.steps[stepIndex].id)")
        }
    }

    /// The step's own values again.
    mutating func resetStep() {
        let step = step
        setting = step.setting
        model = step.model
        focusIndex = step.sliders.firstIndex(where: \.isNew) ?? 0
        scroll = 0
        answering = nil
        placing = nil
        lookedAt = 0
        isQuestionPutOff = false
        isHintShown = false
        overlay = nil
        if record?.isRevealed == true { showAnswer() }
    }

    /// Changes parameters, or says in the footer why it cannot be.
    mutating func change(_ changes: [Parameter: Int]) {
        do throws(SettingError) {
            let next = try setting.setting(changes)
            // Where g was n it stays n, and where it has no slider nobody asks.
            if changes[.queryHeads] != nil, next.keyValueHeads != setting.keyValueHeads,
                setting.keyValueHeads != setting.queryHeads,
                step.sliders.contains(where: { $0.parameter == .keyValueHeads })
            {
                notice =
                    "g is now \(grouped(next.keyValueHeads)): K/V heads must divide the "
                    + "\(grouped(next.queryHeads)) query heads"
            }
            setting = next
            if let model, !model.describes(setting) { self.model = nil }
        } catch {
            notice = error.description
        }
    }
}

extension Model {
    /// Whether a setting still has the model's layers, heads and widths; g may differ.
    func describes(_ setting: CacheSetting) -> Bool {
        guard let own = try? self.setting(tokens: setting.tokens) else { return false }
        return own.layers == setting.layers && own.queryHeads == setting.queryHeads
            && own.headDimension == setting.headDimension && own.latent == setting.latent
    }
}

extension PreparedStep {
    private init(
        id: String, title: String, text: String, at setting: CacheSetting, widgets: [WidgetSpec]
    ) {
        self.init(
            id: id, title: title,
            prose: [.paragraph([.text(text, SourcePlace(line: 1, column: 1))])], figures: [:],
            setting: setting, model: nil, widgets: widgets, question: nil, problems: [])
    }

    /// All sliders, no script.
    static func explore(at setting: CacheSetting) -> PreparedStep {
        var parameters: [Parameter] = [
            .keyValueHeads, .queryHeads, .tokens, .layers, .headDimension, .batch, .bytesPerNumber,
        ]
        // A latent is what its size depends on, and no g.
        if setting.latent != nil {
            parameters =
                [.latentRank, .rotaryDimension] + parameters.dropFirst()
                + [.keyValueHeads]
        }
        if setting.windowed != nil { parameters += [.windowLayers, .window] }
        return PreparedStep(
            id: "explore", title: "Explore",
            text: "All sliders are yours. m: a real model; g: on GPUs; e: back to the lesson.",
            at: setting,
            widgets: [
                .heads(HeadsSpec()),
                .sliders(SlidersSpec(sliders: parameters.map { Slider(parameter: $0) })),
                .memory(MemorySpec()),
            ])
    }

    /// Stands in where a course has no step to show.
    static func empty(at setting: CacheSetting, because error: String?) -> PreparedStep {
        PreparedStep(
            id: "empty", title: error == nil ? "No lesson here" : "No step here",
            text: error
                ?? "This course holds no step that could be read. Run headroom lint on its folder "
                + "to see why.", at: setting, widgets: [])
    }
}
