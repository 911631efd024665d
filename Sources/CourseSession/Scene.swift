import AttentionEngine
import CourseContent
import ModelCatalog

/// What widgets are drawn from: the parameters, and what of them the learner has asked to see.
package struct Scene: Equatable, Sendable {
    /// What the pictures are about.
    package var setting: CacheSetting
    /// Where dials stand.
    package var dials = DialValues()
    var pinned: CacheSetting?
    /// How sizes are written.
    package var units: Units
    /// The tokens that the step's slider stops at, where it shows sizes of one variant; else none.
    var tokenStops: [Int] = []
    /// Which slider the arrow keys move; nil where there is none.
    package var focus: Movable?
    /// Whether a question is open, so that results are hidden.
    package var isVeiled: Bool
    /// How the experiments stand that the step shows.
    var experiments = ExperimentStatuses()
    /// How far the setting's sharing moves outputs, where the step shows that.
    package var sharing: SharingComparison?
    /// The learner's own words for the model, where they typed some.
    var kept: KeptWords?
    /// Whether plots are shown as tables.
    package var showsTable = false
    /// The learner's own proposal, where it is placed or being placed.
    package var proposal: Proposal?
    /// Whether the learner is moving the proposal.
    package var isPlacing = false
    /// Whether the proposal is not the learner's, but of the screen that is followed.
    package var isProposalThere = false
    /// The model that the setting was made from, where what is shown is no longer the model's own.
    @Boxed var built: Subject? = nil
    /// The model that the setting was made from as it was built; nil where there is none, or where
    /// no step shows it.
    var asBuilt: CacheSetting?
    /// The model that the setting came from, where the step shows what its weights do.
    @Boxed var model: Model? = nil
    /// The GPUs on which users are counted, with the weights that they hold, where these are known.
    var gpus = GPUChoice()
    /// How the size of these weights is known; nil where they are not.
    var weightsRule: String?
    /// The way to share that the step is about, where the setting itself shares otherwise.
    var foreignVariant: AttentionVariant?

    /// The heads as the step shows them.
    package var shownShape: AttentionShape {
        switch foreignVariant {
        case .mha?: setting.shape.ungrouped
        case .mqa?: setting.shape.withOneKeyValueHead
        case .gqa?, .mla?, nil: setting.shape
        }
    }

    /// The latent that every head's keys and values are made from, where the step shows one.
    package var shownLatent: LatentWidths? { foreignVariant == nil ? setting.latent : nil }
}

extension WidgetSpec {
    var isClocks: Bool { if case .clocks = self { true } else { false } }

    /// What its picture shows at a scene, told in words for those who read it as text.
    package func words(_ scene: Scene) -> [Passage] {
        switch self {
        case .heads(let spec): spec.words(scene)
        case .cache(let spec): CacheFigures(spec, scene).told
        case .head(let spec): HeadFigures(spec, scene).told
        case .sliders(let spec): spec.words(scene)
        case .memory(let spec): MemoryFigures(spec, scene).words
        case .bigFigure(let spec):
            [.paragraph("In large figures: \(MemoryFigures(spec, scene).shortResult).")]
        case .race(let spec): spec.words(scene)
        case .perspectives(let spec): spec.words(scene)
        case .append(let spec): spec.words(scene)
        case .outputs:
            (scene.sharing?.words(scene.setting.shape) ?? [])
                + (leftOut(of: scene.setting).map { [.row($0, mark: "")] } ?? [])
        case .times: TimesFigures(scene).words
        case .groups(let spec): GroupFigures(spec, scene).words
        case .chart(let spec): spec.words(scene)
        case .grid(let spec): spec.passages
        case .forms: FormsFigures.words(scene)
        case .clocks(let spec): ClockFigures(scene).words(withGroups: spec.showsGroups)
        case .tank: TankFigures(scene).words
        case .brackets: BracketFigures.words(scene)
        case .writing(let spec): WritingFigures(spec, scene).told
        case .looks: LooksFigures(scene).told
        case .diversity: DiversityFigures(scene).told
        case .losses: LossFigures(scene).told
        }
    }
}
