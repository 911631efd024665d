import CourseContent
import Lessons

/// Text search over the course's steps.
extension Session {
    /// A step that holds what is looked for.
    package struct SearchHit: Hashable, Sendable {
        /// The lesson's place in the course, counted from 0.
        package let lesson: Int
        /// The step's place in its lesson, counted from 0.
        package let step: Int
        /// The text around the first place; empty where only the title holds it.
        package let before: String
        /// What was found, as the text writes it; empty where only the title holds it.
        package let match: String
        /// The text behind it, 160 characters at the most.
        package let after: String
    }

    /// The steps whose title or text holds every word, as `SearchTexts.hits`. Cost: O(the course's
    /// text).
    package func searchHits(_ query: String) -> [SearchHit] { searchTexts.hits(query) }

    /// What is searched. Cost: O(the course's text).
    package var searchTexts: SearchTexts {
        SearchTexts(
            texts: course.lessons.enumerated().flatMap { index, lesson in
                lesson.steps.enumerated().map { number, step in
                    let text = searchText(of: step, in: lesson)
                    let all = "\(lesson.title) \(step.title) \(text)"
                    return SearchTexts.Text(
                        lesson: index, step: number, title: step.title.lowercased(), text: text,
                        all: all.lowercased())
                }
            })
    }

    /// What the texts are made of.
    package var searchSource: SearchSource {
        SearchSource(
            steps: course.lessons.map(\.steps), answers: kept.answers,
            unkeptAnswers: unkeptAnswers, review: review?.current.record, units: units)
    }

    /// A step's text on one line, without what its open question hides.
    private func searchText(of step: PreparedStep, in lesson: PreparedLesson) -> String {
        let veil = veil(over: step, in: lesson)
        let writer = PlainWriter { figure in
            step.figures[figure]?.value(step: step.setting, live: step.setting, units: units)
                .map(veil.text) ?? figure.written
        }
        let texts = step.prose.flatMap(\.texts) + [step.question?.text.inlines ?? []]
        var all = ""
        var isEnded = true
        for text in texts.map(writer.text) where !text.isEmpty {
            // A cell of a table ends without a mark, a sentence with one.
            all += (isEnded ? " " : "; ") + text
            isEnded = text == ended(text)
        }
        return all.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

/// What the texts that are searched are made of.
package struct SearchSource: Equatable, Sendable {
    let steps: [[PreparedStep]]
    let answers: [QuestionID: AnswerRecord]
    let unkeptAnswers: [QuestionID: AnswerRecord]
    let review: AnswerRecord?
    let units: Units
}

/// The texts of a course's steps, without what their open questions hide.
package struct SearchTexts: Sendable {
    fileprivate struct Text: Sendable {
        let lesson: Int
        let step: Int
        /// The step's, in lower case.
        let title: String
        let text: String
        /// The titles too, in lower case.
        let all: String
    }

    fileprivate let texts: [Text]

    /// The steps whose title or text holds every word, those first whose title begins with them,
    /// in the course's order; none for an empty text. Upper case does not count. Cost: O(the
    /// course's text).
    package func hits(_ query: String) -> [Session.SearchHit] {
        let words = query.lowercased().split(separator: " ").map(String.init)
        guard !words.isEmpty else { return [] }
        let found = texts.filter { text in words.allSatisfy(text.all.contains) }
        let start = words.joined(separator: " ")
        return
            (found.filter { $0.title.hasPrefix(start) }
            + found.filter { !$0.title.hasPrefix(start) }).map { Self.hit($0, words: words) }
    }

    private static func hit(_ step: Text, words: [String]) -> Session.SearchHit {
        let (letters, lower) = (Array(step.text), Array(step.text.lowercased()))
        let wanted = [words.joined(separator: " ")] + words
        // A letter may be of another length in lower case; then there is no place to show.
        guard lower.count == letters.count,
            let found = wanted.lazy.compactMap({ lower.firstRange(of: $0) }).first
        else {
            return Session.SearchHit(
                lesson: step.lesson, step: step.step, before: "", match: "", after: "")
        }
        let start = found.lowerBound
        // What stands before it begins with a word.
        var from = max(0, start - 24)
        while from > 0, from < start, letters[from - 1] != " " { from += 1 }
        return Session.SearchHit(
            lesson: step.lesson, step: step.step, before: String(letters[from..<start]),
            match: String(letters[found]), after: String(letters[found.upperBound...].prefix(160)))
    }
}
