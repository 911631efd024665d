import ArgumentParser
import CourseContent
import CourseScreens
import CourseSession
import TerminalCanvas

/// `headroom present`: the course for a class.
struct PresentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "present",
        abstract: "Show the course to a class.",
        discussion: """
            Large figures, no dim text, few columns, and the key that was pressed in the
            corner. A clicker's keys work: PgDn and PgUp go on and back (an open answer
            is shown first), . or b blanks, F5 returns to the step. Your own progress is
            left alone. With --share others follow in their own terminals, and you see
            your notes in one more: headroom follow FILE --notes.
            Students who agree answer into the folder FILE.answers. A shows how many
            follow and have answered, and how: first without the right answer, which
            Space shows. headroom class FILE prints it all afterwards.

            EXAMPLES
              headroom present gqa
              headroom present mqa --step 2 --share /tmp/class
            """)

    @OptionGroup var options: CourseOptions

    @OptionGroup var screen: ScreenOptions

    @OptionGroup var live: LiveModelOptions

    @Option(
        help: ArgumentHelp(
            "Write where you are to a file, for others to follow.", valueName: "FILE"),
        completion: .file())
    var share: String?

    func run() throws {
        let files = try options.folder.files()
        let course = files.course
        var session = try options.session(of: course)
        session.open(try live.open(), live)
        let share = try share.map(SharedFile.init)
        let terminal = try screen.terminal()
        session.isPresenting = true
        session.notice = share?.takeAnswers()
        if share?.classID != nil { session.classroom = ClassAnswers() }
        session.tellErrors()
        let lessons = WatchedLessons.watching(files, for: &session, waker: terminal.waker)
        var app = CourseApp(session, size: terminal.size, glyphs: terminal.glyphs)
        CourseLoop(
            terminal: terminal, share: share,
            classroom: share?.classID == nil
                ? nil : ClassWatch(beside: share?.path ?? "", waker: terminal.waker),
            lessons: lessons, isStill: screen.reduceMotion
        ).run(&app)
        terminal.close()
        for warning in share?.warnings ?? [] { writeErrorLine(warning) }
        terminal.passOnSignal()
    }
}
