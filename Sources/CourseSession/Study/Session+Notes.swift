/// Notes: one for each setting of a step.
extension Session {
    /// The note that belongs to what is on the screen, as far as it is written.
    package var noteHere: Note {
        let note = Note(text: "", position: position)
        return kept.notes[note.key] ?? note
    }

    /// How many other notes there are on this step.
    package var otherNotesHere: Int {
        let here = noteHere
        return kept.notes.values.filter {
            $0.position.step == here.position.step && $0.key != here.key
        }.count
    }

    /// The text of the note that was taken away last, where that was here: it can be had again.
    package var erasedText: String? { erasedNote?.key == noteHere.key ? erasedNote?.text : nil }

    /// Keeps a text as the note of what is on the screen; an empty one takes the note away, and
    /// then also what could be had again.
    package mutating func takeNote(_ text: String) {
        var note = noteHere
        let text = text.trimmed
        if text.isEmpty || erasedNote?.key == note.key {
            erasedNote = text.isEmpty && !note.text.isEmpty ? note : nil
        }
        guard text != note.text else { return }
        note.text = text
        note.date = now
        let isOwn = showsRealModel && experiments.liveModel != nil
        (note.ownModel, note.words) = isOwn ? (openModelName, typedWords) : (nil, nil)
        kept.notes[note.key] = text.isEmpty ? nil : note
        notice =
            text.isEmpty
            ? "Note deleted; n restores it."
            : "Noted. N lists your notes; headroom notes prints them."
    }

    /// Why no note can be written here; nil where one can.
    package var noNoteWords: String? {
        if review != nil { return "A review has no notes; R ends it." }
        return isPresenting ? "Before a class nothing is kept, so there are no notes." : nil
    }

    /// All notes in the course's order, those of steps that it no longer has at the end.
    package var notesInOrder: [Note] {
        func place(of note: Note) -> (Int, Int, String, String) {
            let id = note.position.step
            let lesson = course.lessonIndex(of: id.lesson) ?? .max
            return (lesson, course.find(id)?.step ?? .max, note.date ?? "", note.key)
        }
        return kept.notes.values.map { (note: $0, place: place(of: $0)) }
            .sorted { $0.place < $1.place }.map(\.note)
    }

    /// Brings back what a note was written at: its step, or, where the course no longer has that,
    /// its setting, which is still worth seeing.
    package mutating func show(_ note: Note) {
        if !go(to: note.position) {
            if !isExploring { toggleExplore() }
            notice = "This note's step is no longer in the course; its setting is."
            position.subject = note.position.subject ?? position.subject
        }
        if let words = note.words { keep(words: words) }
        if note.position.subject == nil { notice = "This note's setting cannot be read." }
    }
}
