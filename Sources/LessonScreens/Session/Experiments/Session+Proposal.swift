import AttentionEngine
import CourseContent

/// The learner's own proposal, placed in the race's plot.
extension Session {
    /// Whether the step lets a proposal be placed.
    package var canPlace: Bool {
        step.widgets.contains {
            if case .race(let spec) = $0 { spec.proposal == .place } else { false }
        }
    }

    /// Keeps the learner's proposal; nil takes it away.
    package mutating func place(_ proposal: Proposal?) { kept.proposal = proposal }

    /// The proposal that is shown: one's own, or that of the screen that is followed.
    func seenProposal(
        moving: Proposal?
    ) -> (place: Proposal?, isMoved: Bool, isThere: Bool) {
        guard moving == nil, let told = followed?.experiments?.proposal,
            isFollowing || told.place != nil
        else { return (moving ?? kept.proposal, moving != nil, false) }
        return (told.place, told.isMoved, true)
    }

    /// Notes that the learner runs their own experiment: that one is theirs from now on.
    package mutating func runOwn() {
        if let engine { followed?.experiments?.leave(engine) }
        letGo()
    }

    /// Notes that the learner places their own proposal.
    package mutating func placeOwn() {
        followed?.experiments?.leaveProposal()
        letGo()
    }

    /// What is seen of the experiments at a screen; nil where nothing is told of any.
    func watched(at screen: SharedScreen) -> Watched? {
        guard !screen.position.isExploring, let shared = screen.measured,
            let found = course.find(screen.position.step), let setting = screen.position.subject?.setting
        else { return nil }
        return Watched(shared, of: course.lessons[found.lesson].steps[found.step], at: setting)
    }

    /// What is shown of experiments: one's own, or those of the screen that is followed.
    var seen: Measured {
        var seen = here
        guard let watched = followed?.experiments else { return seen }
        for engine in watched.engines
        where isFollowing || watched.has(engine, of: step, at: setting) {
            seen.take(engine, from: watched.measured)
        }
        return seen
    }
}
