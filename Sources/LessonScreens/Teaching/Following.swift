import AttentionEngine

/// How an app stands to a place that it follows.
package enum Following: Hashable, Sendable {
    case following
    /// The learner went their own way; a key leads back.
    case letGo
}

extension CourseApp {
    /// Says what is waited for, until there is a place to follow.
    package mutating func waitForPlace(in file: String) {
        following = .following
        notice = "Waiting for a screen to be shared in \(file)."
    }

    /// Follows a place: shows it now, unless the learner has let go. Whoever has sees how the
    /// experiments go on that they saw when they did.
    package mutating func follow(_ place: SharedPlace) {
        defer { updateLayout() }
        let isSamePlace = followed?.withoutMeasured == place.withoutMeasured
        followed = place
        if following == nil { following = .following }
        if following == .letGo {
            let news = watched(at: place)
            watched?.goOn(with: news)
        } else if isSamePlace, !hasMissedPlace {
            // What the learner has opened stays open while only an experiment goes on.
            watched = watched(at: place)
        } else if isWriting {
            hasMissedPlace = true
        } else {
            show(place)
        }
    }

    /// Says that no more is told of the place that is followed; its last screen stays.
    package mutating func loseFollowed(in file: String) {
        guard followed != nil, followed?.isOver != true else { return }
        followed?.isOver = true
        notice = "\(file) holds no shared screen any more; the last one stays."
    }

    /// "following", "on your own", or that there is nothing more to follow.
    var followingWords: String? {
        switch following {
        case .following?: followed?.isOver == true ? "ended" : "following"
        case .letGo?: "on your own"
        case nil: nil
        }
    }

    /// Whether the learner writes something that moving on would take away.
    private var isWriting: Bool {
        if case .note? = overlay { return true }
        if case .typing? = answering { return true }
        return false
    }

    /// Catches up with the place that is followed, once nothing is being written any more.
    mutating func catchUp() {
        guard hasMissedPlace, !isWriting else { return }
        hasMissedPlace = false
        // What was said of the words that were written is still news.
        let said = notice
        if following == .following, let followed { show(followed) }
        notice = notice ?? said
    }

    /// What is seen of the experiments at a place; nil where nothing is told of any.
    func watched(at place: SharedPlace) -> Watched? {
        guard !place.isExploring, let shared = place.measured,
            let lesson = course.lessons.first(where: { $0.id == place.lesson }),
            let step = lesson.steps.first(where: { $0.id == place.step }),
            let setting = try? CacheSetting(text: place.setting)
        else { return nil }
        return Watched(shared, of: step, at: setting)
    }

    /// What is shown of experiments: one's own, or those of the screen that is followed.
    var seen: Measured {
        guard let watched else { return measured }
        var seen = measured
        for engine in watched.engines
        where following == .following || watched.has(engine, of: step, at: setting) {
            seen.take(engine, from: watched.measured)
        }
        return seen
    }

    /// The proposal that is shown: one's own, or that of the screen that is followed.
    var seenProposal: (place: Proposal?, isMoved: Bool, isThere: Bool) {
        guard placing == nil, let told = watched?.proposal,
            following == .following || told.place != nil
        else { return (placing ?? progress.proposal, placing != nil, false) }
        return (told.place, told.isMoved, true)
    }

    /// Notes that the learner went somewhere else than the place that is followed. What is known of
    /// experiments is no place.
    mutating func letGoWhereMoved(from before: SharedPlace) {
        if placeWithoutMeasured != before { letGo() }
    }

    /// Notes that the learner runs their own experiment: that one is theirs from now on.
    mutating func runOwn() {
        if let engine { watched?.leave(engine) }
        letGo()
    }

    /// Notes that the learner places their own proposal.
    mutating func placeOwn() {
        watched?.leaveProposal()
        letGo()
    }

    private mutating func letGo() {
        guard following == .following else { return }
        following = .letGo
        notice = "You are on your own now; f follows again."
    }

    /// Snaps back to the place that is followed.
    mutating func followAgain() {
        following = .following
        if let followed { show(followed) }
    }
}
