import CourseContent
import CourseSession

/// A shared screen followed by line.
extension PlainCourse {
    /// Shows what is shared, and tells what is other there than before.
    package mutating func follow(_ screen: SharedScreen) -> Answer {
        let before = session
        session.notice = nil
        if session.follow(screen, isOccupied: false) { session.show(screen) }
        return answer(to: followed(since: before))
    }

    /// Tells that no more is told of the screen.
    package mutating func loseFollowed(in file: String) -> Answer {
        session.loseFollowed(in: file)
        return answer(to: [])
    }

    /// Tells that nothing was heard of the screen for long.
    package mutating func noteSilence() -> Answer {
        session.noteSilence()
        return answer(to: [])
    }

    /// Asks once whether answers are sent to the class.
    package mutating func askToJoin() -> Answer {
        isInvited = true
        return answer(
            to: say(
                "The teacher collects answers. The class hears how many gave which answer, without "
                    + "names; a name is for the teacher alone. So far nothing was sent. join sends "
                    + "your answers, join and your name sends them with it, decline sends nothing."
            ))
    }

    /// Takes up again what was given to the class before.
    package mutating func resumeClass(_ answers: [QuestionID: AnswerRecord]) {
        session.resumeClass(answers)
    }

    private mutating func answer(to passages: [Passage]) -> Answer {
        let said = session.notice.map(say) ?? []
        session.notice = nil
        return Answer(lines: text.lines(said + passages), effects: [])
    }

    private func followed(since before: Session) -> [Passage] {
        let isFirst = before.followed?.screen == nil
        guard !isFirst, before.position.step == session.position.step,
            before.isExploring == session.isExploring
        else { return told(isNewLesson: isFirst || before.lessonIndex != session.lessonIndex) }
        var old = self
        old.session = before
        let answered = before.isQuestionOpen && !session.isQuestionOpen ? verdict() : []
        let sliders = session.step.sliders.map(\.moved).flatMap { moved in
            let now = value(of: moved)
            return now == old.value(of: moved) ? [] : now
        }
        return answered + sliders + news(since: before, prose: true) + opened(since: before)
    }

    /// What the teacher has opened above the step, as far as it is told.
    private func opened(since before: Session) -> [Passage] {
        let now = session.followed?.screen
        if now?.isOver == true, before.followed?.screen?.isOver != true {
            return say("The shared course has ended.")
        }
        guard now?.look.open != before.followed?.screen?.look.open else { return [] }
        switch now?.look.open {
        case "blank": return say("The teacher has blanked the screen.")
        case "why": return say("The teacher unfolds the figure; why does it here.")
        default: return []
        }
    }

    // MARK: Commands

    mutating func followAgain() -> [Passage] {
        guard session.followed != nil else { return say("No shared screen is followed here.") }
        guard session.canFollowAgain else { return say("You are following.") }
        if let screen = session.followAgain() { session.show(screen) }
        return told()
    }

    mutating func join(_ name: String) -> [Passage] {
        guard isInvited else { return say("Nobody asks for answers here.") }
        isInvited = false
        effects.append(.joinClass(name: name))
        return say(
            "Your answers are sent from now on, \(name.isEmpty ? "without a" : "with your") name.")
    }

    mutating func decline() -> [Passage] {
        guard isInvited else { return say("Nobody asks for answers here.") }
        isInvited = false
        effects.append(.stayOut)
        return say("Nothing is sent.")
    }
}
