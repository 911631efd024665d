import ArgumentParser
import CursesTerminal
import LessonScreens
import TerminalCanvas

/// `headroom learn`: the course on the terminal.
struct LearnCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract: "Take the course (what headroom does without a command).",
        discussion: """
            Space goes on, ? shows the keys, q quits and keeps your progress. In a
            window smaller than 60x20 the course waits for a larger one. Where there
            is no terminal that can show it, the status is 69.

            EXAMPLES
              headroom learn
              headroom learn gqa --step 3
              headroom learn mqa --state n=64,g=1,s=8192
              headroom learn --lessons my-course
            """)

    @OptionGroup var options: CourseOptions

    @Flag(help: "Draw with plain ASCII.")
    var ascii = false

    @Option(help: "Colours: auto, never, 8, 16 or 256.")
    var color = ColourChoice.auto

    @Option(help: "Whether the mouse moves sliders: on or off.")
    var mouse = MouseChoice.on

    func run() throws {
        let files = try CourseFiles.load(folder: options.lessons)
        let course = Course(files: files.files)
        let store = ProgressStore(folder: files.folder)
        let progress = store.load()
        // Everything that can be wrong is known before the terminal changes.
        _ = try options.app(
            of: course, size: CourseApp.leastSize, glyphs: .unicode, progress: progress)
        let terminal: CursesTerminal
        do throws(TerminalFailure) {
            terminal = try CursesTerminal(
                TerminalOptions(colour: color.colour, mouse: mouse == .on, ascii: ascii))
        } catch {
            writeError("headroom: \(error.message)\n")
            throw ExitCode(69)
        }
        var app = try options.app(
            of: course, size: terminal.size, glyphs: terminal.glyphs, progress: progress)
        let races = RaceStore()
        for results in races.load() { app.receive(.kept(results)) }
        run(&app, on: terminal, store: store, races: races)
        terminal.close()
        for warning in store.warnings + races.warnings { writeError("headroom: \(warning)\n") }
    }

    /// Shows the app and feeds it events until it quits.
    ///
    /// A burst of events is drawn once, but a flood does not keep the screen from being drawn, and
    /// nothing is written to the disk before the answer to a key is on the screen.
    private func run(
        _ app: inout CourseApp, on terminal: CursesTerminal, store: ProgressStore, races: RaceStore
    ) {
        var unsaved: CourseProgress?
        let experiments = ExperimentRunner(waker: terminal.waker)
        defer {
            experiments.stop()
            unsaved.map(store.save)
        }
        while true {
            terminal.present(app.canvas())
            if let progress = unsaved, !terminal.hasPendingEvent {
                store.save(progress)
                unsaved = nil
            }
            let start = ContinuousClock.now
            repeat {
                let event = terminal.nextEvent()
                var effects: [Effect] = []
                if event == .wake {
                    for report in experiments.reports { effects += app.receive(report) }
                }
                for effect in effects + app.handle(event) {
                    switch effect {
                    case .keep(let results): races.save(results)
                    case .run(let experiment): experiments.run(experiment)
                    case .save(let progress): unsaved = progress
                    case .quit: return
                    }
                }
            } while terminal.hasPendingEvent && start.duration(to: .now) < .milliseconds(500)
        }
    }
}

enum ColourChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, never
    case eight = "8"
    case sixteen = "16"
    case many = "256"

    var colour: TerminalOptions.Colour {
        switch self {
        case .auto: .auto
        case .never: .never
        case .eight: .palette(.colours8)
        case .sixteen: .palette(.colours16)
        case .many: .palette(.colours256)
        }
    }
}

enum MouseChoice: String, ExpressibleByArgument, CaseIterable {
    case on, off
}
