import AttentionEngine
import CourseContent

/// A lab notebook: what a learner guessed, noted and measured, in the course's order.
package struct Notebook: Sendable {
    /// What belongs to one step.
    package struct Entry: Sendable {
        /// The lesson's id.
        package let lesson: String
        /// The step's id; empty for a question that the course no longer has.
        package let step: String
        /// "5 Grouped-query attention"; nil where the course no longer has the lesson.
        package var lessonTitle: String?
        /// The step's title; nil where the course no longer has it.
        package var title: String?
        /// The setting that the step was left at, where it is not the step's own.
        package var setting: String?
        /// The step's question where it was tried or shown, or one that the course no longer has.
        package var questions: [Question] = []
        /// The step's notes, the oldest first.
        package var notes: [Note] = []

        fileprivate var isEmpty: Bool { setting == nil && questions.isEmpty && notes.isEmpty }
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
    /// Questions of steps that were seen, neither missed nor answered yet: not tried, or mistakes
    /// of which some are found.
    package let open: [Question]

    /// What is kept of a course, and what races on this machine found.
    package init(course: Course, progress: CourseProgress, races: [RaceResults]) {
        let progress = progress.clipped.named(as: course)
        var entries: [Entry] = []
        var answers = progress.answers
        var open: [Question] = []
        var notes = Dictionary(grouping: progress.notes, by: \.value.position.step)
        for (number, lesson) in course.lessons.enumerated() {
            for step in lesson.steps {
                let id = lesson.id(of: step)
                var entry = Entry(lesson: lesson.id, step: step.id)
                entry.lessonTitle = "\(number + 1) \(lesson.title)"
                entry.title = step.title
                entry.setting = progress.settings[id]?.text(at: step)
                if let question = step.question {
                    let record = answers.removeValue(forKey: lesson.id(of: question))
                    let review = progress.reviews[lesson.id(of: question)]
                    let told = Question(
                        record ?? AnswerRecord(), to: question, of: step, in: lesson, review)
                    if record != nil { entry.questions = [told] }
                    if progress.visited.contains(id), told.isOpen, !told.isMissed {
                        open.append(told)
                    }
                }
                entry.notes = (notes.removeValue(forKey: id) ?? []).map(\.value).sorted {
                    ($0.date ?? "", $0.key) < ($1.date ?? "", $1.key)
                }
                if !entry.isEmpty { entries.append(entry) }
            }
        }
        // An edited course loses nobody's notes and answers.
        entries += answers.sorted { $0.key < $1.key }.map { id, record in
            Entry(lesson: id.lesson, step: "", questions: [Question(record, id: id)])
        }
        entries += notes.values.joined().sorted { $0.key < $1.key }.map { _, note in
            Entry(lesson: note.position.step.lesson, step: note.position.step.part, notes: [note])
        }
        self.entries = entries
        self.open = open
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

    /// "9 of 81 steps seen, 1 of 2 questions right at once, 0 notes"
    package var counts: String {
        let right = tried.filter { !$0.isMissed && $0.isRight }.count
        return "\(seen) of \(counted(steps, "step")) seen, "
            + "\(right) of \(counted(tried.count, "question")) right at once, "
            + counted(entries.reduce(0) { $0 + $1.notes.count }, "note")
    }

    /// Whether there is nothing to tell; steps seen alone are nothing.
    package var isEmpty: Bool { entries.isEmpty && measurements.isEmpty && proposal == nil }
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

extension KeptMeasurement {
    /// What it is, with its day.
    package var title: String { what + (date.map { " (\($0))" } ?? "") }
}

extension Session {
    /// What the learner guessed, noted and measured so far.
    package var notebook: Notebook {
        var progress = progress
        progress.answers = toldAnswers
        return Notebook(
            course: course, progress: progress,
            races: [RaceExperiment.usual, .widened].map { experiments.statuses.race($0).results })
    }
}
