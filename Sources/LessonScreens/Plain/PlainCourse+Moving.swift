import AttentionEngine
import CourseContent
import TerminalCanvas

/// Going from step to step.
extension PlainCourse {
    mutating func goOn(_ what: String) -> [Passage] {
        if app.isExploring { return say("You are exploring; explore returns to the lesson.") }
        switch what.lowercased() {
        case "", "step": return move(.pageDown)
        case "lesson":
            return works(.character("]"))
                ? move(.character("]")) : say("This is the last lesson.")
        default: return say("next goes to the next step, next lesson to the next lesson.")
        }
    }

    /// What an empty line does.
    mutating func goOnUnlessAsked() -> [Passage] {
        app.isAskedFirst
            ? say("This step asks first: answer it, or next goes on without.") : goOn("")
    }

    mutating func goBack(_ what: String) -> [Passage] {
        if app.isExploring { return explore() }
        switch what.lowercased() {
        case "", "step":
            return works(.pageUp) ? move(.pageUp) : say("This is the first step.")
        case "lesson":
            return works(.character("["))
                ? move(.character("[")) : say("This is the first lesson.")
        default: return say("back goes to the step before, back lesson to the lesson before.")
        }
    }

    /// Presses a key that leads to another step, and tells that step.
    private mutating func move(_ key: Key) -> [Passage] {
        let (lesson, step) = (app.lessonIndex, app.stepIndex)
        let asked = app.review?.index
        press(key)
        if app.overlay == .summary(scroll: 0) {
            act { $0.overlay = nil }
            app.notice = nil
            defer { wasEndTold = true }
            return wasEndTold
                ? say("That was the last step; summary tells again what you did.")
                : say("That was the last step.") + summary()
        }
        wasEndTold = false
        if app.lessonIndex == lesson, app.stepIndex == step, app.review?.index == asked {
            return []
        }
        return told(isNewLesson: app.lessonIndex != lesson)
    }

    private mutating func enter(lesson: Int, step: Int) -> [Passage] {
        let isNew = app.lessonIndex != lesson || app.isExploring
        act { $0.enter(lesson: lesson, step: step) }
        return told(isNewLesson: isNew)
    }

    mutating func go(_ place: String) -> [Passage] {
        let words = place.split(separator: " ").map(String.init)
        guard let name = words.first, words.count <= 2 else {
            return say("go needs a lesson, as in go gqa or go 5 3; contents lists them.")
        }
        guard let lesson = app.course.index(of: name.lowercased()) else {
            let ids = app.course.lessons.map(\.id).joined(separator: ", ")
            return say("No lesson '\(name.prefix(20))'. The lessons are \(ids).")
        }
        let count = app.course.lessons[lesson].steps.count
        let step = words.count == 2 ? Int(words[1]) ?? 0 : 1
        guard (1...max(1, count)).contains(step) else {
            return say("Lesson \(lesson + 1) has the steps 1 to \(count).")
        }
        return enter(lesson: lesson, step: step - 1)
    }

    mutating func goToStep(_ number: String) -> [Passage] {
        guard let step = Int(number), (1...max(1, app.stepCount)).contains(step) else {
            return say("This lesson has the steps 1 to \(app.stepCount), as in step 2.")
        }
        return enter(lesson: app.lessonIndex, step: step - 1)
    }

    func contents(_ name: String) -> [Passage] {
        guard name.isEmpty else {
            guard let lesson = app.course.index(of: name.lowercased()) else {
                return say("No lesson '\(name.prefix(20))'. contents lists them.")
            }
            return steps(of: lesson)
        }
        let lessons = app.course.lessons.enumerated().map { index, lesson in
            let seen = lesson.steps.filter {
                app.progress.visited.contains("\(lesson.id)/\($0.id)")
            }.count
            let here = index == app.lessonIndex ? " You are here." : ""
            return Passage.row(
                "\(lesson.id): \(ended(lesson.title)) \(ended(lesson.summary)) "
                    + "\(seen) of \(lesson.steps.count) steps seen.\(here)", mark: "\(index + 1). ")
        }
        return say("Lessons; go and a number or name opens one.") + lessons
            + steps(of: app.lessonIndex)
    }

    private func steps(of index: Int) -> [Passage] {
        guard app.course.lessons.indices.contains(index) else { return [] }
        let lesson = app.course.lessons[index]
        let steps = lesson.steps.enumerated().map { number, step in
            let isHere = index == app.lessonIndex && number == app.stepIndex
            let notes = [isHere ? "you are here" : nil, state(of: step, in: lesson)]
                .compactMap { $0 }.joined(separator: ", ")
            let sentence = notes.prefix(1).uppercased() + notes.dropFirst()
            return Passage.row("\(ended(step.title)) \(sentence).", mark: "\(number + 1). ")
        }
        return say("Steps of lesson \(index + 1), \(lesson.title):") + steps
    }

    private func state(of step: PreparedStep, in lesson: PreparedLesson) -> String {
        let isSeen = app.progress.visited.contains("\(lesson.id)/\(step.id)")
        guard let question = step.question,
            let record = app.progress.answers["\(lesson.id)/\(question.id)"]
        else {
            return (isSeen ? "seen" : "not seen")
                + (step.question == nil ? "" : ", its question open")
        }
        return AnswerTelling(record, to: question, of: step).sentence
    }

    mutating func explore() -> [Passage] {
        guard works(.character("e")) else {
            return say("Not while the question is open: answer it, or go on with next.")
        }
        let wasExploring = app.isExploring
        press(.character("e"))
        return (wasExploring ? say("Back to the lesson.") : []) + told()
    }
}
