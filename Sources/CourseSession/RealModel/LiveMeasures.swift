import AttentionEngine

/// What the learner's own model can be measured for beside the course. How that is done is the
/// program's.
package struct LiveMeasures: Sendable {
    /// Its heads, as built.
    let heads: AttentionShape
    let layers: Int
    /// Ways to keep its cache that are compared.
    let ways: Int
    /// Seconds that one of them takes here, about, and what is done once before.
    let seconds: (way: Double, before: Double)
    /// Bytes that measuring takes at the most.
    let memoryNeeded: ByteCount
    let losses: @Sendable ([MeasuredModel.Point], _ threads: Int) -> any LiveFinding<LossesFound>
    let diversity: @Sendable (_ threads: Int) -> any LiveFinding<DiversityFound>

    /// Of a model's heads and layers; `losses` goes on behind the points that are known already.
    package init(
        heads: AttentionShape, layers: Int, ways: Int, seconds: (way: Double, before: Double),
        memoryNeeded: ByteCount,
        losses:
            @escaping @Sendable (
                _ known: [MeasuredModel.Point], _ threads: Int
            ) -> any LiveFinding<LossesFound>,
        diversity: @escaping @Sendable (_ threads: Int) -> any LiveFinding<DiversityFound>
    ) {
        (self.heads, self.layers, self.ways, self.seconds) = (heads, layers, ways, seconds)
        (self.memoryNeeded, self.losses, self.diversity) = (memoryNeeded, losses, diversity)
    }
}

/// Something that is found in a model, slice after slice.
package protocol LiveFinding<Found>: SlicedWork {
    associatedtype Found: Sendable

    /// What was found so far.
    var found: Found { get }
}

/// Any such work under way.
struct LiveFindingWork<Found: Sendable>: SlicedWork {
    private var finding: any LiveFinding<Found>

    init(_ finding: any LiveFinding<Found>) { self.finding = finding }

    var found: Found { finding.found }
    var isFinished: Bool { finding.isFinished }
    mutating func advance(for time: Duration) { finding.advance(for: time) }
    mutating func advance(for time: Duration, goesOn: () -> Bool) {
        finding.advance(for: time, goesOn: goesOn)
    }
}

extension MeasuredModel {
    /// What a model is called: of the file that the project measured as the lesson calls it.
    static func name(_ name: String, content: String) -> String {
        content == smolLM2.content ? smolLM2.name : name
    }

    /// Whose figures those are that were measured beside the course, where or when, and how far
    /// that has come, in fewer and fewer words.
    static func origins(
        of name: String, content: String, way: LiveWay?, _ origin: ExperimentStatuses.Origin
    ) -> [String] {
        let name = self.name(name, content: content)
        let place = origin.inWords
        switch way {
        case .under(let progress)?:
            return [
                "\(name) is measured \(place): \(progress.joined(separator: ", "))",
                "Measuring: \(progress.joined(separator: ", "))",
                "Measuring: \(progress.suffix(2).joined(separator: ", "))",
            ]
        case .stopped(let percent)?:
            return [
                "\(name), measured \(place); stopped at \(percent)", "Stopped at \(percent)",
            ]
        case nil: return ["\(name), measured \(place)", "Measured \(place)"]
        }
    }
}

/// How far measuring has come that is not over.
enum LiveWay {
    /// It goes on: what it is at, and how much is done; of what is done once before, that alone.
    case under([String])
    case stopped(String)

    /// Of a share of the work, or of what is done before it; nil where all is done.
    init?(_ share: Double?, isRunning: Bool, doing: String = "", secondsLeft: Double? = nil) {
        let percent = share.map { "\(Int($0 * 100))\u{A0}%" }
        guard isRunning else {
            if share == 1 { return nil }
            self = .stopped(percent ?? doing)
            return
        }
        let left = secondsLeft.map { "\(Self.length($0)) left" }
        self = .under([doing, percent, left].compactMap(\.self).filter { !$0.isEmpty })
    }

    /// "40 s" or "about 3 minutes"
    static func length(_ seconds: Double) -> String {
        seconds < 100
            ? "\(Int(seconds.rounded(.up))) s" : "about \(Int((seconds / 60).rounded())) minutes"
    }
}
