import AttentionEngine
import CourseContent

/// How the experiments stand that the step on the screen shows, and nothing else of them: a part is
/// missing where nothing was run.
///
/// What is read may come from anywhere. The forms in the file know their types only; `Watched` takes
/// of them what can be.
struct SharedMeasured: Hashable, Sendable {
    var race: SharedRace?
    /// The control of the race.
    var widened: SharedRace?
    var layers: [SharedLayer]?
    var times: SharedTimes?
    var forms: SharedForms?
    var cache: SharedCache?
    var proposal: SharedProposal?
}

extension SharedMeasured: Codable {
    /// Leaves out the parts that are not as they are written.
    init(from decoder: any Decoder) {
        let values = try? decoder.container(keyedBy: CodingKeys.self)
        func part<Part: Decodable>(_ key: CodingKeys) -> Part? {
            try? values?.decodeIfPresent(Part.self, forKey: key)
        }
        self.init(
            race: part(.race), widened: part(.widened), layers: part(.layers),
            times: part(.times), forms: part(.forms), cache: part(.cache),
            proposal: part(.proposal))
    }
}

/// A race: the run under way, or else the newest results where those did not come with the program.
struct SharedRace: Hashable, Sendable, Codable {
    var results: RaceResults?
    var run: RaceStanding.Run?
}

/// A layer in training or trained, and what it makes of the question that is looked at.
struct SharedLayer: Hashable, Sendable, Codable {
    let variant: String
    let seed: UInt64
    let step: Int
    let steps: Int
    let accuracy: Double
    /// The rest is known once it is trained.
    let perspectives: Int?
    let bits: Double?
    let followed: [Int]?
    /// `attention[head][item]`
    let attention: [[Double]]
    let answers: [Int]
    let right: [Int]
    let targets: [Int]
}

/// The times of the setting's decode step, in seconds.
struct SharedTimes: Hashable, Sendable, Codable {
    struct Row: Hashable, Sendable, Codable {
        let g: Int
        let shared: Double
        let repeated: Double
    }

    let rows: [Row]
    let threads: Int
    let share: Double
    let isRunning: Bool
}

/// Both forms of latent attention at the setting, times in seconds.
struct SharedForms: Hashable, Sendable, Codable {
    let heads: Int
    let bytesHeld: Int
    let expanded: Double
    let absorbed: Double
    let largestDifference: Float
    let largestOutput: Float
    let isRunning: Bool
}

/// What the cache holds that is filled token by token.
struct SharedCache: Hashable, Sendable, Codable {
    let tokens: Int
    let bytesHeld: Int
}

/// The proposal in the race's plot; without a place where there is none.
struct SharedProposal: Hashable, Sendable, Codable {
    var place: Proposal?
    /// Whether it is being moved.
    var isMoved: Bool
}

extension CourseApp {
    /// What the step shows of experiments; nil where it is about none.
    var sharedMeasured: SharedMeasured? {
        guard !isExploring, review == nil, step.widgets.contains(where: { $0.engine != nil })
        else { return nil }
        var shared = SharedMeasured()
        for widget in step.widgets {
            switch widget {
            case .race(let spec):
                shared.race = SharedRace(measured.race, isRunShown: !spec.isWidened)
                if spec.isWidened { shared.widened = SharedRace(measured.widened) }
                if spec.proposal != nil {
                    shared.proposal = SharedProposal(
                        place: placing ?? progress.proposal, isMoved: placing != nil)
                }
            case .perspectives(let spec):
                guard let layer = measured.layers[spec.variant] else { continue }
                shared.layers =
                    (shared.layers ?? [])
                    + [SharedLayer(layer, of: spec.variant, at: lookedAt)]
            case .times:
                shared.times = measured.times.flatMap {
                    $0.describes(setting) ? SharedTimes($0) : nil
                }
            case .forms:
                shared.forms = measured.forms.flatMap {
                    $0.describes(setting) ? SharedForms($0) : nil
                }
            case .append:
                shared.cache = measured.held.map {
                    SharedCache(tokens: $0.tokens, bytesHeld: $0.bytes.bytes)
                }
            case .heads, .cache, .sliders, .memory, .outputs, .bigFigure: break
            }
        }
        return shared
    }
}

extension SharedRace {
    fileprivate init(_ standing: RaceStanding, isRunShown: Bool = true) {
        if isRunShown, let run = standing.run {
            self.init(run: run.short)
        } else {
            self.init(results: standing.results.date == nil ? nil : standing.results.short)
        }
    }
}

extension RaceResults {
    fileprivate var short: RaceResults {
        RaceResults(plan: plan, date: date, rows: rows.map(\.short))
    }
}

extension RaceStanding.Run {
    fileprivate var short: RaceStanding.Run {
        RaceStanding.Run(
            plan: plan, rows: rows.map(\.short), share: share, secondsLeft: secondsLeft,
            isPaused: isPaused)
    }
}

extension RaceRow {
    /// Points of a curve at the most: all that a race of 6,000 steps has.
    private static let mostPoints = 240

    /// With a curve that takes little room in a file: five decimals, which no plot tells from all.
    fileprivate var short: RaceRow {
        let stride = max(1, (curve.count + Self.mostPoints - 1) / Self.mostPoints)
        let last = curve.count - 1
        let points = curve.enumerated().filter { (last - $0.offset) % stride == 0 }.map {
            Point(step: $0.element.step, accuracy: ($0.element.accuracy * 1e5).rounded() / 1e5)
        }
        return RaceRow(variant: variant, accuracy: accuracy, measured: measured, curve: points)
    }
}

extension SharedLayer {
    fileprivate init(_ layer: LayerStanding, of variant: RecallVariant, at question: Int) {
        let look = layer.look(at: question)
        self.init(
            variant: variant.id, seed: layer.seed, step: layer.step, steps: layer.steps,
            accuracy: layer.accuracy, perspectives: layer.found?.measured.perspectives,
            bits: layer.found?.measured.bits, followed: look.followed, attention: look.attention,
            answers: look.answers, right: look.right, targets: look.targets)
    }
}

extension SharedTimes {
    fileprivate init(_ standing: TimesStanding) {
        self.init(
            rows: standing.rows.map {
                Row(
                    g: $0.step.shape.keyValueHeads, shared: $0.shared.seconds,
                    repeated: $0.repeated.seconds)
            }, threads: standing.threads, share: standing.share, isRunning: standing.isRunning)
    }
}

extension SharedForms {
    fileprivate init(_ standing: FormsStanding) {
        func seconds(_ form: LatentForm) -> Double { (standing.times[form] ?? .zero).seconds }
        self.init(
            heads: standing.heads, bytesHeld: standing.bytesHeld.bytes,
            expanded: seconds(.expanded), absorbed: seconds(.absorbed),
            largestDifference: standing.largestDifference,
            largestOutput: standing.largestOutput, isRunning: standing.isRunning)
    }
}
