import ArgumentParser
import CourseContent
import CourseScreens
import CourseSession
import CursesTerminal
import Foundation

/// `headroom learn`: the course on the terminal.
struct LearnCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract: "Take the course (the default command).",
        discussion: """
            Space goes on, ? shows the keys, q quits and keeps your progress. In a
            window smaller than 60x20 the course waits for a larger one.

            For screen readers, pipes and terminals that cannot show the screens there
            is --plain: running text, and commands by line. It is the default on a
            terminal of unknown or no type, and when commands come from a pipe or a
            file, and with HEADROOM_PLAIN=1. A paragraph is one line, which the terminal
            breaks; --width breaks it. Output to anything but a terminal needs --plain,
            or the status is 69.

            EXAMPLES
              headroom learn
              headroom learn gqa --step 3
              headroom learn mqa --state n=64,g=1,s=8192
              headroom learn --lessons my-course
              headroom learn --review
              headroom learn --explore --model llama3-8b
              headroom learn --auto --pace 2
              headroom learn gqa --plain
            """)

    @OptionGroup var options: CourseOptions

    @OptionGroup var screen: ScreenOptions

    @OptionGroup var live: LiveModelOptions

    @OptionGroup var text: PlainOptions

    @Option(
        help: ArgumentHelp(
            "Write where you are to a file, for others to follow.", valueName: "FILE"),
        completion: .file())
    var share: String?

    @Flag(help: "Start with the questions you missed, asked again.")
    var review = false

    @Flag(help: "Advance automatically, at the pace of the minute marks.")
    var auto = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How many times as fast --auto goes (0.1 to 100; default: 1).", valueName: "X"))
    var pace: Double?

    func run() throws {
        let pace = pace ?? 1
        guard (0.1...100).contains(pace) else {
            throw ValidationError("--pace \(pace): a number from 0.1 to 100")
        }
        if self.pace != nil, !auto { throw ValidationError("--pace needs --auto") }
        let files = try options.folder.files()
        let course = files.course
        let store = ProgressStore(folder: files.folder, id: files.id)
        let progress = store.load()
        // Everything that can be wrong is known before the terminal changes.
        _ = try options.session(of: course, progress: progress)
        let model = try live.open()
        let share = try share.map(SharedFile.init)
        if auto, review {
            throw ValidationError("--auto and --review exclude each other: --auto answers nothing")
        }
        func runPlain() throws {
            let broken = files.tellErrors(in: course)
            try self.runPlain(course, store: store, progress: progress, share: share, model: model)
            if let broken { throw broken }
        }
        if text.isPlain { return try runPlain() }
        let terminal: CursesTerminal
        do throws(TerminalFailure) {
            terminal = try screen.open()
        } catch {
            guard let notice = error.plainNotice else { throw screen.end(for: error) }
            if !notice.isEmpty { writeErrorLine(notice) }
            return try runPlain()
        }
        var session = try options.session(of: course, progress: progress)
        session.open(model, live)
        let races = RaceStore()
        for results in races.load() { session.receive(.kept(results)) }
        if review { session.startReview() }
        session.tellErrors()
        let lessons = WatchedLessons.watching(files, for: &session, waker: terminal.waker)
        var app = CourseApp(session, size: terminal.size, glyphs: terminal.glyphs)
        CourseLoop(
            terminal: terminal, store: store, races: races, share: share, lessons: lessons,
            isStill: screen.reduceMotion, pace: auto ? pace : nil
        ).run(&app)
        terminal.close()
        let ending = CourseEnding(store: store, races: races, share: share)
        ending.tell()
        terminal.passOnSignal()
        try ending.requireKept()
    }

    /// The course by line, on whatever standard input and output are.
    private func runPlain(
        _ course: Course, store: ProgressStore, progress: CourseProgress, share: SharedFile?,
        model: LiveModelOptions.Named
    ) throws {
        if auto { throw ValidationError("--auto needs screens; with --plain, next goes on") }
        var session = try options.session(of: course, progress: progress)
        session.open(model, live)
        let races = RaceStore()
        for results in races.load() { session.receive(.kept(results)) }
        if review { session.startReview() }
        let loop = try PlainCommandLoop(
            session, width: text.width, glyphs: LineTerminal.glyphs(ascii: screen.ascii),
            store: store,
            races: races,
            share: share)
        loop.run()
        let ending = CourseEnding(store: store, races: races, share: share)
        ending.tell()
        Interruption.end()
        if let failure = loop.failure { throw failure }
        try ending.requireKept()
    }
}
