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
    /// What the learner answered here since following began, whatever they had answered before.
    package internal(set) var answers: [QuestionID: AnswerRecord] = [:]
    /// The lessons that are shown as the teacher has them.
    var taken: Set<String> = []
    /// Whether nothing was heard of the screen for long.
    var isSilent = false
    /// The steps that were shown; what is asked elsewhere is the learner's own affair.
    var steps: Set<StepID> = []
}

extension Session {
    /// Says what is waited for, until there is a screen to follow.
    package mutating func waitForScreen(in file: String) {
        followed = Followed()
        notice = "Waiting for a screen to be shared in \(file)."
    }

    /// What the learner gives to the class that is followed.
    package var classAnswers: [QuestionID: AnswerRecord] { followed?.answers ?? [:] }

    /// Takes up again what the learner gave to the class before they left it.
    package mutating func resumeClass(_ answers: [QuestionID: AnswerRecord]) {
        followed?.answers.merge(answers) { now, _ in now }
    }

    /// Changes what the learner gives to the class, where the class was shown the question.
    mutating func recordForClass(
        _ question: QuestionID, _ change: (inout AnswerRecord) -> Void
    ) {
        guard followed?.steps.contains(position.step) == true else { return }
        change(&followed!.answers[question, default: AnswerRecord()])
        followed!.answers[question]!.date = now
    }

    /// How a question stands that a follower is shown: as the teacher has it, or as the learner
    /// has answered it; shown by either is shown.
    func followedRecord(of question: QuestionID, on screen: SharedScreen) -> AnswerRecord {
        let shown = screen.answer ?? AnswerRecord()
        guard var own = followed?.answers[question], own.isGiven else { return shown }
        own.isRevealed = own.isRevealed || shown.isRevealed
        return own
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
        if followed?.isSilent == true {
            followed?.isSilent = false
            notice = "The shared screen is heard of again."
        }
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

    /// Says that nothing was heard for two minutes, until something is.
    package mutating func noteSilence() {
        guard followed?.screen?.isOver == false, followed?.isSilent == false else { return }
        followed?.isSilent = true
        notice = "Nothing was heard of the shared screen for two minutes; it may be gone."
    }

    /// Takes the teacher's version of a lesson; what is to be told of that, where it is news.
    mutating func takeTeachers(_ lesson: LessonText) -> String? {
        guard let taken = course.taking(lesson), let id = Course.lessonID(of: lesson.file) else {
            return nil
        }
        let isHere = course.lessonIndex(of: id) != nil
        course = taken
        kept = kept.named(as: course)
        guard followed?.taken.insert(id).inserted != false else {
            return "The teacher has edited this lesson."
        }
        return isHere
            ? "Your edition of this lesson is another one; the teacher's is shown."
            : "Your course does not have this lesson; the teacher's is shown."
    }

    /// "following", "on your own", that the class has moved on, or that there is nothing more to
    /// follow.
    package var followingWords: String? {
        guard let followed else { return nil }
        if followed.isLetGo || review != nil { return "on your own" }
        if followed.screen?.isOver == true { return "ended" }
        if followed.isSilent { return "no news" }
        return followed.isBehind ? "the class is elsewhere" : "following"
    }

    /// What tells whether a follower moves on their own: where they are and what the figures are
    /// about, and not how they look at it; and what they have answered there.
    package struct Whereabouts: Hashable, Sendable {
        fileprivate let position: Position
        fileprivate let answers: [QuestionID: AnswerRecord]
    }

    /// Where a follower is; nil where nobody is followed.
    package var whereabouts: Whereabouts? {
        guard let followed else { return nil }
        var place = position.told
        place.focus = nil
        return Whereabouts(position: place, answers: followed.answers)
    }

    /// Lets go where the learner has moved since. Whoever answers stays, also where the answer
    /// shows other figures.
    package mutating func letGo(ifMovedFrom before: Whereabouts?) {
        guard let before, let now = whereabouts, now.position != before.position,
            now.answers == before.answers
        else { return }
        letGo()
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
