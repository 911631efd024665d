import AttentionEngine
import CourseContent

/// How a class answered one question: the first guess of each student, without names.
package struct ClassSpread: Sendable {
    /// One of some answers.
    package struct Bar: Hashable, Sendable {
        /// The answer.
        package let text: String
        /// How many gave it.
        package let count: Int
        /// Whether it is the right one.
        package let isRight: Bool
    }

    /// A number that was guessed.
    package struct Guessed: Hashable, Sendable {
        /// The number; bytes where a size was asked for.
        package let value: Double
        /// Whether it is within the tolerance.
        package let isRight: Bool
        /// What led to it, where that can be told.
        package let cause: String?
    }

    /// What was asked for, and what came.
    package enum Form: Sendable {
        /// Bars, in the order of the question's answers.
        case bars([Bar])
        /// Numbers from the smallest on, the right one, and the share by which one may be off.
        case guesses([Guessed], answer: FigureValue, tolerance: Double)
        /// Own words, which are only counted.
        case written
    }

    /// What was asked.
    package let question: String
    /// What came.
    package let form: Form
    /// How many follow now.
    package let following: Int
    /// How many have answered.
    package let answered: Int
    /// How many of these were right at once; nil where nothing is right or wrong.
    package let right: Int?
    /// How many of them cannot be shown: no number, or none of the answers.
    package let others: Int

    /// The spread of a step's question; nil where the step asks none.
    package init?(_ step: PreparedStep, in lesson: String, of classroom: ClassAnswers) {
        guard let question = step.question else { return nil }
        let records = classroom.records(of: QuestionID(lesson: lesson, part: question.id))
        self.question = step.text(of: question.text)
        following = classroom.following
        answered = records.count
        switch question.kind {
        case .choice(let choices):
            let bars = choices.map { choice in
                let count = records.count { $0.firstGuess == choice.text.plain }
                return Bar(
                    text: step.text(of: choice.text), count: count, isRight: choice.isRight)
            }
            form = .bars(bars)
            right = bars.filter(\.isRight).reduce(0) { $0 + $1.count }
            others = records.count - bars.reduce(0) { $0 + $1.count }
        case .number(_, let tolerance):
            guard let answer = question.rightAnswer(in: step) else { return nil }
            let guesses = records.compactMap {
                Guessed($0.firstGuess, answer: answer, tolerance: tolerance)
            }.sorted { $0.value < $1.value }
            form = .guesses(guesses, answer: answer, tolerance: tolerance)
            right = guesses.count(where: \.isRight)
            others = records.count - guesses.count
        case .find(_, let rows, let mistakes):
            let width = rows.first?.count ?? 0
            let cells = Set(mistakes.map { $0.row * width + $0.column })
            let found = records.map { Set($0.found).intersection(cells).count }
            form = .bars(
                (0...cells.count).map { count in
                    Bar(
                        text: "\(count) of \(cells.count) found",
                        count: found.count { $0 == count }, isRight: count == cells.count)
                })
            right = found.count { $0 == cells.count }
            others = 0
        case .free: (form, right, others) = (.written, nil, 0)
        }
    }

    /// What led to wrong guesses, and how many were led by it; the commonest first.
    package var causes: [(cause: String, count: Int)] {
        guard case .guesses(let guesses, _, _) = form else { return [] }
        let causes = guesses.filter { !$0.isRight }.compactMap(\.cause)
        return Dictionary(grouping: causes) { $0 }.map { (cause: $0.key, count: $0.value.count) }
            .sorted { (-$0.count, $0.cause) < (-$1.count, $1.cause) }
    }
}

extension ClassSpread.Guessed {
    /// A guess as it was typed; nil where it is no number.
    package init?(_ typed: String, answer: FigureValue, tolerance: Double) {
        guard case .value(let value) = Guess.read(typed, for: answer), value.isFinite else {
            return nil
        }
        self.value = value
        isRight = Guess.isRight(value, answer: answer.amount, tolerance: tolerance)
        cause = isRight ? nil : Guess.cause(of: value, typed: typed, answer: answer)
    }
}

extension ClassSpread {
    /// "14 follow, 11 have answered."
    package var countedWords: String {
        "\(grouped(following)) follow\(following == 1 ? "s" : ""), \(grouped(answered)) "
            + "\(answered == 1 ? "has" : "have") answered."
    }

    /// "7 of 11 were right at once."; nil where nobody has answered, or nothing is right or wrong.
    package var rightWords: String? {
        guard let right, answered > 0 else { return nil }
        return "\(grouped(right)) of \(grouped(answered)) "
            + "\(right == 1 ? "was" : "were") right at once."
    }
}

extension Session {
    /// How the class answered the step's question; nil where no class answers, or nothing is asked.
    package var spread: ClassSpread? {
        classroom.flatMap { ClassSpread(step, in: position.step.lesson, of: $0) }
    }
}
