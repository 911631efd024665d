import ArgumentParser
import CourseContent
import CourseScreens
import CourseSession
import CursesTerminal
import Foundation
import ModelFiles
import TerminalCanvas

/// `headroom follow`: the screen that somebody else shares, or the teacher's notes to it.
struct FollowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow",
        abstract: "Show the screen of a course that is shared through a file.",
        discussion: """
            Start the other program with --share FILE. Everything done, trained or timed
            there is shown here, of the teacher's edition of each lesson. Move or run
            something yourself and you are on your own; f follows again. Looking (w, ?,
            u, lists) and answering leave nothing.
            Where the teacher collects answers (present --share), you are asked once
            whether to send yours. Nothing is sent before.
            --plain is for screen readers. --notes shows the teacher's notes instead, how
            the class answers, the step that comes next and the time. The file may be in
            a shared folder; there is no network service.

            EXAMPLES
              headroom learn --share /tmp/class        in the teacher's terminal
              headroom follow /tmp/class               in any number of others
              headroom follow /tmp/class --plain       for a screen reader
              headroom follow /tmp/class --notes       for the teacher's eyes
            """)

    @Argument(
        help: ArgumentHelp("The file that --share writes.", valueName: "FILE"), completion: .file())
    var file: String

    @Flag(help: "Show the notes for the step, the next step and the time.")
    var notes = false

    @OptionGroup var text: PlainOptions

    @OptionGroup var folder: CourseFolderOption

    @OptionGroup var screen: ScreenOptions

    func run() throws {
        let files = try folder.files()
        let course = files.course
        var status = stat()
        if stat(file, &status) != 0, errno == ENAMETOOLONG {
            writeErrorLine("\(file): \(FileProblem.system(errno))")
            throw CommandStatus.noFile.code
        }
        if FileManager.default.fileExists(atPath: file), SharedFile.read(file) == nil {
            writeErrorLine("\(file): not a file written by --share")
            throw CommandStatus.wrongFile.code
        }
        if notes, text.plain || text.width != nil {
            throw ValidationError("--notes needs screens; it has no plain mode")
        }
        if text.isPlain, !notes { return try runPlain(files) }
        let terminal: CursesTerminal
        do throws(TerminalFailure) { terminal = try screen.open() } catch {
            guard !notes, let notice = error.plainNotice else { throw screen.end(for: error) }
            if !notice.isEmpty { writeErrorLine(notice) }
            return try runPlain(files)
        }
        guard let followed = FollowedFile(path: file, waker: terminal.waker) else {
            terminal.close()
            writeErrorLine("no thread could be started to follow \(file)")
            throw CommandStatus.noResources.code
        }
        if notes {
            NotesLoop(
                terminal: terminal, followed: followed,
                classroom: ClassWatch(beside: file, waker: terminal.waker), course: course
            ).run()
        } else {
            let store = ProgressStore(folder: files.folder, id: files.id)
            let races = RaceStore()
            let session = session(course, store: store, races: races)
            var app = CourseApp(session, size: terminal.size, glyphs: terminal.glyphs)
            CourseLoop(
                terminal: terminal, store: store, races: races, followed: followed,
                member: ClassMember(following: file), isStill: screen.reduceMotion
            ).run(&app)
            terminal.close()
            let ending = CourseEnding(store: store, races: races)
            ending.tell()
            terminal.passOnSignal()
            try ending.requireKept()
        }
        terminal.close()
        terminal.passOnSignal()
    }

    /// A learner's own session that waits for the screen.
    private func session(_ course: Course, store: ProgressStore, races: RaceStore) -> Session {
        var session = Session(course: course, progress: store.load())
        for results in races.load() { session.receive(.kept(results)) }
        session.waitForScreen(in: file)
        return session
    }

    /// The screen by line, on whatever standard input and output are.
    private func runPlain(_ files: CourseFiles) throws {
        let store = ProgressStore(folder: files.folder, id: files.id)
        let races = RaceStore()
        let loop = try PlainCommandLoop(
            session(files.course, store: store, races: races), width: text.width,
            glyphs: LineTerminal.glyphs(ascii: screen.ascii), store: store, races: races,
            following: file)
        loop.run()
        let ending = CourseEnding(store: store, races: races)
        ending.tell()
        Interruption.end()
        if let failure = loop.failure { throw failure }
        try ending.requireKept()
    }
}
