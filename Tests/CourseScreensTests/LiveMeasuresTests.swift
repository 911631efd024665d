import AttentionEngine
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("What the learner's own model is measured for")
struct LiveMeasuresTests {
    /// Something that is found at once.
    private struct Known<Found: Sendable>: LiveFinding {
        let found: Found
        var isFinished: Bool { true }
        mutating func advance(for time: Duration) {}
    }

    /// Of a model of two layers, eight query heads on four K/V heads of width 16: each of its four
    /// ways takes so long.
    static func measures(secondsPerWay: Double = 1, layers: Int = 2) -> LiveMeasures {
        guard let heads = try? AttentionShape(queryHeads: 8, keyValueHeads: 4, headDimension: 16)
        else { preconditionFailure("heads that divide") }
        return LiveMeasures(
            heads: heads, layers: layers, ways: 4, seconds: (secondsPerWay, 0),
            memoryNeeded: ByteCount(1),
            losses: { known, _ in
                Known(
                    found: LossesFound(
                        heads: heads, layers: 2, tokens: 1_024, points: known, doing: "as built",
                        share: Double(known.count) / 4, secondsLeft: nil))
            },
            diversity: { _ in Known(found: DiversityFound(tokens: 0, layers: [], share: 0)) })
    }
}
