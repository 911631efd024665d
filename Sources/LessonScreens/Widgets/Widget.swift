import AttentionEngine
import TerminalCanvas

/// What widgets are drawn from: the parameters, and what of them the learner has asked to see.
struct Scene: Sendable {
    var setting: CacheSetting
    var pinned: CacheSetting?
    var units: Units
    /// Which slider the arrow keys move; nil where there is none.
    var focus: Parameter?
    /// Whether a question is open, so that results are hidden.
    var isVeiled: Bool
    /// How the experiments stand that the step shows.
    var experiments = ExperimentStatuses()
    /// How far the setting's sharing moves outputs, where the step shows that.
    var sharing: SharingComparison?
    /// Whether plots are shown as tables.
    var showsTable = false
    /// The learner's own proposal, where it is placed or being placed.
    var proposal: Proposal?
    var isPlacing = false
    /// Whether the proposal is not the learner's, but of the screen that is followed.
    var isProposalThere = false
    /// The model that the setting was made from, where what is shown is no longer the model's own.
    var built: BuiltModel?
    /// The way to share that the step is about, where the setting itself shares otherwise.
    var foreignVariant: AttentionVariant?

    /// The heads as the step shows them.
    var shownShape: AttentionShape {
        switch foreignVariant {
        case .mha?: setting.shape.ungrouped
        case .mqa?: setting.shape.withOneKeyValueHead
        case .gqa?, .mla?, nil: setting.shape
        }
    }

    /// The latent that every head's keys and values are made from, where the step shows one.
    var shownLatent: LatentWidths? { foreignVariant == nil ? setting.latent : nil }
}

/// A model as it was built, to hold what became of it against.
struct BuiltModel: Hashable, Sendable {
    let name: String
    let setting: CacheSetting
}

/// A part of a step's screen that is drawn from the parameters.
protocol Widget: Sendable {
    /// The rows it can do with and the rows it likes at a width. Cost: O(what it draws).
    func heights(width: Int, scene: Scene, glyphs: Glyphs) -> ClosedRange<Int>

    /// The rows it makes use of where it is given some, between its least and liked height.
    func height(within available: Int, width: Int, scene: Scene, glyphs: Glyphs) -> Int

    /// Draws itself inside an area of at least its least height; a function of scene and area.
    func draw(in area: Rect, on canvas: inout Canvas, scene: Scene)

    /// The same picture told in words, for those who read it as text.
    func words(scene: Scene) -> [Passage]
}

extension Widget {
    func height(within available: Int, width: Int, scene: Scene, glyphs: Glyphs) -> Int {
        available
    }
}
