/// A widget as a lesson asks for it.
package enum WidgetSpec: Hashable, Sendable {
    /// Which query head reads which K/V head.
    case heads(HeadsSpec)
    /// Tokens, and the keys and values kept of them.
    case cache(CacheSpec)
    /// What the learner can move.
    case sliders(SlidersSpec)
    /// The formula with its numbers, and a bar for each variant.
    case memory(MemorySpec)
    /// The recall race: accuracy against memory.
    case race(RaceSpec)
    /// What each head of a trained layer looks at.
    case perspectives(PerspectivesSpec)
    /// A real cache that a key fills, token by token.
    case append(AppendSpec)
    /// Outputs at this g compared with those of MHA, MQA and tile.
    case outputs
    /// A decode step timed on this machine, for every legal g.
    case times
    /// Latent attention computed expanded and absorbed.
    case forms
    /// The result of a memory view, large; not for lessons to ask for.
    case bigFigure(MemorySpec)

    /// Where it stands on the screen: pictures, then sliders, then results.
    package var order: Int {
        switch self {
        case .heads, .cache, .append: 0
        case .sliders: 1
        case .memory, .bigFigure, .race, .perspectives, .outputs, .times, .forms: 2
        }
    }

    /// Whether what it shows depends on the setting.
    package var usesSetting: Bool {
        switch self {
        case .race(let spec): spec.marksG
        case .perspectives: false
        default: true
        }
    }
}
