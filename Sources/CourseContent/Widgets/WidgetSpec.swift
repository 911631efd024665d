/// A widget as a lesson asks for it.
package enum WidgetSpec: Hashable, Sendable {
    case heads(HeadsSpec)
    case cache(CacheSpec)
    case sliders(SlidersSpec)
    case memory(MemorySpec)
    case race(RaceSpec)
    case perspectives(PerspectivesSpec)
    case append(AppendSpec)
    case outputs
    case times
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
