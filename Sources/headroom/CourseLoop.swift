import CursesTerminal
import LessonScreens
import TerminalCanvas

/// Shows the app on a terminal and feeds it events until it quits.
struct CourseLoop {
    let terminal: CursesTerminal
    /// Where progress goes; nowhere for those who only look on.
    var store: ProgressStore?
    /// Where a race's results go.
    var races: RaceStore?
    /// Where the place goes that others follow.
    var share: SharedFile?
    /// Where a place comes from that is followed.
    var followed: FollowedFile?

    /// A burst of events is drawn once, but a flood does not keep the screen from being drawn, and
    /// nothing is written to the disk before the answer to a key is on the screen.
    func run(_ app: inout CourseApp) {
        var unsaved: CourseProgress?
        let experiments = ExperimentRunner(waker: terminal.waker)
        defer {
            experiments.stop()
            unsaved.map { store?.save($0) }
        }
        while true {
            terminal.present(app.canvas())
            share?.write(app.place)
            if let progress = unsaved, !terminal.hasPendingEvent {
                store?.save(progress)
                unsaved = nil
            }
            let start = ContinuousClock.now
            repeat {
                let event = terminal.nextEvent()
                var effects: [Effect] = []
                if event == .wake {
                    for report in experiments.reports { effects += app.receive(report) }
                    if let place = followed?.news() { app.follow(place) }
                }
                for effect in effects + app.handle(event) {
                    switch effect {
                    case .keep(let results): races?.save(results)
                    case .run(let experiment): experiments.run(experiment)
                    case .save(let progress): unsaved = progress
                    case .quit: return
                    }
                }
            } while terminal.hasPendingEvent && start.duration(to: .now) < .milliseconds(500)
        }
    }
}
