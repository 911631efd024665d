import CourseScreens
import CourseSession
import CursesTerminal
import Foundation
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
    /// Where the answers come from of the class that it is shown to.
    var classroom: ClassWatch?
    /// Where a place comes from that is followed.
    var followed: FollowedFile?
    /// Where answers go to the class that is followed.
    var member: ClassMember?
    /// Where edited lessons come from.
    var lessons: WatchedLessons?
    /// Whether what runs beside the course is shown only when it begins and ends.
    var isStill = false
    /// How many times as fast as its own pace the course goes on by itself; nil where it waits.
    var pace: Double?

    /// A burst of events is drawn once, but a flood does not keep the screen from being drawn, and
    /// nothing is written to the disk before the answer to a key is on the screen.
    func run(_ app: inout CourseApp) {
        var isUnsaved = false
        let experiments = ExperimentRunner(waker: terminal.waker, isStill: isStill)
        let models = OwnModels(waker: terminal.waker)
        defer {
            experiments.stop()
            models.stop()
            // Also what could not be written before; where nothing is new, nothing is.
            _ = store?.save(app.session.progress)
            share?.end(at: app.shared)
            member?.send(app.session.classAnswers, isFollowing: false)
        }
        app.session.goesByItself = pace != nil
        var due = deadline(app)
        var told: [String] = []
        while true {
            tellWarnings(to: &app, after: &told)
            if let time = due, ContinuousClock.now >= time {
                due = app.goOnByItself() ? deadline(app) : nil
                app.session.goesByItself = due != nil
                isUnsaved = true
            }
            terminal.present(app.canvas())
            share?.write(app.shared)
            member?.send(app.session.classAnswers)
            if isUnsaved || store?.isDue == true, !terminal.hasPendingEvent {
                let progress = app.progress
                if let merged = store?.save(progress), merged != progress {
                    app.session.adopt(merged)
                }
                isUnsaved = false
            }
            if warnings.contains(where: { !told.contains($0) }) { continue }
            let times = [due, store?.nextTry, member?.nextSign, share?.nextSign]
            terminal.alarm = times.compactMap(\.self).min()
            let start = ContinuousClock.now
            repeat {
                let event = terminal.nextEvent()
                var effects: [Effect] = []
                let now = MachineClock.now
                if app.session.now != now { app.session.now = now }
                if event == .wake {
                    for report in experiments.news() { effects += app.receive(report) }
                    for news in models.news() { effects += app.receive(news) }
                    switch followed?.news() {
                    case .screen(let screen)?: app.follow(screen)
                    case .nothing?: app.session.loseFollowed(in: followed?.path ?? "")
                    case .silence?: app.session.noteSilence()
                    case nil: break
                    }
                    if let answers = classroom?.news() { app.session.classroom = answers }
                    switch member?.meet(app.session.followed?.screen?.classID) {
                    case .isAsked?: app.askToJoin()
                    case .takesPart(let answers)?: app.session.resumeClass(answers)
                    case .isSettled?, nil: break
                    }
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
                    case .run(let experiment):
                        if let why = experiments.run(experiment) { app.session.notice = why }
                    case .findModels: models.look()
                    case .openModel(let file): models.open(file)
                    case .joinClass(let name): member?.join(name: name)
                    case .stayOut: member?.stayOut()
                    case .save: isUnsaved = true
                    case .edit(let text):
                        edit(text, in: &app)
                        isUnsaved = true
                    case .quit: return
                    }
                }
            } while terminal.hasPendingEvent && start.duration(to: .now) < .milliseconds(500)
        }
    }

    /// What went wrong with the files so far.
    private var warnings: [String] {
        (store?.warnings ?? []) + (races?.warnings ?? []) + (share?.warnings ?? [])
            + (member?.warnings ?? [])
    }

    /// Shows the newest warning as soon as there is one; after the course those that still hold are
    /// written where they stay.
    private func tellWarnings(to app: inout CourseApp, after told: inout [String]) {
        let warnings = warnings
        defer { told = warnings }
        if let newest = warnings.last(where: { !told.contains($0) }) {
            app.session.notice = "Warning: \(newest)."
        }
    }

    /// Has a note written in the learner's own editor.
    private func edit(_ text: String, in app: inout CourseApp) {
        guard let editor = NoteFile.editor(ProcessInfo.processInfo.environment) else {
            let place = app.session.position
            app.takeNote(text)
            // Whoever types goes on with the note, unless a screen that is followed has moved on.
            if app.session.position == place { _ = app.handle(.key("n")) }
            app.session.notice = "Neither VISUAL nor EDITOR is set; the note is kept."
            return
        }
        var edited = NoteFile.Edited(text: text, remark: nil)
        terminal.lend {
            do throws(NoteFile.Failure) { edited = try NoteFile.edit(text, with: editor) } catch {
                edited = NoteFile.Edited(text: text, remark: error.description)
            }
        }
        app.takeNote(edited.text)
        if let remark = edited.remark { app.session.notice = remark }
    }

    /// When the course goes on by itself.
    private func deadline(_ app: CourseApp) -> ContinuousClock.Instant? {
        pace.map { .now + .seconds(app.session.secondsForStep / $0) }
    }
}
