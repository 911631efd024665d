import AttentionEngine
import CourseContent

/// A lab notebook: what a learner guessed, noted and measured, in the course's order.
package struct Notebook: Sendable {
    /// A question that was tried or shown.
    package struct Question: Sendable {
        /// The ids of its lesson and of the question itself.
        package let id: QuestionID
        /// The question's text; nil where the course no longer has it.
        package let asked: String?
        /// The first guess, or the learner's own words.
        package let guess: String?
        /// How far the first guess was off, in words.
        package let off: String?
        /// The right answer, once it was shown.
        package let answer: String?
        /// How many guesses there were; none for the learner's own words.
        package let tries: Int
        /// Whether the answer was found, at whichever guess.
        package let isRight: Bool
        /// Whether it was got wrong or shown without a right guess; false once the course lacks it.
        package let isMissed: Bool
        /// When the answer last changed, "2026-11-23 17:20"; nil where that was not kept.
        package let date: String?
        /// "guessed 2.4 GB, 2 times too little; right at guess 3"
        package let told: String
        /// How it went when it was asked again; nil where it was not.
        package let review: ReviewRecord?
    }

    /// What belongs to one step.
    package struct Entry: Sendable {
        /// The lesson's id.
        package let lesson: String
        /// The step's id; empty for a question that the course no longer has.
        package let step: String
        /// "5 Grouped-query attention"; nil where the course no longer has the lesson.
        package let lessonTitle: String?
        /// The step's title; nil where the course no longer has it.
        package let title: String?
        /// The setting that the step was left at, where it is not the step's own.
        package let setting: String?
        /// The step's question where it was tried or shown, or one that the course no longer has.
        package let questions: [Question]
        /// The step's notes, the oldest first.
        package let notes: [Note]
    }

    /// Steps with something kept, in the course's order; then what the course no longer has.
    package let entries: [Entry]
    /// What was measured on this machine.
    package let measurements: [KeptMeasurement]
    /// "16 numbers a token, 95 % accuracy"
    package let proposal: String?
    /// Steps seen, of all.
    package let seen: Int
    /// Steps of the whole course.
    package let steps: Int
    /// Lessons of which every step was seen: titles and what they say.
    package let finished: [(title: String, summary: String)]

    /// What is kept of a course, and what races on this machine found. Cost: O(steps × notes).
    package init(course: Course, progress: CourseProgress, races: [RaceResults]) {
        let progress = progress.clipped
        var entries: [Entry] = []
        var left = progress
        for (number, lesson) in course.lessons.enumerated() {
            for step in lesson.steps {
                let id = lesson.id(of: step)
                let notes = Self.take(&left.notes) { $0.position.step == id }
                let questions = step.question.flatMap { question -> Question? in
                    let name = lesson.id(of: question)
                    return left.answers.removeValue(forKey: name).map {
                        Question($0, to: question, of: step, id: name, progress.reviews[name])
                    }
                }
                let setting = left.settings.removeValue(forKey: id)?.setting
                guard setting != nil || questions != nil || !notes.isEmpty else { continue }
                entries.append(
                    Entry(
                        lesson: lesson.id, step: step.id,
                        lessonTitle: "\(number + 1) \(lesson.title)", title: step.title,
                        setting: setting, questions: questions.map { [$0] } ?? [], notes: notes))
            }
        }
        // An edited course loses nobody's notes and answers.
        entries += left.answers.sorted { $0.key < $1.key }.map { id, record in
            Entry(
                lesson: id.lesson, step: "", lessonTitle: nil, title: nil, setting: nil,
                questions: [Question(record, id: id)], notes: [])
        }
        entries += left.notes.sorted { $0.key < $1.key }.map { _, note in
            Entry(
                lesson: note.position.step.lesson, step: note.position.step.part, lessonTitle: nil,
                title: nil, setting: nil, questions: [], notes: [note])
        }
        self.entries = entries
        measurements =
            progress.measurements.values.sorted { $0.what < $1.what }
            + races.filter { $0.date != nil }.map(\.asMeasurement)
        proposal = progress.proposal.map {
            "\($0.numbers) numbers a token, \($0.percent) % accuracy"
        }
        let ids = course.lessons.flatMap { lesson in lesson.steps.map(lesson.id(of:)) }
        steps = ids.count
        seen = ids.filter(progress.visited.contains).count
        finished = course.lessons.filter { lesson in
            !lesson.steps.isEmpty
                && lesson.steps.allSatisfy { progress.visited.contains(lesson.id(of: $0)) }
        }.map { ($0.title, $0.summary) }
    }

    private static func take(
        _ notes: inout [String: Note], where isWanted: (Note) -> Bool
    ) -> [Note] {
        let found = notes.filter { isWanted($0.value) }
        for key in found.keys { notes[key] = nil }
        return found.values.sorted { ($0.date ?? "", $0.key) < ($1.date ?? "", $1.key) }
    }

    /// All questions that are kept, in the order of entries.
    package var questions: [Question] { entries.flatMap(\.questions) }

    /// The questions that were tried or shown.
    var tried: [Question] { questions.filter { $0.tries > 0 || $0.answer != nil } }

    /// Right at the first guess, or missed and right when asked again: what needs no review.
    package var learned: [Question] {
        tried.filter { $0.isMissed ? $0.review?.isRight == true : $0.isRight }
    }

    /// What a review asks: missed at the first guess, and not got right since.
    package var missed: [Question] {
        tried.filter { $0.asked != nil && $0.isMissed && $0.review?.isRight != true }
    }
    /// Whether there is nothing to tell; steps seen alone are nothing.
    package var isEmpty: Bool { entries.isEmpty && measurements.isEmpty && proposal == nil }
}

extension Notebook.Question {
    init(
        _ record: AnswerRecord, to question: Question, of step: PreparedStep, id: QuestionID,
        _ review: ReviewRecord?
    ) {
        let told = AnswerTelling(record, to: question, of: step)
        self.init(
            id: id, asked: step.text(of: question.text), guess: told.guess, off: told.off,
            answer: told.answer, tries: record.tries, isRight: record.isRight,
            isMissed: told.isMissed, date: record.date, told: told.sentence, review: review)
    }

    /// A question that the course no longer has.
    init(_ record: AnswerRecord, id: QuestionID) {
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

extension Notebook.Question {
    /// How it went when it was asked again.
    package var again: String {
        review.map { $0.isRight ? "; right when asked again" : "; missed when asked again" } ?? ""
    }

    /// "403 MB; ", the right answer, where the first guess does not say it.
    package var answerBefore: String { answer == guess ? "" : answer.map { "\($0); " } ?? "" }

    /// "How large is it? 403 MB; guessed 500 MB, 25 % too much; right at guess 2."
    package var summary: String {
        "\(asked ?? id.description) \(answerBefore)" + ended(told + again)
    }
}

extension KeptMeasurement {
    /// What it is, with its day.
    package var title: String { what + (date.map { " (\($0))" } ?? "") }
}

extension Session {
    /// What the learner guessed, noted and measured so far. Cost: O(steps × notes).
    package var notebook: Notebook {
        Notebook(
            course: course, progress: progress,
            races: [RaceExperiment.usual, .widened].map { experiments.statuses.race($0).results })
    }

    /// "9 of 81 steps seen, 1 of 2 questions right at once, 0 notes"
    package func summaryCounts(_ book: Notebook) -> String {
        let right = book.tried.filter { !$0.isMissed && $0.isRight }.count
        return "\(book.seen) of \(counted(book.steps, "step")) seen, "
            + "\(right) of \(counted(book.tried.count, "question")) right at once, "
            + counted(progress.notes.count, "note")
    }
}
