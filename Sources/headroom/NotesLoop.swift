import CursesTerminal
import Foundation
import LessonScreens
import TerminalCanvas

/// Shows the teacher's notes to a place that is followed, and the time since its lesson was begun.
struct NotesLoop {
    let terminal: CursesTerminal
    let followed: FollowedFile
    let course: Course

    func run() {
        var notes = SpeakerNotes(course: course, size: terminal.size, glyphs: terminal.glyphs)
        var start = ContinuousClock.now
        tick(terminal.waker)
        while true {
            let elapsed = start.duration(to: .now)
            terminal.present(notes.canvas(minutes: Int(elapsed / .seconds(1)) / 60))
            let event = terminal.nextEvent()
            if event == .wake, let place = followed.news(), notes.follow(place) { start = .now }
            switch notes.handle(event) {
            case .quit?: return
            case .restart?: start = .now
            case nil: break
            }
        }
    }

    /// Often enough for a clock that shows minutes.
    private func tick(_ waker: Waker) {
        Thread.detachNewThread {
            while true {
                Thread.sleep(forTimeInterval: 5)
                waker.wake()
            }
        }
    }
}
