import AttentionEngine
import TerminalCanvas

/// A widget as a lesson asks for it.
enum WidgetSpec: Hashable, Sendable {
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
    var order: Int {
        switch self {
        case .heads, .cache, .append: 0
        case .sliders: 1
        case .memory, .bigFigure, .race, .perspectives, .outputs, .times, .forms: 2
        }
    }

    /// What `r` runs in it at a setting; nil where there is nothing to run.
    func experiment(at setting: CacheSetting) -> (any Experiment)? {
        switch self {
        case .race(let spec): spec.experiment
        case .perspectives(let spec): LayerExperiment(variant: spec.variant)
        case .append(let spec): TokensExperiment(setting: setting, words: spec.words.count)
        case .times: TimesExperiment(setting)
        case .forms: FormsExperiment(setting)
        default: nil
        }
    }

    /// Whether it is a picture or plot that `t` shows as a table; in ASCII heads' attention is
    /// numbers anyway.
    func hasTable(_ glyphs: Glyphs) -> Bool {
        switch self {
        case .race(let spec): spec.plot != .table
        case .perspectives: !glyphs.isASCII
        default: false
        }
    }

    /// Whether what it shows depends on the setting.
    var usesSetting: Bool {
        switch self {
        case .race(let spec): spec.marksG
        case .perspectives: false
        default: true
        }
    }

    var widget: any Widget {
        switch self {
        case .heads(let spec): HeadsPicture(spec: spec)
        case .cache(let spec): CachePicture(spec: spec)
        case .sliders(let spec): SliderPanel(spec: spec)
        case .memory(let spec): MemoryView(spec: spec)
        case .race(let spec): RaceView(spec: spec)
        case .perspectives(let spec): PerspectivesView(spec: spec)
        case .append(let spec): AppendView(spec: spec)
        case .outputs: OutputsView()
        case .times: TimesView()
        case .forms: FormsView()
        case .bigFigure(let spec): BigFigure(spec: spec)
        }
    }
}

struct HeadsSpec: Hashable, Sendable {
    enum Mapping: String, CaseIterable, Hashable, Sendable {
        case `repeat`, tile, both
    }

    var mapping = Mapping.repeat
}

struct CacheSpec: Hashable, Sendable {
    enum Mode: String, CaseIterable, Hashable, Sendable {
        case kept, recomputed
    }

    var words: [String] = []
    var mode = Mode.kept
}

struct SlidersSpec: Hashable, Sendable {
    var sliders: [Slider] = []
}

struct MemorySpec: Hashable, Sendable {
    /// A factor of the formula as a lesson names it.
    enum Factor: Hashable, Sendable {
        case parameter(Parameter)
        case keyAndValue
    }

    /// The variants a lesson names; nil where it leaves them to the setting.
    var named: [AttentionVariant]?
    /// The factors shown so far; nil shows all.
    var factors: Set<Factor>?
    var showsBars = true

    /// The named ones, or MHA, GQA and MQA; and beside GQA, the setting's own sharing, MLA where the
    /// setting has its widths.
    func variants(at setting: CacheSetting) -> [AttentionVariant] {
        let named = named ?? [.mha, .gqa, .mqa]
        let isOwnMissing = named.contains(.gqa) && !named.contains(.mla)
        return setting.latent != nil && isOwnMissing ? named + [.mla] : named
    }

    /// Whether a factor is among those shown so far.
    func shows(_ kind: CacheFactor.Kind) -> Bool {
        guard let factors else { return true }
        switch kind {
        case .parameter(let parameter): return factors.contains(.parameter(parameter))
        case .keyAndValue: return factors.contains(.keyAndValue)
        case .headCount: return factors.contains(.parameter(.keyValueHeads))
        case .latentNumbers: return true
        case .tokensKeptOverLayers: return factors.contains(.parameter(.tokens))
        }
    }

    /// The variant whose formula is shown, the one that moves: MLA, else GQA, else the last.
    func formulaVariant(at setting: CacheSetting) -> AttentionVariant {
        let variants = variants(at: setting).filter { $0 != .mla || setting.latent != nil }
        return [.mla, .gqa].first(where: variants.contains) ?? variants.last ?? .gqa
    }

    /// The variant whose formula is shown, where the setting itself shares otherwise: lessons that
    /// are only about MHA show every model as MHA.
    func foreignVariant(at setting: CacheSetting) -> AttentionVariant? {
        let shown = formulaVariant(at: setting)
        return shown.describes(setting) ? nil : shown
    }
}

extension AttentionVariant {
    /// Whether heads share this way at a setting.
    fileprivate func describes(_ setting: CacheSetting) -> Bool {
        switch self {
        case .mha: setting.latent == nil && setting.shape.groupSize == 1
        case .gqa: setting.latent == nil
        case .mqa: setting.latent == nil && setting.keyValueHeads == 1
        case .mla: setting.latent != nil
        }
    }
}
