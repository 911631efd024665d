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
            window smaller than 60x20 the course waits for a larger one.

            --plain is for screen readers, pipes and terminals that cannot show the
            screens: running text, and commands by line. It is also what a terminal
            of unknown or no type gets, and whoever gives commands from a pipe or
            file. Output that is no terminal needs --plain: else the status is 69.

            EXAMPLES
              headroom learn
              headroom learn gqa --step 3
              headroom learn mqa --state n=64,g=1,s=8192
              headroom learn --lessons my-course
              echo "go gqa 3" | headroom learn --plain
            """)

    @OptionGroup var options: CourseOptions

    @Flag(help: "The course as running text, every picture in words, commands by line.")
    var plain = false

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
        if plain { return try runPlain(course, store: store, progress: progress) }
        let terminal: CursesTerminal
        do throws(TerminalFailure) {
            terminal = try CursesTerminal(
                TerminalOptions(colour: color.colour, mouse: mouse == .on, ascii: ascii))
        } catch {
            guard let notice = error.plainNotice else {
                writeError("headroom: \(error.message)\n")
                throw ExitCode(69)
            }
            writeError(notice)
            return try runPlain(course, store: store, progress: progress)
        }
        var app = try options.app(
            of: course, size: terminal.size, glyphs: terminal.glyphs, progress: progress)
        run(&app, on: terminal, store: store)
        terminal.close()
        for warning in store.warnings { writeError("headroom: \(warning)\n") }
    }

    /// The course by line, on whatever standard input and output are.
    private func runPlain(_ course: Course, store: ProgressStore, progress: CourseProgress) throws {
        let app = try options.app(
            of: course, size: CourseApp.leastSize, glyphs: LineTerminal.glyphs(ascii: ascii),
            progress: progress)
        let loop = try PlainCommandLoop(app, store: store)
        loop.run()
        for warning in store.warnings { writeError("headroom: \(warning)\n") }
    }

    /// Shows the app and feeds it events until it quits.
    ///
    /// A burst of events is drawn once, but a flood does not keep the screen from being drawn, and
    /// nothing is written to the disk before the answer to a key is on the screen.
    private func run(_ app: inout CourseApp, on terminal: CursesTerminal, store: ProgressStore) {
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
                if event == .wake {
                    for report in experiments.reports { app.receive(report) }
                }
                for effect in app.handle(event) {
                    switch effect {
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
