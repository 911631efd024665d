import AttentionEngine

/// A lab notebook: what a learner guessed, noted and measured, in the course's order.
package struct Notebook: Sendable {
    /// A question that was tried or shown.
    package struct Question: Sendable {
        package let id: String
        /// The question's text; nil where the course no longer has it.
        package let asked: String?
        /// The first guess, or the learner's own words.
        package let guess: String?
        /// How far the first guess was off, in words.
        package let off: String?
        /// The right answer, once it was shown.
        package let answer: String?
        package let tries: Int
        package let isRight: Bool
        package let isMissed: Bool
        package let date: String?
        /// "guessed 2.4 GB, 2 times too little; right at guess 3"
        package let told: String
        package let review: ReviewRecord?
    }

    /// What belongs to one step.
    package struct Entry: Sendable {
        package let lesson: String
        package let step: String
        /// "5 Grouped-query attention"; nil where the course no longer has the lesson.
        package let lessonTitle: String?
        package let title: String?
        /// The setting that the step was left at, where it is not the step's own.
        package let setting: String?
        package let questions: [Question]
        package let notes: [Note]
    }

    package let entries: [Entry]
    /// What was measured on this machine.
    package let measurements: [KeptMeasurement]
    /// "16 numbers a token, 95 % accuracy"
    package let proposal: String?
    /// Steps seen, of all.
    package let seen: Int
    package let steps: Int
    /// Lessons of which every step was seen: titles and what they say.
    package let finished: [(title: String, summary: String)]

    package init(course: Course, progress: CourseProgress, races: [RaceResults]) {
        let progress = progress.clipped
        var entries: [Entry] = []
        var left = progress
        for (number, lesson) in course.lessons.enumerated() {
            for step in lesson.steps {
                let key = "\(lesson.id)/\(step.id)"
                let notes = Self.take(&left.notes) { $0.lesson == lesson.id && $0.step == step.id }
                var questions: [Question] = []
                if let question = step.question {
                    let id = "\(lesson.id)/\(question.id)"
                    questions =
                        left.answers.removeValue(forKey: id).map {
                            [Question($0, to: question, of: step, id: id, progress.reviews[id])]
                        } ?? []
                }
                let setting = left.settings.removeValue(forKey: key)?.setting
                guard setting != nil || !questions.isEmpty || !notes.isEmpty else { continue }
                entries.append(
                    Entry(
                        lesson: lesson.id, step: step.id,
                        lessonTitle: "\(number + 1) \(lesson.title)", title: step.title,
                        setting: setting, questions: questions, notes: notes))
            }
        }
        // An edited course loses nobody's notes and answers.
        entries += left.answers.sorted { $0.key < $1.key }.map { id, record in
            Entry(
                lesson: id.prefix { $0 != "/" }.description, step: "", lessonTitle: nil, title: nil,
                setting: nil, questions: [Question(record, id: id)], notes: [])
        }
        entries += left.notes.sorted { $0.key < $1.key }.map { _, note in
            Entry(
                lesson: note.lesson, step: note.step, lessonTitle: nil, title: nil, setting: nil,
                questions: [], notes: [note])
        }
        self.entries = entries
        measurements =
            progress.measurements.values.sorted { $0.what < $1.what }
            + races.filter { $0.date != nil }.map(\.asMeasurement)
        proposal = progress.proposal.map {
            "\($0.numbers) numbers a token, \($0.percent) % accuracy"
        }
        let places = course.lessons.flatMap { lesson in
            lesson.steps.map { "\(lesson.id)/\($0.id)" }
        }
        steps = places.count
        seen = places.filter(progress.visited.contains).count
        finished = course.lessons.filter { lesson in
            !lesson.steps.isEmpty
                && lesson.steps.allSatisfy { progress.visited.contains("\(lesson.id)/\($0.id)") }
        }.map { ($0.title, $0.summary) }
    }

    private static func take(
        _ notes: inout [String: Note], where isWanted: (Note) -> Bool
    ) -> [Note] {
        let found = notes.filter { isWanted($0.value) }
        for key in found.keys { notes[key] = nil }
        return found.values.sorted { ($0.date ?? "", $0.key) < ($1.date ?? "", $1.key) }
    }

    package var questions: [Question] { entries.flatMap(\.questions) }

    /// The questions that were tried or shown.
    var tried: [Question] { questions.filter { $0.tries > 0 || $0.answer != nil } }

    /// Right at the first guess, or missed and right when asked again: what needs no review.
    var learned: [Question] {
        tried.filter { $0.isMissed ? $0.review?.isRight == true : $0.isRight }
    }

    /// What a review asks: missed at the first guess, and not got right since.
    var missed: [Question] {
        tried.filter { $0.asked != nil && $0.isMissed && $0.review?.isRight != true }
    }
    package var isEmpty: Bool { entries.isEmpty && measurements.isEmpty && proposal == nil }
}

extension Notebook.Question {
    init(
        _ record: AnswerRecord, to question: Question, of step: PreparedStep, id: String,
        _ review: ReviewRecord?
    ) {
        let told = AnswerTelling(record, to: question, of: step)
        self.init(
            id: id, asked: step.text(of: question.text), guess: told.guess, off: told.off,
            answer: told.answer, tries: record.tries, isRight: record.isRight,
            isMissed: told.isMissed, date: record.date, told: told.sentence, review: review)
    }

    /// A question that the course no longer has.
    init(_ record: AnswerRecord, id: String) {
        let guess = record.firstGuess
        self.init(
            id: id, asked: nil, guess: guess.isEmpty ? nil : guess, off: nil, answer: nil,
            tries: record.tries, isRight: record.isRight, isMissed: false, date: record.date,
            told: guess.isEmpty ? "tried" : "guessed \(guess)", review: nil)
    }
}

extension RaceResults {
    fileprivate var asMeasurement: KeptMeasurement {
        KeptMeasurement(
            what: "The recall race\(plan.field == .widened ? ", widened" : ""), \(plan.inWords)",
            date: date,
            rows: rows.map { row in
                KeptMeasurement.Row(
                    name: "\(row.variant.name), \(row.variant.numbersPerToken) numbers a token",
                    result: "\(threeDigits(row.accuracy * 100)) % right")
            })
    }
}
