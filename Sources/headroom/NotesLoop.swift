import CourseContent
import CourseScreens
import CursesTerminal
import TerminalCanvas

/// Shows the teacher's notes to a place that is followed, and the time since its lesson was begun.
struct NotesLoop {
    let terminal: CursesTerminal
    let followed: FollowedFile
    let classroom: ClassWatch?
    let course: Course

    func run() {
        var notes = SpeakerNotes(course: course, size: terminal.size, glyphs: terminal.glyphs)
        var start = ContinuousClock.now
        while true {
            let minutes = Int(start.duration(to: .now) / .seconds(60))
            terminal.present(notes.canvas(minutes: minutes))
            terminal.alarm = start + .seconds(60 * (minutes + 1))
            let event = terminal.nextEvent()
            switch event == .wake ? followed.news() : nil {
            case .screen(let screen)?: if notes.follow(screen) { start = .now }
            case .nothing?: notes.lose()
            case .silence?: notes.noteSilence()
            case nil: break
            }
            if event == .wake, let answers = classroom?.news() { notes.classroom = answers }
            switch notes.handle(event) {
            case .quit?: return
            case .restart?: start = .now
            case nil: break
            }
        }
    }
}
