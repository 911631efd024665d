import CourseContent
import ForeignText

/// What a student gives to a class: the answers to its questions, and a name if they gave one.
package struct StudentAnswers: Hashable, Sendable {
    /// nil where none was given.
    package private(set) var name: String?
    /// Whether the student's program follows still.
    package var isFollowing = true
    /// What was answered since following began, to questions that the class was shown.
    package var answers: [QuestionID: AnswerRecord] = [:]

    /// As many characters of a name are kept.
    package static let longestName = 60
    /// More questions than any course has.
    private static let mostAnswers = 500

    /// Of a name one line is kept; of an empty one none.
    package init(name: String? = nil, answers: [QuestionID: AnswerRecord] = [:]) {
        let line = String((name ?? "").asOneLine.trimmed.prefix(Self.longestName))
        self.name = line.isEmpty ? nil : line
        self.answers = answers
    }
}

extension StudentAnswers: Codable {
    private enum CodingKeys: String, CodingKey { case version, name, isFollowing, answers }

    /// Anyone may have written it: nothing is longer than can have been typed.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let all = try values.decode([String: AnswerRecord].self, forKey: .answers)
        let known = all.sorted { $0.key < $1.key }.prefix(Self.mostAnswers).compactMap {
            name, record in
            QuestionID(name).map { ($0, record.clipped) }
        }
        self.init(
            name: try values.value(of: .name, or: nil),
            answers: Dictionary(known) { first, _ in first })
        isFollowing = try values.value(of: .isFollowing, or: false)
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(1, forKey: .version)
        try values.encodeIfPresent(name, forKey: .name)
        try values.encode(isFollowing, forKey: .isFollowing)
        try values.encode(answers, forKey: .answers)
    }
}

/// What the students of a class have given so far.
package struct ClassAnswers: Hashable, Sendable {
    /// One of them.
    package struct Student: Hashable, Sendable {
        /// Random, and kept for the class.
        package let id: String
        /// What they gave.
        package let given: StudentAnswers
        /// Whether anything was heard of them lately.
        package let isHere: Bool

        /// A student of an id.
        package init(id: String, given: StudentAnswers, isHere: Bool) {
            self.id = id
            self.given = given
            self.isHere = isHere
        }
    }

    /// In the order of their ids, which is nobody's.
    package var students: [Student]
    /// What was passed over where they were read, a sentence each.
    package var remarks: [String]

    /// Of a class of which nothing was heard there are none.
    package init(students: [Student] = [], remarks: [String] = []) {
        self.students = students
        self.remarks = remarks
    }

    /// How many follow now.
    package var following: Int { students.count { $0.isHere } }

    /// What the students answered to a question, each at least once.
    package func records(of question: QuestionID) -> [AnswerRecord] {
        students.compactMap { $0.given.answers[question] }.filter(\.isGiven)
    }
}

extension AnswerRecord {
    /// Whether anything was answered.
    package var isGiven: Bool { tries > 0 || !given.isEmpty }
}
