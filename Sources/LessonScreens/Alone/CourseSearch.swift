import CourseContent
import Lessons
import TerminalCanvas

/// Text search over the course's steps.
extension CourseApp {
    /// A step that holds what is looked for.
    struct SearchHit: Hashable {
        let lesson: Int
        let step: Int
        /// The text around the first place; empty where only the title holds it.
        let before: String
        let match: String
        let after: String
    }

    /// The steps whose title or text holds every word, in the course's order; none for an empty
    /// text. Upper case does not count. Cost: O(the course's text).
    func searchHits(_ query: String) -> [SearchHit] {
        let words = query.lowercased().split(separator: " ").map(String.init)
        guard !words.isEmpty else { return [] }
        return course.lessons.indices.flatMap { lesson in
            course.lessons[lesson].steps.indices.compactMap { step in
                hit(lesson: lesson, step: step, words: words)
            }
        }
    }

    private func hit(lesson: Int, step: Int, words: [String]) -> SearchHit? {
        let prepared = course.lessons[lesson].steps[step]
        let text = searchText(of: prepared, in: course.lessons[lesson])
        let all = (course.lessons[lesson].title + " " + prepared.title + " " + text).lowercased()
        guard words.allSatisfy({ all.contains($0) }) else { return nil }
        let whole = words.joined(separator: " ")
        let lower = text.lowercased()
        // A letter may be of another length in lower case; then there is no place to show.
        guard lower.count == text.count,
            let found = ([whole] + words).lazy.compactMap({ lower.firstRange(of: $0) }).first
        else { return SearchHit(lesson: lesson, step: step, before: "", match: "", after: "") }
        let start = lower.distance(from: lower.startIndex, to: found.lowerBound)
        let length = lower.distance(from: found.lowerBound, to: found.upperBound)
        let letters = Array(text)
        // What stands before it begins with a word.
        var from = max(0, start - 24)
        while from > 0, from < start, letters[from - 1] != " " { from += 1 }
        return SearchHit(
            lesson: lesson, step: step, before: String(letters[from..<start]),
            match: String(letters[start..<start + length]),
            after: String(letters[(start + length)...].prefix(160)))
    }

    /// A step's text on one line; a figure that would answer its open question is a question mark.
    private func searchText(of step: PreparedStep, in lesson: PreparedLesson) -> String {
        let record = step.question.flatMap { progress.answers["\(lesson.id)/\($0.id)"] }
        var hidden: Double?
        if record?.isRevealed != true, case .number(.figure(let answer), _)? = step.question?.kind {
            hidden = answer.value(step: step.setting, live: step.setting, units: units)?.amount
        }
        let layout = ProseLayout(width: .max, glyphs: glyphs) { figure in
            guard
                let value = step.figures[figure]?.value(
                    step: step.setting, live: step.setting, units: units)
            else { return figure.written }
            return hidden == value.amount ? "?" : value.text
        }
        let texts = step.prose.flatMap(\.texts) + [step.question?.text.inlines ?? []]
        return texts.map { layout.spans($0, .plain).map(\.text).joined() }
            .filter { !$0.isEmpty }
            // A cell of a table ends without a mark, a sentence with one.
            .reduce("") { $0 + ($0.isEmpty ? "" : $0 == ended($0) ? " " : "; ") + $1 }
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    func searchPage(_ query: String, _ selected: Int) -> OverlayPage {
        let hits = searchHits(query)
        let lines = hits.map { hit -> Line in
            let step = course.lessons[hit.lesson].steps[hit.step]
            return [
                Span("\(hit.lesson + 1).\(hit.step + 1) \(step.title)  ", Style(.accent)),
                Span(hit.before, Style(.faint)),
                Span(hit.match, Style(.text, [.bold, .underline])),
                Span(hit.after, Style(.faint)),
            ]
        }
        let empty =
            query.isEmpty
            ? Span("Words of any step: titles, text, questions.", Style(.faint))
            : Span("No step holds that. Backspace erases a letter.", Style(.bad))
        return OverlayPage(
            title: query.isEmpty ? "Search" : "Search: \(counted(hits.count, "step"))",
            lines: hits.isEmpty ? [[empty]] : lines, selected: hits.isEmpty ? nil : selected,
            heading: [
                [Span("Type to search: ", Style(.faint)), Span(query, Style(.text, .bold))]
            ], cursor: Point(column: 16 + columns(of: query), row: 0))
    }

    mutating func performSearch(_ action: Action, _ query: String, _ selected: Int) {
        let hits = searchHits(query)
        if let index = moved(action, from: selected, count: hits.count) {
            overlay = .search(query: query, selected: index)
        } else if action == .erase {
            overlay = .search(query: String(query.dropLast()), selected: 0)
        } else {
            overlay = nil
            if action == .choose, hits.indices.contains(selected) {
                enter(lesson: hits[selected].lesson, step: hits[selected].step)
            }
        }
    }
}
