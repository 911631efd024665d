import CourseContent

/// A screen that is followed, and what is seen there.
package struct Followed: Sendable {
    /// The newest; nil until there is one.
    package internal(set) var screen: SharedScreen?
    /// Whether the learner went their own way; a key leads back.
    var isLetGo = false
    /// Whether it has moved on while the learner did something that moving on would take away.
    package internal(set) var isBehind = false
    /// What is seen there of experiments.
    var experiments: RemoteExperiments?
}

extension Session {
    /// Says what is waited for, until there is a screen to follow.
    package mutating func waitForScreen(in file: String) {
        followed = Followed()
        notice = "Waiting for a screen to be shared in \(file)."
    }

    /// Whether the screen that is shown is another's.
    var isFollowing: Bool { followed?.isLetGo == false }

    /// Takes the newest of the screen that is followed, and says whether to turn to it: not where
    /// the learner has let go or is occupied. Whoever has let go sees how the experiments go on
    /// that they saw when they did.
    package mutating func follow(_ screen: SharedScreen, isOccupied: Bool) -> Bool {
        var place = screen
        place.measured = followed?.screen?.measured
        let isSamePlace = followed?.screen == place
        followed = followed ?? Followed()
        followed?.screen = screen
        let news = remoteExperiments(on: screen)
        if followed?.isLetGo == true {
            followed?.experiments?.goOn(with: news)
        } else if isSamePlace, followed?.isBehind != true {
            // What the learner has opened stays open while only an experiment goes on.
            followed?.experiments = news
        } else if isOccupied || review != nil {
            followed?.isBehind = true
        } else {
            return true
        }
        return false
    }

    /// Whether it is time to catch up with the screen that is followed.
    package func isBehind(isOccupied: Bool) -> Bool {
        followed?.isBehind == true && isFollowing && !isOccupied && review == nil
    }

    /// Says that no more is told of the screen that is followed; its last state stays.
    package mutating func loseFollowed(in file: String) {
        guard followed?.screen?.isOver == false else { return }
        followed?.screen?.isOver = true
        if let screen = followed?.screen { _ = follow(screen, isOccupied: false) }
        notice = "\(file) no longer holds a shared screen; the last one stays."
    }

    /// "following", "on your own", or that there is nothing more to follow.
    package var followingWords: String? {
        followed.map {
            $0.isLetGo || review != nil
                ? "on your own" : $0.screen?.isOver == true ? "ended" : "following"
        }
    }

    /// Goes the learner's own way from now on.
    package mutating func letGo() {
        guard isFollowing else { return }
        followed?.isLetGo = true
        notice = "You are on your own now; f follows again."
    }

    /// Whether the learner is on their own beside a screen that can be followed again.
    package var canFollowAgain: Bool { followed.map { $0.isLetGo || review != nil } ?? false }

    /// Follows again, and ends a review; the screen to turn to, where there is one.
    package mutating func followAgain() -> SharedScreen? {
        endReview()
        followed?.isLetGo = false
        return followed?.screen
    }
}
