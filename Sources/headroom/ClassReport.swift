import AttentionEngine
import CourseContent
import CourseSession
import Lessons

/// What a class answered, question by question in the course's order.
struct ClassReport {
    /// A student's answer to a question.
    struct Entry {
        let student: Student
        /// The guess that counts, and the newest where there was another.
        let first: String
        let newest: String
        let tries: Int
        /// Whether the first was right; nil where nothing is, or the question is not known.
        let isRight: Bool?
        let date: String?
    }

    /// Who answered.
    struct Student {
        /// The beginning of the random id.
        let id: String
        let name: String?

        /// The name, or the id of whoever gave none.
        var shown: String { name ?? id }
    }

    /// A question, and who answered it.
    struct Question {
        let id: QuestionID
        /// Title, words and right answer; nil where the course does not ask it.
        let title: String?
        let asked: String?
        let answer: String?
        let entries: [Entry]
    }

    let questions: [Question]
    let students: Int
    let remarks: [String]

    init(_ classroom: ClassAnswers, course: Course) {
        students = classroom.students.count
        remarks = classroom.remarks
        let ids = Set(classroom.students.flatMap(\.given.answers.keys))
        let places = ids.map { (id: $0, place: course.find($0)) }.sorted { one, other in
            func order(_ place: (lesson: Int, step: Int)?) -> (Int, Int) {
                place.map { ($0.lesson, $0.step) } ?? (.max, .max)
            }
            return order(one.place) == order(other.place)
                ? one.id < other.id : order(one.place) < order(other.place)
        }
        questions = places.compactMap { id, place in
            let step = place.map { course.lessons[$0.lesson].steps[$0.step] }
            let question = step?.question
            let entries = classroom.students.compactMap { student -> Entry? in
                guard let record = student.given.answers[id], record.isGiven else { return nil }
                let who = Student(id: String(student.id.prefix(8)), name: student.given.name)
                return Entry(who, record, to: question, of: step)
            }
            guard !entries.isEmpty else { return nil }
            return Question(
                id: id,
                title: place.map { "\(course.lessons[$0.lesson].title): \(step?.title ?? "")" },
                asked: question.flatMap { asked in step?.text(of: asked.text) },
                answer: question.flatMap { asked in step.flatMap { asked.rightAnswer(in: $0)?.text }
                }, entries: entries)
        }
    }
}

extension ClassReport.Entry {
    fileprivate init(
        _ student: ClassReport.Student, _ record: AnswerRecord, to question: Question?,
        of step: PreparedStep?
    ) {
        self.student = student
        (tries, date) = (record.tries, record.date)
        switch question?.kind {
        case .find(_, let rows, let mistakes)?:
            let width = rows.first?.count ?? 0
            let cells = Set(mistakes.map { $0.row * width + $0.column })
            let found = Set(record.found).intersection(cells).count
            (first, newest) = ("\(found) of \(cells.count) found", "")
            isRight = found == cells.count
        case .choice(let choices)?:
            (first, newest) = record.guesses
            isRight = choices.first(where: \.isRight)?.text.plain == first
        case .number(_, let tolerance)?:
            (first, newest) = record.guesses
            let answer = step.flatMap { question?.rightAnswer(in: $0) }
            isRight = answer.map {
                ClassSpread.Guessed(record.guesses.first, answer: $0, tolerance: tolerance)?
                    .isRight ?? false
            }
        case .free?, nil:
            (first, newest) = record.guesses
            isRight = nil
        }
    }
}

extension AnswerRecord {
    /// The first guess, and the newest where there was another.
    fileprivate var guesses: (first: String, newest: String) {
        first.map { ($0, given) } ?? (given, "")
    }
}

// MARK: Forms

extension ClassReport {
    /// A row for each answer, for a spreadsheet (RFC 4180).
    var csv: String {
        let header = [
            "student", "name", "question", "asked", "answer", "first", "newest", "tries", "right",
            "date",
        ]
        let rows = questions.flatMap { question in
            question.entries.map { entry in
                [
                    entry.student.id, entry.student.name ?? "", question.id.description,
                    question.asked ?? "", question.answer ?? "", entry.first, entry.newest,
                    String(entry.tries), entry.isRight.map { $0 ? "yes" : "no" } ?? "",
                    entry.date ?? "",
                ]
            }
        }
        return ([header] + rows).map { $0.map(Self.cell).joined(separator: ",") }
            .joined(separator: "\n")
    }

    /// A cell of CSV. A spreadsheet takes what begins with one of these signs for a formula, and
    /// what students write is not the teacher's to run.
    static func cell(_ text: String) -> String {
        let line = printable(text)
        let isFormula = line.first { $0 != " " }.map { "=+-@".contains($0) } ?? false
        let guarded = isFormula ? "'" + line : line
        guard guarded.contains(where: { ",\"\n\r;\t".contains($0) }) || guarded != guarded.trimmed
        else { return guarded }
        return "\""
            + guarded.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }

    /// A section for each question.
    var markdown: String {
        var blocks = ["# What the class answered", "\(counted(students, "student"))."]
        for question in questions {
            blocks.append("## \(Self.escaped(question.title ?? question.id.description))")
            blocks.append(
                Self.escaped(question.asked ?? "This question is not in the course.")
                    + (question.answer.map { "\n\nThe answer: **\(Self.escaped($0))**" } ?? ""))
            let judged = question.entries.compactMap(\.isRight)
            if !judged.isEmpty {
                blocks.append("\(judged.count { $0 }) of \(judged.count) right at once.")
            }
            let rows = question.entries.map { entry in
                let right = entry.isRight.map { $0 ? "yes" : "no" } ?? ""
                return [
                    entry.student.shown, entry.first, entry.newest, String(entry.tries), right,
                ]
            }
            blocks.append(
                MarkdownText.table(
                    header: ["student", "first answer", "newest", "tries", "right"],
                    rows: rows.map { $0.map(Self.escaped) },
                    alignments: [.left, .left, .left, .right, .left]))
        }
        return (blocks + remarks.map(Self.escaped)).joined(separator: "\n\n")
    }

    /// What students wrote is text and no Markdown, on one line.
    private static func escaped(_ text: String) -> String { MarkdownText.escaped(printable(text)) }

    /// As `JSONReference.classAnswers` describes it.
    var json: JSON {
        func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
        return .object([
            ("students", .int(students)), ("remarks", .array(remarks.map(JSON.string))),
            (
                "questions",
                .array(
                    questions.map { question in
                        .object([
                            ("id", .string(question.id.description)),
                            ("title", text(question.title)),
                            ("question", text(question.asked)), ("answer", text(question.answer)),
                            (
                                "answers",
                                .array(
                                    question.entries.map { entry in
                                        .object([
                                            ("student", .string(entry.student.id)),
                                            ("name", text(entry.student.name)),
                                            ("first", .string(entry.first)),
                                            ("newest", .string(entry.newest)),
                                            ("tries", .int(entry.tries)),
                                            ("right", entry.isRight.map(JSON.bool) ?? .null),
                                            ("date", text(entry.date)),
                                        ])
                                    })
                            ),
                        ])
                    })
            ),
        ])
    }
}
