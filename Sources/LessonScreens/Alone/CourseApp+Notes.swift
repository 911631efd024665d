import AttentionEngine
import ModelCatalog
import TerminalCanvas

/// Notes: one for each setting of a step.
extension CourseApp {
    /// The note that belongs to what is on the screen, as far as it is written.
    var noteHere: Note {
        let note = Note(
            text: "", lesson: lesson?.id ?? "", step: lessonStep?.id ?? "", setting: setting.text,
            model: model?.id, isExploring: isExploring)
        return progress.notes[note.key] ?? note
    }

    /// How many notes there are of this lesson's step.
    private var notesOfStep: Int {
        let here = noteHere
        return progress.notes.values.filter { $0.lesson == here.lesson && $0.step == here.step }
            .count
    }

    /// Notes are for those whose progress is kept, which it is not before a class.
    var canNote: Bool { review == nil && !isPresenting }

    mutating func openNote() { overlay = .note(NoteEditor(noteHere.text)) }

    /// Keeps a text as the note of what is on the screen; an empty one takes the note away.
    public mutating func takeNote(_ text: String) {
        defer {
            catchUp()
            updateLayout()
        }
        var note = noteHere
        note.text = NoteEditor.cleaned(text).trimmed
        guard note.text != noteHere.text else { return }
        note.date = now
        progress.notes[note.key] = note.text.isEmpty ? nil : note
        notice =
            note.text.isEmpty
            ? "This note is taken away."
            : "Noted. N lists your notes; headroom notes prints them."
    }

    /// Says why a note could not be edited elsewhere.
    public mutating func say(_ notice: String) { self.notice = notice }

    /// Keeps what stands in the editor.
    mutating func keepOpenNote() {
        guard case .note(let editor)? = overlay, editor.text != editor.original else { return }
        takeNote(editor.text)
    }

    mutating func performNote(_ action: Action, _ editor: NoteEditor) -> [Effect] {
        var editor = editor
        let width = Self.noteWidth(size)
        switch action {
        case .newLine: editor.insert("\n")
        case .erase: editor.erase()
        case .eraseNext: editor.eraseNext()
        case .eraseAll: editor.eraseLine()
        case .left: editor.move(-1)
        case .right: editor.move(1)
        case .up: editor.move(rows: -1, width: width, glyphs: glyphs)
        case .down: editor.move(rows: 1, width: width, glyphs: glyphs)
        case .pageUp: editor.move(rows: -notePage, width: width, glyphs: glyphs)
        case .pageDown: editor.move(rows: notePage, width: width, glyphs: glyphs)
        case .top: editor.moveToRowStart(width: width, glyphs: glyphs)
        case .bottom: editor.moveToRowEnd(width: width, glyphs: glyphs)
        case .elsewhere:
            overlay = nil
            return [.edit(editor.text)]
        default:
            keepOpenNote()
            overlay = nil
            return []
        }
        overlay = .note(editor)
        return []
    }

    private var notePage: Int { max(1, OverlayPage.area(of: size).height - 5) }

    private static func noteWidth(_ size: Size) -> Int { OverlayPage.area(of: size).width - 4 }

    func notePage(_ editor: NoteEditor) -> OverlayPage {
        let width = Self.noteWidth(size)
        let rows = editor.rows(width: width, glyphs: glyphs)
        let place = editor.place(in: rows, glyphs: glyphs)
        let note = noteHere
        let others = notesOfStep - (progress.notes[note.key] == nil ? 0 : 1)
        let more = others == 0 ? "" : " \(counted(others, "other note")) on this step: N lists all."
        let heading = wrapped(
            [Span("At \(setting.text).\(more)", Style(.faint))], width: width, glyphs: glyphs)
        let name = isExploring ? "Explore" : lessonStep?.title ?? ""
        var page = OverlayPage(
            title: "Note \(glyphs.separator) \(name)",
            lines: rows.map { [Span(String(editor.characters[$0]))] }, heading: heading)
        let visible = page.rows(in: OverlayPage.area(of: size))
        page.scroll = max(0, min(place.row - visible / 2, rows.count - visible))
        page.cursor = Point(
            column: place.column + 2, row: heading.count + 1 + place.row - page.scroll)
        return page
    }

    // MARK: The list

    /// All notes in the course's order, those of steps that it no longer has at the end.
    var notesInOrder: [Note] {
        func order(_ note: Note) -> (Int, Int) {
            let lesson = course.lessons.firstIndex { $0.id == note.lesson }
            let step = lesson.flatMap { course.lessons[$0].stepIDs.firstIndex(of: note.step) }
            return (lesson ?? .max, step ?? .max)
        }
        return progress.notes.values.map { (note: $0, order: order($0)) }
            .sorted { one, other in
                if one.order != other.order { return one.order < other.order }
                let dates = (one.note.date ?? "", other.note.date ?? "")
                return dates.0 == dates.1 ? one.note.key < other.note.key : dates.0 < dates.1
            }.map(\.note)
    }

    func notesPage(_ selected: Int) -> OverlayPage {
        let notes = notesInOrder
        let lines = notes.map { note -> Line in
            let lesson = course.lessons.firstIndex { $0.id == note.lesson }
            let number = lesson.map { "\($0 + 1) " } ?? ""
            let step = lesson.flatMap { course.lessons[$0].steps.first { $0.id == note.step } }
            let first = note.text.prefix { $0 != "\n" }
            return [
                Span("\(number)\(step?.title ?? note.step)", Style(.accent, .bold)),
                Span(note.isExploring ? " (exploring)  " : "  ", Style(.faint)),
                Span(String(first)),
            ]
        }
        let chosen = notes.indices.contains(selected) ? notes[selected] : nil
        let none: [Line] = [[Span("No notes yet. n on a step opens one.", Style(.faint))]]
        return OverlayPage(
            title: "Notes: \(notes.count)", lines: notes.isEmpty ? none : lines,
            selected: notes.isEmpty ? nil : selected,
            heading: chosen.map {
                [[Span("\($0.date.map { "\($0)  " } ?? "")\($0.setting)", Style(.faint))]]
            }
                ?? [])
    }

    /// Brings back the screen that a note was written at.
    mutating func show(_ note: Note) {
        overlay = nil
        let index = course.lessons.firstIndex { $0.id == note.lesson }
        let step = index.flatMap { course.lessons[$0].stepIDs.firstIndex(of: note.step) }
        let setting = try? CacheSetting(text: note.setting)
        if let index, let step {
            enter(lesson: index, step: step)
            if note.isExploring { toggleExplore() }
        } else {
            // What it was written at is still worth seeing.
            if !isExploring { toggleExplore() }
            notice = "This note's step is no longer in the course; its setting is."
        }
        guard let setting else {
            notice = "This note's setting cannot be read."
            return
        }
        self.setting = setting
        model = note.model.flatMap(Catalog.model).flatMap { $0.describes(setting) ? $0 : nil }
        focusIndex = min(focusIndex, max(0, self.step.sliders.count - 1))
    }

    mutating func performNotes(_ action: Action, _ selected: Int) {
        let notes = notesInOrder
        if let index = moved(action, from: selected, count: notes.count) {
            overlay = .notes(selected: index)
        } else {
            overlay = nil
            if action == .choose, notes.indices.contains(selected) { show(notes[selected]) }
        }
    }
}
