import AttentionEngine
import CourseContent
import ModelCatalog

/// What must not be shown of a step before its question is answered. Prose, pictures, search,
/// hand-outs and the plain mode all ask it.
package struct Veil: Hashable, Sendable {
    /// Whether results and bars are hidden.
    let isClosed: Bool
    /// What is asked for; figures that equal it are hidden.
    private let hidden: FigureValue?

    init(over step: PreparedStep, answer: @autoclosure () -> FigureValue?, record: AnswerRecord?) {
        isClosed =
            switch step.question?.kind {
            case .number?, .choice?: record?.isRevealed != true
            case .free?, .find?, nil: false
            }
        hidden = isClosed ? answer() : nil
    }

    /// A figure as it may be shown. What a parameter is set to, or leaves possible, equals the
    /// answer by chance, unless that is what is asked for.
    package func text(of value: FigureValue) -> String {
        guard let hidden, value.amount == hidden.amount else { return value.text }
        let isSet = value.showsWhatIsSet && !hidden.showsWhatIsSet
        return isSet ? value.text : "?"
    }
}

extension FigureValue {
    /// Whether it is a parameter's value, or the values that one may have.
    fileprivate var showsWhatIsSet: Bool {
        switch origin?.expression.quantity {
        case .value, .legal, .legalCount: true
        default: false
        }
    }
}

extension Session {
    /// The veil over what is on the screen.
    package var veil: Veil {
        // What comes behind a pause may ask for what stands before it.
        let step = wholeStep
        return Veil(over: step, answer: answer(of: step), record: record(of: step))
    }

    /// The veil over any step of a lesson, as it opens.
    func veil(over step: PreparedStep, in lesson: PreparedLesson) -> Veil {
        let known = step.question.flatMap { record(of: lesson.id(of: $0)) }
        return Veil(over: step, answer: answer(of: step), record: known)
    }

    /// Whether results and bars are hidden, because they would give the answer away.
    package var isVeiled: Bool { veil.isClosed }

    /// What is said to whoever asks for what is hidden, wherever they ask.
    package static let veiledWords = "Guess first: that could give the answer away."

    /// What is shown for a figure of the step; nil where it cannot be computed.
    package var figureText: (FigureExpression) -> String? {
        let (veil, step, live, units) = (veil, step.setting, setting, units)
        return { expression in
            expression.value(step: step, live: live, units: units).map(veil.text)
        }
    }

    /// What the step's pictures are drawn from.
    /// - Parameter moving: the proposal while the learner moves it.
    package func scene(moving: Proposal? = nil) -> Scene {
        let isVeiled = isVeiled
        let asked = asked
        let showsGroups = step.groups != nil
        let proposal = seenProposal(moving: moving)
        return Scene(
            setting: asked ?? setting, dials: subject.dials, pinned: pinned, units: units,
            tokenStops: tokenStops, focus: focused?.moved, isVeiled: isVeiled, experiments: seen,
            sharing: step.widgets.contains(.outputs)
                ? experiments.sharing(at: setting.shape) : nil,
            kept: keptWords, showsTable: showsTable, proposal: proposal.place,
            isPlacing: proposal.isMoved, isProposalThere: proposal.isThere, built: changedModel,
            asBuilt: showsGroups ? builtSetting : nil,
            model: step.widgets.contains(where: \.isClocks) ? model : nil,
            gpus: showsGroups || step.widgets.contains(.tank) ? servedGPUs : GPUChoice(),
            weightsRule: showsGroups ? servedShape.weights?.rule : nil,
            foreignVariant: foreignVariant)
    }

    /// A question's own parameters: they stand in the formula before its result does.
    private var asked: CacheSetting? {
        isVeiled && step.sliders.isEmpty ? answer?.origin?.setting : nil
    }

    /// The model to be named beside the step: where something on it is the model's, and the
    /// pictures do not show another that a question asks about.
    package var namedModel: Model? {
        let step = step
        let isUsed =
            step.widgets.contains(where: \.usesSetting)
            || step.figures.values.contains { $0.isLive || model == step.model }
        return isUsed && asked ?? setting == setting ? model : nil
    }

    /// The model to be named above the step: also where what is shown is a real one's cache that is
    /// kept in another way than its own.
    package var headedModel: Model? {
        namedModel ?? (showsRealModel ? MeasuredModel.catalogued : nil)
    }

    private var tokenStops: [Int] {
        guard step.memory?.showsBars == false, !isExploring else { return [] }
        return slider(of: .parameter(.tokens))?.stops(at: setting) ?? []
    }

    /// A scene at every g that the step's slider stops at, so that room can be kept for each; the
    /// scene alone where no slider moves g.
    package func acrossKeyValueHeads(_ scene: Scene) -> [Scene] {
        keyValueHeadStops.compactMap { heads in
            guard let setting = try? setting.setting([.keyValueHeads: heads]) else { return nil }
            var other = self
            other.take(setting)
            var there = scene
            there.setting = setting
            there.built = other.changedModel
            there.foreignVariant = other.foreignVariant
            return there
        }
    }

    /// Every g that the step's slider stops at; the present one where it has no slider.
    private var keyValueHeadStops: [Int] {
        slider(of: .parameter(.keyValueHeads))?.stops(at: setting) ?? [setting.keyValueHeads]
    }

    /// What the scenes at every g are made of; it stays while g moves.
    package func sourceAcrossKeyValueHeads(_ scene: Scene) -> ScenesSource {
        var common = scene
        common.setting = (try? setting.setting([.keyValueHeads: 1])) ?? setting
        (common.built, common.foreignVariant) = (nil, nil)
        return ScenesSource(
            step: position.step, scene: common, model: model, stops: keyValueHeadStops)
    }
}

/// What the scenes at every g are made of: all that a step shows but its g.
package struct ScenesSource: Equatable, Sendable {
    let step: StepID
    let scene: Scene
    let model: Model?
    let stops: [Int]
}
