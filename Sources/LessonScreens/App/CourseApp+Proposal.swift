import AttentionEngine
import CourseContent

/// The learner's own proposal, placed in the race's plot.
extension CourseApp {
    /// Whether the step lets a proposal be placed.
    var canPlace: Bool {
        step.widgets.contains {
            if case .race(let spec) = $0 { spec.proposal == .place } else { false }
        }
    }

    mutating func startPlacing() {
        placing = progress.proposal ?? .start
    }

    mutating func performPlacing(_ action: Action, from place: Proposal) {
        switch action {
        case .left: placing = place.moved(numbers: -4)
        case .right: placing = place.moved(numbers: 4)
        case .up: placing = place.moved(percent: 5)
        case .down: placing = place.moved(percent: -5)
        case .choose:
            progress.proposal = place
            placing = nil
        case .erase:
            progress.proposal = nil
            placing = nil
        default: placing = nil
        }
    }
}
