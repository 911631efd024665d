import ArgumentParser
import CourseContent
import CourseScreens
import CourseSession
import Foundation
import TerminalCanvas

/// `headroom follow`: the screen that somebody else shares, or the teacher's notes to it.
struct FollowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow",
        abstract: "Show the screen of a course that is shared through a file.",
        discussion: """
            Start the other program with --share FILE. Everything done, trained or timed
            there is shown here. Move or run something yourself and you are on your own;
            f follows again.
            --notes shows the teacher's notes instead, with the step that comes next and
            the time. The file may be in a shared folder; there is no network service.

            EXAMPLES
              headroom learn --share /tmp/class        in the teacher's terminal
              headroom follow /tmp/class               in any number of others
              headroom follow /tmp/class --notes       for the teacher's eyes
            """)

    @Argument(
        help: ArgumentHelp("The file that --share writes.", valueName: "FILE"), completion: .file())
    var file: String

    @Flag(help: "Show the notes for the step, the next step and the time.")
    var notes = false

    @OptionGroup var folder: CourseFolderOption

    @OptionGroup var screen: ScreenOptions

    func run() throws {
        let files = try folder.files()
        let course = files.course
        if FileManager.default.fileExists(atPath: file), SharedFile.read(file) == nil {
            writeErrorLine("\(file): not a file written by --share")
            throw CommandStatus.wrongFile.code
        }
        let terminal = try screen.terminal()
        guard let followed = FollowedFile(path: file, waker: terminal.waker) else {
            terminal.close()
            writeErrorLine("no thread could be started to follow \(file)")
            throw CommandStatus.noResources.code
        }
        if notes {
            NotesLoop(terminal: terminal, followed: followed, course: course).run()
        } else {
            let store = ProgressStore(folder: files.folder, id: files.id)
            var session = Session(course: course, progress: store.load())
            let races = RaceStore()
            for results in races.load() { session.receive(.kept(results)) }
            session.waitForScreen(in: file)
            var app = CourseApp(session, size: terminal.size, glyphs: terminal.glyphs)
            CourseLoop(
                terminal: terminal, store: store, races: races, followed: followed,
                isStill: screen.reduceMotion
            ).run(&app)
            terminal.close()
            store.finish()
            for warning in store.warnings + races.warnings { writeErrorLine(warning) }
        }
        terminal.close()
        terminal.passOnSignal()
    }
}
