import AttentionEngine
import CourseContent
import CourseSession

/// Notes, review, search and summary by line.
extension PlainCourse {
    /// Adds a line to the note on this step at this setting.
    mutating func note(_ text: String) -> [Passage] {
        if let why = session.noNoteWords { return say(why) }
        let here = session.noteHere.text
        guard !text.isEmpty else {
            return say(
                here.isEmpty ? "No note here yet; type note and your words." : "Your note here:")
                + lines(of: here)
        }
        session.takeNote(here.isEmpty ? text : here + "\n" + text)
        session.notice = nil
        return say("Noted. notes lists your notes.")
    }

    private func lines(of note: String) -> [Passage] {
        note.split(separator: "\n").map { .row(String($0), mark: "  ") }
    }

    /// All notes by number; a number brings back the screen of one.
    mutating func notes(_ number: String) -> [Passage] {
        let notes = session.notesInOrder
        guard !notes.isEmpty else { return say("No notes yet; note and your words write one.") }
        guard !number.isEmpty else {
            return say("Your notes; notes and a number reopens the step and setting of one.")
                + notes.enumerated().flatMap { index, note in
                    [
                        Passage.row(
                            "\(note.position.step), \(note.position.text)"
                                + (note.date.map { ", \($0)" } ?? "") + ":", mark: "\(index + 1). ")
                    ] + lines(of: note.text)
                }
        }
        guard let index = Int(number), 0 < index, index <= notes.count else {
            return say("The notes are numbered 1 to \(notes.count).")
        }
        session.show(notes[index - 1])
        return told()
    }

    mutating func review() -> [Passage] {
        if session.review != nil {
            session.endReview()
        } else if session.canReview {
            session.startReview()
        } else {
            return say(Session.nothingMissedWords)
        }
        return told()
    }

    func search(_ words: String) -> [Passage] {
        guard !words.isEmpty else { return say("search needs a word, as in search latent.") }
        let hits = session.searchHits(words)
        guard !hits.isEmpty else { return say("No step contains that.") }
        return say("\(counted(hits.count, "step")); go and its numbers open one.")
            + hits.map { hit in
                let step = session.course.lessons[hit.lesson].steps[hit.step]
                let text = hit.before + hit.match + Self.words(of: hit.after, most: 40)
                return .row(
                    "go \(hit.lesson + 1) \(hit.step + 1): \(ended(step.title))"
                        + (text.isEmpty ? "" : " ...\(text)..."))
            }
    }

    /// A text's beginning, whole words of it.
    private static func words(of text: String, most: Int) -> Substring {
        guard text.count > most else { return text[...] }
        let start = text.prefix(most)
        return start.lastIndex(of: " ").map { start[..<$0] } ?? start
    }

    func summary() -> [Passage] {
        let book = session.notebook
        func list(_ name: String, _ rows: [String], none: String) -> [Passage] {
            rows.isEmpty ? say("\(name): \(none)") : say("\(name):") + rows.map { .row($0) }
        }
        return say(ended(book.counts))
            + list(
                "Measured on this machine",
                book.measurements.map { measurement in
                    let rows = measurement.rows.map(\.text).joined(separator: "; ")
                    return measurement.title + ". " + ended(rows)
                }, none: "nothing yet; run starts a step's measurement.")
            + list(
                "Learned",
                book.finished.map { "\(ended($0.title)) \($0.summary)" }
                    + book.learned.map(\.summary),
                none: "no lesson finished and no question right yet.")
            + list("Missed", book.missed.map(\.summary), none: "nothing so far.")
            + (book.open.isEmpty
                ? [] : list("Left open", book.open.map(\.summary), none: "nothing."))
            + (book.proposal.map { say("Your proposal: " + ended($0)) } ?? [])
    }
}
