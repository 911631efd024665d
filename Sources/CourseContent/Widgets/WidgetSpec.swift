import AttentionEngine
import ModelCatalog

/// A widget as a lesson asks for it.
package enum WidgetSpec: Hashable, Sendable {
    /// Which query head reads which K/V head.
    case heads(HeadsSpec)
    /// Tokens, and the keys and values kept of them.
    case cache(CacheSpec)
    /// One head that is computed by hand: keys and a query as arrows, shares, what is read.
    case head(HeadSpec)
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
    /// Outputs at this g compared with those of MHA and MQA.
    case outputs
    /// A decode step timed on this machine, for every legal g.
    case times
    /// Every legal g at once: what its cache takes, how many users fit, the time measured.
    case groups(GroupsSpec)
    /// Latent attention computed expanded and absorbed.
    case forms
    /// Published figures as bars.
    case chart(ChartSpec)
    /// Cells below and beside names, such as a mask.
    case grid(GridSpec)
    /// How long a token takes: reading beside computing, on a machine.
    case clocks(ClocksSpec)
    /// GPUs filled with weights and the caches of users.
    case tank
    /// The two ways to a score from latents, as matrices: keys made first, or the query turned.
    case brackets
    /// What a real model wrote, with its cache kept in some ways.
    case writing(WritingSpec)
    /// Where a real model's heads look in a sentence.
    case looks(LooksSpec)
    /// How different a real model's heads look, layer by layer.
    case diversity
    /// What each way to keep a real model's cache costs.
    case losses
    /// The result of a memory view, large; not for lessons to ask for.
    case bigFigure(MemorySpec)

    /// Where it stands on the screen: pictures, then sliders, then results.
    package var order: Int {
        switch self {
        case .heads, .cache, .head, .append, .grid, .clocks, .tank, .brackets, .looks: 0
        case .sliders: 1
        case .memory, .bigFigure, .race, .perspectives, .outputs, .times, .groups, .forms, .chart,
            .writing, .diversity, .losses:
            2
        }
    }

    /// The dials that it has, each with the values that mean something to it.
    package var dials: [Dial: ClosedRange<Int>] {
        switch self {
        case .cache(let spec): [.written: 1...max(1, spec.words.count), .cache: 0...1]
        case .head(let spec): spec.dials
        case .clocks: [.machine: 0...Accelerator.all.count, .work: 0...1]
        case .tank: [.machine: 0...Accelerator.all.count - 1, .devices: 1...16, .mla: 0...1]
        case .brackets: [.bracket: -1...BracketsSpec.tokens, .matrix: 0...1]
        case .writing: [.written: 1...WritingSpec.mostWritten]
        case .looks(let spec): [.layer: 0...spec.lookedAt - 1, .token: 1...spec.read]
        case .diversity: [.first: 0...1]
        case .losses: [.memory: 0...1]
        default: [:]
        }
    }

    /// The same in a step that begins with a setting, which its sliders can come back to, among
    /// pictures that have dials.
    func beginning(
        at setting: CacheSetting, beside dials: [Dial: ClosedRange<Int>]
    ) -> WidgetSpec {
        guard case .sliders(var spec) = self else { return self }
        for index in spec.sliders.indices {
            switch spec.sliders[index].moved {
            case .parameter(let parameter): spec.sliders[index].own = setting[parameter]
            case .dial(let dial):
                let (own, shown) = (spec.sliders[index].range, dials[dial])
                spec.sliders[index].range = shown.map { own?.clamped(to: $0) ?? $0 } ?? own
            }
        }
        return .sliders(spec)
    }

    /// Whether what it shows depends on the setting.
    package var usesSetting: Bool {
        switch self {
        case .race(let spec): spec.marksG
        case .perspectives, .chart, .grid, .head, .looks, .diversity, .losses: false
        default: true
        }
    }
}

extension [WidgetSpec] {
    /// The dials of all of them, each with the values that mean something to every one that has it.
    var dials: [Dial: ClosedRange<Int>] {
        reduce(into: [:]) { $0.merge($1.dials) { $0.clamped(to: $1) } }
    }

    /// The values of dials that a lesson names for their sliders.
    var statedStops: [(dial: Dial, value: Int)] {
        flatMap { widget -> [(dial: Dial, value: Int)] in
            guard case .sliders(let spec) = widget else { return [] }
            return spec.sliders.flatMap { slider -> [(dial: Dial, value: Int)] in
                guard case .dial(let dial) = slider.moved else { return [] }
                let ends = slider.range.map { [$0.lowerBound, $0.upperBound] } ?? []
                // An end that no lesson names is no stop.
                return ((slider.stops ?? []) + ends.filter(dial.stops.contains)).map { (dial, $0) }
            }
        }
    }
}

/// The query heads and the K/V heads they read, as a lesson asks for them.
package struct HeadsSpec: Hashable, Sendable {
    /// Which K/V head each query head reads; the raw value is the word in a lesson.
    package enum Mapping: String, CaseIterable, Hashable, Sendable {
        /// Neighbours read the same one: 0, 0, 1, 1.
        case `repeat`
        /// Heads take turns: 0, 1, 0, 1.
        case tile
        /// Both, one under the other.
        case both
    }

    /// Which K/V head each query head reads.
    package var mapping = Mapping.repeat
    /// Whether, where there is room, what is kept of each token stands below the heads.
    package var showsCache = true
}

/// Every legal g at once, as a lesson asks for it.
package struct GroupsSpec: Hashable, Sendable {
    /// Whether it says how many users fit.
    package var showsUsers = true
    /// Whether it says how long one layer's step takes.
    package var showsTimes = true
}

/// How long a token takes, as a lesson asks for it.
package struct ClocksSpec: Hashable, Sendable {
    /// Whether the same stands below for every legal g, where there is room.
    package var showsGroups = true
}

/// A sentence written token by token, and the keys and values made on the way, as a lesson asks for
/// it.
package struct CacheSpec: Hashable, Sendable {
    /// The tokens, in order.
    package var words: [String]

    /// As many tokens as a lesson may name.
    package static let mostWords = 40
}

/// The two ways to a score from latents, which a lesson asks for without more words.
package enum BracketsSpec {
    /// The tokens whose scores are found.
    package static let tokens = 6
}

/// A real cache that a key fills, token by token, as a lesson asks for it.
package struct AppendSpec: Hashable, Sendable {
    /// The tokens, in order.
    package var words: [String]

    /// As many tokens as a lesson may name.
    package static let mostWords = 12
}

/// What each head of a trained layer looks at, as a lesson asks for it.
package struct PerspectivesSpec: Hashable, Sendable {
    /// The layer, one of the race's.
    package let variant: RecallVariant
}
