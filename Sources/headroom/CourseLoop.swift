import CursesTerminal
import Foundation
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
    /// Where edited lessons come from.
    var lessons: WatchedLessons?
    /// Whether what runs beside the course is shown only when it begins and ends.
    var isStill = false
    /// How many times as fast as its own pace the course goes on by itself; nil where it waits.
    var pace: Double?

    /// A burst of events is drawn once, but a flood does not keep the screen from being drawn, and
    /// nothing is written to the disk before the answer to a key is on the screen.
    func run(_ app: inout CourseApp) {
        var unsaved: CourseProgress?
        let experiments = ExperimentRunner(waker: terminal.waker, isStill: isStill)
        defer {
            experiments.stop()
            unsaved.map { store?.save($0) }
        }
        var due = deadline(app)
        if pace != nil { tick() }
        while true {
            if let time = due, ContinuousClock.now >= time {
                due = app.goOnByItself() ? deadline(app) : nil
            }
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
                    if let course = lessons?.news() { app.reload(course) }
                }
                // Whoever presses a key is looking at the step.
                if case .key = event {
                    due = deadline(app)
                    ForcedCrash.wanted?.happen()
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

    /// When the course goes on by itself.
    private func deadline(_ app: CourseApp) -> ContinuousClock.Instant? {
        pace.map { .now + .seconds(app.secondsForStep / $0) }
    }

    /// Wakes the loop to look at the time.
    private func tick() {
        let waker = terminal.waker
        Thread.detachNewThread {
            while true {
                Thread.sleep(forTimeInterval: 0.25)
                waker.wake()
            }
        }
    }
}
