import AttentionEngine
import CourseContent
import CourseSession

/// Going from step to step.
extension PlainCourse {
    mutating func goOn(_ what: String) -> [Passage] {
        if session.isExploring { return say("You are exploring; explore returns to the lesson.") }
        let (lesson, before) = (session.lessonIndex, session)
        switch what.lowercased() {
        case "", "step":
            guard session.goOn() else {
                defer { wasEndTold = true }
                return wasEndTold
                    ? say("That was the last step; summary repeats what you did.")
                    : say("That was the last step.") + summary()
            }
            wasEndTold = false
        case "lesson":
            if lesson >= session.course.lessons.count - 1 {
                return say("This is the last lesson.")
            }
            session.leap(lessons: 1)
        default: return say("next goes to the next step, next lesson to the next lesson.")
        }
        if before.isPaused, session.position.step == before.position.step {
            return goneOn(since: before)
        }
        return told(isNewLesson: session.lessonIndex != lesson)
    }

    /// What comes behind a pause.
    private func goneOn(since before: Session) -> [Passage] {
        let asks = before.step.question == nil && session.step.question != nil
        let text = session.step.prose.dropFirst(before.step.prose.count)
        let pictures = session.step.widgets.filter { !before.step.widgets.contains($0) }
        return prose.passages(Array(text)) + pictures.flatMap { $0.words(session.scene()) }
            + (asks ? question() : []) + say(commandsHere)
    }

    /// What an empty line does.
    mutating func goOnUnlessAsked() -> [Passage] {
        session.isQuestionOpen && !session.isPutOff
            ? say("This step has a question: answer it, or next skips it.") : goOn("")
    }

    mutating func goBack(_ what: String) -> [Passage] {
        if session.isExploring { return explore() }
        let lesson = session.lessonIndex
        switch what.lowercased() {
        case "", "step":
            if session.isFirstStep || session.review != nil {
                return say("This is the first step.")
            }
            session.goBack()
        case "lesson":
            if lesson == 0 { return say("This is the first lesson.") }
            session.leap(lessons: -1)
        default: return say("back goes to the previous step, back lesson to the previous lesson.")
        }
        return told(isNewLesson: session.lessonIndex != lesson)
    }

    private mutating func enter(lesson: Int, step: Int) -> [Passage] {
        let isNew = session.lessonIndex != lesson || session.isExploring
        session.enter(lesson: lesson, step: step)
        return told(isNewLesson: isNew)
    }

    mutating func go(_ place: String) -> [Passage] {
        let words = place.split(separator: " ").map(String.init)
        guard let name = words.first, words.count <= 2 else {
            return say("go needs a lesson, as in go gqa or go 5 3; contents lists them.")
        }
        guard let lesson = session.course.index(of: name.lowercased()) else {
            let ids = session.course.lessons.map(\.id).joined(separator: ", ")
            return say("No lesson '\(shortened(name))'. The lessons are \(ids).")
        }
        let count = session.course.lessons[lesson].steps.count
        let step = words.count == 2 ? Int(words[1]) ?? 0 : 1
        guard (1...max(1, count)).contains(step) else {
            return say("Lesson \(lesson + 1) has the steps 1 to \(count).")
        }
        return enter(lesson: lesson, step: step - 1)
    }

    mutating func goToStep(_ number: String) -> [Passage] {
        guard let step = Int(number), (1...max(1, session.stepCount)).contains(step) else {
            return say("This lesson has the steps 1 to \(session.stepCount), as in step 2.")
        }
        return enter(lesson: session.lessonIndex, step: step - 1)
    }

    func contents(_ name: String) -> [Passage] {
        if !name.isEmpty {
            return session.course.index(of: name.lowercased()).map(steps)
                ?? say("No lesson '\(shortened(name))'. contents lists them.")
        }
        let visited = session.progress.visited
        let lessons = session.course.lessons.enumerated().map { index, lesson in
            let seen = lesson.steps.filter { visited.contains(lesson.id(of: $0)) }.count
            return "\(lesson.id): \(ended(lesson.title)) \(ended(lesson.summary)) "
                + "\(seen) of \(lesson.steps.count) steps seen."
                + (index == session.lessonIndex ? " You are here." : "")
        }
        return say("Lessons; go and a number or name opens one.") + Passage.numbered(lessons)
            + steps(of: session.lessonIndex)
    }

    private func steps(of index: Int) -> [Passage] {
        guard session.course.lessons.indices.contains(index) else { return [] }
        let lesson = session.course.lessons[index]
        let steps = lesson.steps.enumerated().map { number, step in
            let isHere = index == session.lessonIndex && number == session.stepIndex
            let notes = (isHere ? "you are here, " : "") + state(of: step, in: lesson)
            return "\(ended(step.title)) \(notes.capitalised)."
        }
        return say("Steps of lesson \(index + 1), \(lesson.title):") + Passage.numbered(steps)
    }

    private func state(of step: PreparedStep, in lesson: PreparedLesson) -> String {
        let progress = session.progress
        guard let question = step.question,
            let record = session.toldAnswers[lesson.id(of: question)]
        else {
            return (progress.visited.contains(lesson.id(of: step)) ? "seen" : "not seen")
                + (step.question == nil ? "" : ", its question open")
        }
        return Notebook.Question(record, to: question, of: step, in: lesson).told
    }

    mutating func explore() -> [Passage] {
        let wasExploring = session.isExploring
        guard wasExploring || session.canExplore else {
            return say(Session.veiledWords)
        }
        session.toggleExplore()
        // Where values changed the session has said so.
        let isSaid = !wasExploring || session.notice != nil
        return (isSaid ? [] : say("Back to the lesson.")) + told()
    }
}
