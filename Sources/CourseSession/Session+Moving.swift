import AttentionEngine
import CourseContent

/// Going from place to place.
extension Session {
    /// Goes somewhere: the only way to be elsewhere. False, and nothing changes, where the course
    /// has no such step.
    @discardableResult
    package mutating func go(to place: Position) -> Bool {
        var place = place
        place.step = course.current(place.step)
        guard let lesson = course.lessonIndex(of: place.step.lesson),
            course.lessons[lesson].steps.isEmpty || course.place(of: place.step) != nil
        else { return false }
        kept = progress
        let question = (position.step, review?.index)
        let reviewed = review
        let shown = place.step == position.step ? position.shown : nil
        position = place
        let portions = lessonStep?.portions.count ?? 0
        // Whoever tells a number of them may tell any.
        position.shown =
            portions == 0 ? nil : min(max(1, place.shown ?? shown ?? 1), portions)
        if place.subject == nil {
            (position.subject, position.focus) = (opening.subject, opening.focus)
        }
        dialWish = nil
        settleDials()
        if question != (position.step, review?.index) {
            startAfresh()
        }
        kept = progress
        if let reviewed, review == nil { tell(reviewed) }
        return true
    }

    /// Sets dials to what the step's pictures can show, and to where they were wished as soon as
    /// those can: a model with more layers may be opened only then.
    mutating func settleDials() {
        position.takeMissingDials(of: ownStep)
        if let wish = dialWish, position.subject?.dials == wish.settled {
            position.subject?.dials = wish.dials
        }
        let wished = position.subject?.dials
        position.settleDials(at: ownStep)
        dialWish = nil
        if let wished, let settled = position.subject?.dials, wished != settled {
            dialWish = (wished, settled)
        }
    }

    /// Goes to a step as it opens, both counted from 0; to the nearest step where there are fewer.
    package mutating func enter(lesson: Int, step: Int) {
        guard course.lessons.indices.contains(lesson) else { return }
        let steps = course.lessons[lesson].steps
        let index = min(max(0, step), max(0, steps.count - 1))
        let explored = isExploring ? setting : nil
        open(StepID(lesson: course.lessons[lesson].id, part: steps.isEmpty ? "" : steps[index].id))
        if let explored, setting != explored {
            notice = "You left exploring; what was set there is not kept."
        }
    }

    /// Goes to the lesson that is so many behind this one: to its first step, or to the one that it
    /// was left on in this way.
    package mutating func leap(lessons count: Int) {
        let target = lessonIndex + count
        guard course.lessons.indices.contains(target) else { return }
        let steps = course.lessons[target].steps
        let left = leapt.removeValue(forKey: course.lessons[target].id)
        leapt[position.step.lesson] = position.step.part
        enter(lesson: target, step: steps.firstIndex { $0.id == left } ?? 0)
    }

    /// Goes to a step as it opens, its question asked anew where it is open.
    private mutating func open(_ id: StepID) {
        go(to: Position(id))
        startAfresh()
    }

    /// Forgets what belongs to one stay on a step.
    private mutating func startAfresh() {
        (isHintShown, isPutOff, isUnfolded) = (false, false, false)
        experiments.question = 0
        experiments.cache = nil
    }

    /// The step's own values, or those that its answer is about where that is shown.
    var opening: Visit {
        let step = ownStep
        return Visit(
            subject: openingSubject(of: step), focus: step.sliders.first(where: \.isNew)?.moved)
    }

    /// The values that a step opens on.
    func openingSubject(of step: PreparedStep) -> Subject {
        let isShown = step.question?.kind != .free && record(of: step)?.isRevealed == true
        let (setting, dials) = isShown ? step.answered : (step.setting, step.dials)
        return Subject(setting, of: step.model, dials: dials)
    }

    /// The step's own values.
    var ownSubject: Subject {
        let step = ownStep
        return Subject(step.setting, of: step.model, dials: step.dials)
    }

    /// The step whose dials and values are there: while exploring the lesson's.
    var ownStep: PreparedStep { isExploring ? lessonStep ?? step : step }

    /// What there is to put back on the step; nil where that is nothing. While exploring these are
    /// the values that the lesson was left with.
    private var nextReset: Reset? {
        guard review == nil else { return nil }
        if let start = exploringStart { return subject == start ? nil : .values }
        let step = step
        let opening = opening.subject
        if setting != opening.setting || subject.dials != opening.dials { return .values }
        guard let questionID = questionID(of: step), step.question?.kind != .free else {
            return nil
        }
        if record?.isRevealed == true { return .question }
        // A question that another's screen shows open is not opened by the learner.
        let isOpenedAgain =
            followed == nil && unkeptAnswers[questionID] == AnswerRecord()
            && kept.answers[questionID]?.isRevealed == true
        return isOpenedAgain ? .answer : nil
    }

    /// What exploring began with; nil in the lesson.
    private var exploringStart: Subject? {
        guard case .explore(let back) = position.mode else { return nil }
        return back?.subject ?? opening.subject
    }

    private enum Reset { case values, question, answer }

    /// Whether there is anything to put back: values, or an answered question.
    package var canReset: Bool { nextReset != nil }

    /// Whether what is put back first are the values.
    package var canResetValues: Bool { nextReset == .values }

    /// The step's own values again, or those of its answer. Where they are set: its answered
    /// question open again; where that was done, and nothing answered since, the answer that was
    /// put aside.
    package mutating func reset() {
        guard let next = nextReset else { return }
        if let start = exploringStart {
            go(
                to: Position(
                    position.step, mode: position.mode, subject: start, focus: position.focus))
            notice = "The values that the lesson was left with."
            return
        }
        if let questionID, next != .values {
            let aside = unkeptAnswers[questionID]
            unkeptAnswers[questionID] =
                next == .question ? AnswerRecord() : putAside.removeValue(forKey: questionID)
            if next == .question { putAside[questionID] = aside }
        }
        open(position.step)
        notice =
            switch nextReset {
            case .question where next == .values:
                opening.subject == ownSubject
                    ? "The step's own values; 0 again reopens its question."
                    : "The values that were asked about; 0 again reopens the question."
            case .answer: "Your earlier answer is put aside; 0 brings it back."
            default: nil
            }
    }

    /// Goes to the step behind this one, or to the question behind it in a review. False at the
    /// course's end.
    @discardableResult
    package mutating func goOn() -> Bool {
        if review != nil {
            goOnInReview()
        } else if isPaused {
            position.shown = (position.shown ?? 1) + 1
        } else if stepIndex + 1 < stepCount {
            enter(lesson: lessonIndex, step: stepIndex + 1)
        } else if lessonIndex + 1 < course.lessons.count {
            enter(lesson: lessonIndex + 1, step: 0)
        } else {
            return false
        }
        return true
    }

    /// Goes to the step before this one; at the first, nothing changes.
    package mutating func goBack() {
        if let shown = position.shown, shown > 1, !isExploring, review == nil {
            position.shown = shown - 1
        } else if stepIndex > 0 {
            enter(lesson: lessonIndex, step: stepIndex - 1)
            showWhole()
        } else if lessonIndex > 0 {
            enter(lesson: lessonIndex - 1, step: course.lessons[lessonIndex - 1].steps.count - 1)
            showWhole()
        }
    }

    /// Shows all portions of the step, as on paper.
    package mutating func showWhole() {
        let portions = lessonStep?.portions.count ?? 0
        position.shown = portions == 0 ? nil : portions
    }

    /// Frees all sliders, or goes back to the lesson as it was left. Whoever explores again before
    /// the lesson changed goes on where they were.
    package mutating func toggleExplore() {
        if case .explore(let back) = position.mode {
            let explored = position
            go(to: Position(position.step, subject: back?.subject, focus: back?.focus))
            if setting != explored.subject?.setting {
                notice = "Back to the lesson, with its values as you left them."
                leftExploring = (lesson: subject, explored: explored)
            }
        } else if let (lesson, explored) = leftExploring, explored.step == position.step,
            lesson == subject
        {
            go(
                to: Position(
                    position.step, mode: .explore(back: position.visit),
                    subject: explored.subject, focus: explored.focus))
            notice = "Exploring as you left it; 0 takes the lesson's values."
        } else {
            go(
                to: Position(
                    position.step, mode: .explore(back: position.visit), subject: subject,
                    focus: focused?.moved ?? .parameter(.keyValueHeads)))
        }
    }

    /// Chooses the slider that the arrow keys move, some behind the present one, round and round.
    package mutating func moveFocus(_ by: Int) {
        let sliders = step.sliders
        guard let index = sliders.firstIndex(where: { $0 == focused }) else { return }
        focus(on: sliders[(index + by + sliders.count) % sliders.count].moved)
    }

    /// Chooses the slider that the arrow keys move; false where the step has no such one.
    @discardableResult
    package mutating func focus(on moved: Movable) -> Bool {
        guard let slider = slider(of: moved), value(of: .slider(slider)) != nil else {
            return false
        }
        position.focus = moved
        return true
    }
}
