import ArgumentParser
import CourseContent
import CoursePlain
import CourseScreens
import CourseSession
import CursesTerminal
import TerminalCanvas

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The course by line: commands from standard input, answers to standard output, each written at
/// once and whole. Progress is saved before every answer, so that whatever ends the process loses
/// none.
final class PlainCommandLoop {
    private var course: PlainCourse
    private let store: ProgressStore
    private let races: RaceStore
    /// Where the place goes that others follow.
    private let share: SharedFile?
    /// Where a place comes from that is followed, and where answers go to its class.
    private let followed: FollowedFile?
    private let member: ClassMember?
    private var input = LineInput(longestLine: PlainCourse.longestLine)
    private let isInteractive = LineTerminal.isInteractive
    /// Where an experiment's wake-ups arrive.
    private let wakeUps: Int32
    /// The warnings that were told.
    private var told: Set<String> = []
    private let experiments: ExperimentRunner
    private let models: OwnModels
    /// Why standard output took no more, told already; nil where it did, or was closed.
    private(set) var failure: ExitCode?

    /// - Parameter width: columns of a line; nil leaves the breaking of paragraphs to the terminal.
    init(
        _ session: Session, width: Int?, glyphs: Glyphs, store: ProgressStore, races: RaceStore,
        share: SharedFile? = nil, following file: String? = nil
    ) throws {
        // A stream that is closed would else be the next file that is opened.
        for stream in [STDIN_FILENO, STDOUT_FILENO] where fcntl(stream, F_GETFD) < 0 {
            _ = open("/dev/null", O_RDWR)
        }
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw CommandStatus.noTerminal.code }
        // A full pipe has wake-ups enough; nobody may wait for room in it.
        for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        let writing = ends[1]
        wakeUps = ends[0]
        // What waits to be saved is looked after first.
        Interruption.begin([SIGINT, SIGTERM, SIGHUP, SIGQUIT], waking: writing)
        let waker = Waker {
            var byte: UInt8 = 0
            _ = write(writing, &byte, 1)
        }
        experiments = ExperimentRunner(waker: waker)
        models = OwnModels(waker: waker)
        course = PlainCourse(
            session, width: width, glyphs: glyphs, screenKeys: CourseApp.stepKeys)
        self.store = store
        self.races = races
        self.share = share
        member = file.map { ClassMember(following: $0) }
        followed = try file.map { file in
            guard let followed = FollowedFile(path: file, waker: waker) else {
                writeErrorLine("no thread could be started to follow \(file)")
                throw CommandStatus.noResources.code
            }
            return followed
        }
    }

    /// Runs until the course is left, the input ends, nobody reads the output, or a signal asks it
    /// to end.
    func run() {
        defer {
            experiments.stop()
            models.stop()
            share?.end(at: course.session.shared())
            member?.send(course.session.classAnswers, isFollowing: false)
        }
        share?.write(course.session.shared())
        guard say(course.opening(), newWarnings()), prompt() else { return }
        while !Interruption.isAsked {
            // Commands from a pipe or file wait for what runs, so that its result is seen.
            let takesCommands = isInteractive || !course.isRunning
            if takesCommands, let line = input.next() {
                guard take(line), prompt() else { return }
            } else if takesCommands, input.isOver, !isListening {
                if isInteractive { _ = put("\n") }
                return
            } else {
                guard wait(forCommands: takesCommands && !input.isOver) else { return }
            }
        }
    }

    /// Whether somebody without commands listens to a screen that goes on.
    private var isListening: Bool {
        followed != nil && !isInteractive && course.session.followed?.screen?.isOver != true
    }

    /// Takes a command; false where the course ends with it.
    private func take(_ line: String) -> Bool {
        course.setTime(MachineClock.now)
        let answer = course.take(line)
        var goesOn = true
        var lines = answer.lines
        for effect in answer.effects {
            if effect == .quit { goesOn = false } else { lines += perform(effect) }
        }
        // What was answered is kept already.
        share?.write(course.session.shared())
        member?.send(course.session.classAnswers)
        return say(lines, newWarnings()) && goesOn
    }

    /// Does what is asked of the program; what there is to say of it.
    private func perform(_ effect: Effect) -> [String] {
        switch effect {
        case .keep(let results): races.save(results)
        case .save(let progress): save(progress)
        case .run(let experiment):
            if let why = experiments.run(experiment) { return course.refuse(why) }
        case .findModels: models.look()
        case .openModel(let file): models.open(file)
        case .joinClass(let name): member?.join(name: name)
        case .stayOut: member?.stayOut()
        case .quit, .edit: break
        }
        return []
    }

    /// Others need milliseconds; where a save waits already, the next does not take more time.
    private func save(_ progress: CourseProgress) {
        course.adopt(store.save(progress, patience: store.nextTry == nil ? .seconds(1) : .zero))
    }

    /// What went wrong with the files so far.
    private var warnings: [String] {
        (share?.warnings ?? []) + (member?.warnings ?? []) + store.warnings + races.warnings
    }

    /// What is new of it, to be told at once; when the course ends all of it is told where it
    /// stays.
    private func newWarnings() -> [String] {
        let new = warnings.filter { !told.contains($0) }
        told = Set(warnings)
        return course.lines(new.map { "Warning: \($0)." })
    }

    /// Waits for commands or for what an experiment reports, and saves what waits for its turn;
    /// false where nobody reads any more.
    private func wait(forCommands: Bool) -> Bool {
        let watched = [wakeUps] + (forCommands ? [STDIN_FILENO] : [])
        let next = [store.nextTry, share?.nextSign, member?.nextSign].compactMap(\.self).min()
        let left = next.map { max(.zero, ContinuousClock.now.duration(to: $0)) }
        let patience = left.map { Int32(($0 / .milliseconds(1)).rounded(.up)) } ?? -1
        let ready = LineTerminal.waitToRead(watched, milliseconds: patience)
        if store.isDue { save(course.session.progress) }
        share?.write(course.session.shared())
        member?.send(course.session.classAnswers)
        if ready[0] {
            var bytes = [UInt8](repeating: 0, count: 4_096)
            _ = read(wakeUps, &bytes, bytes.count)
            guard tellReports() else { return false }
        }
        if forCommands, ready[1] { input.fill() }
        return true
    }

    private func tellReports() -> Bool {
        course.setTime(MachineClock.now)
        let answers =
            followedNews() + experiments.news().map { course.receive($0) }
            + models.news().map { course.receive($0) }
        for answer in answers {
            let refused = answer.effects.flatMap(perform)
            let lines = [answer.lines + refused, newWarnings()]
            guard lines.contains(where: { !$0.isEmpty }) else { continue }
            // Where a prompt stands, the report starts below it.
            guard !isInteractive || put("\n"), say(lines[0], lines[1]), prompt() else {
                return false
            }
        }
        return true
    }

    /// What there is to tell of the screen that is followed.
    private func followedNews() -> [PlainCourse.Answer] {
        var answers: [PlainCourse.Answer] = []
        switch followed?.news() {
        case .screen(let screen)?: answers.append(course.follow(screen))
        case .nothing?: answers.append(course.loseFollowed(in: followed?.path ?? ""))
        case .silence?: answers.append(course.noteSilence())
        case nil: break
        }
        switch member?.meet(course.session.followed?.screen?.classID) {
        case .isAsked?: answers.append(course.askToJoin())
        case .takesPart(let before)?: course.resumeClass(before)
        case .isSettled?, nil: break
        }
        return answers
    }

    // MARK: Output

    /// Writes lines at once, those of an answer and of warnings, and a blank one behind both;
    /// false where they cannot be written.
    private func say(_ blocks: [String]...) -> Bool {
        put(blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n\n" }.joined())
    }

    private func prompt() -> Bool { !isInteractive || put("> ") }

    private func put(_ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR, !Interruption.isAsked { continue }
            if Interruption.isAsked, written < 0 { return false }
            if written < 0, errno == EAGAIN {
                LineTerminal.waitToWrite(STDOUT_FILENO)
                continue
            }
            guard written > 0 else {
                // Who closed the other end has read enough.
                if errno != EPIPE { failure = outputFailure(errno) }
                return false
            }
            rest = rest.dropFirst(written)
        }
        return true
    }
}
