import AttentionEngine
import CourseSession
import CursesTerminal
import Foundation
import ModelFiles
import Synchronization

/// The file that `--share` writes: where the course is now and what is measured on its step, and
/// the text of its lesson; below 1 MiB, also after the longest race.
///
/// Written beside and renamed, so that a follower never reads half of it.
final class SharedFile {
    let path: String
    private let file: NamedFile
    private(set) var warnings: [String] = []
    private var written: SharedScreen?
    private var lastSign = ContinuousClock.now
    /// The class that may answer beside the file; nil where no answers are taken.
    private(set) var classID: String?
    private let classBefore: String?

    /// Ends the command with one line where the path holds something else, which is left alone, or
    /// cannot be written.
    init(path: String) throws {
        self.path = path
        let data = SharedFile.data(path)
        let before = data.flatMap {
            try? JSONDecoder().decode(Understood<SharedScreen>.self, fromForeign: $0)
        }
        if FileManager.default.fileExists(atPath: path), before == nil {
            writeErrorLine(
                "--share \(path): exists; name a new file, or one that --share "
                    + "has written")
            throw CommandStatus.fileNotWritten.code
        }
        classBefore = before?.value.classID
        file = try writing("--share \(path)") { () throws(FileProblem) in
            try NamedFile(path, isForOthers: true)
        }
        guard let data, let before, !before.isWhole || before.value.isNewer else { return }
        let aside = try writing("--share \(path)") { () throws(FileProblem) in
            try data.keptAside(of: file.path, as: .before)
        }
        writeErrorLine(
            "--share \(path): a newer version has written there; what it wrote is in \(aside)")
    }

    /// Takes answers from now on, those of the class that was there before among them; what is to
    /// be told of that, in one line.
    func takeAnswers() -> String? {
        let folder: AnswersFolder
        do throws(FileProblem) { folder = try AnswersFolder.make(beside: file.path) } catch {
            return "No answers are taken: \(path).answers \(error.description)."
        }
        classID = classBefore ?? AnswersFolder.randomID()
        var known: [String: AnswersFolder.Known] = [:]
        let count = (try? folder.read(known: &known))?.students.count ?? 0
        return count == 0
            ? nil
            : "\(folder.path) holds the answers of \(counted(count, "student")); without it a class "
                + "begins anew."
    }

    /// Writes a place, if it is another than before.
    func write(_ screen: SharedScreen) {
        var screen = screen
        screen.classID = classID
        guard screen != written else { return giveSign() }
        lastSign = .now
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            try file.write(encoder.encode(screen) + Data("\n".utf8))
            written = screen
            // A warning does not outlive its cause.
            warnings = []
        } catch {
            warnings = ["--share \(path): it cannot be written"]
        }
    }

    /// When followers are to be told that the program is there still.
    var nextSign: ContinuousClock.Instant { lastSign + Self.interval }

    private static let interval = Duration.seconds(40)

    private func giveSign() {
        guard nextSign <= .now else { return }
        lastSign = .now
        if utimensat(AT_FDCWD, file.path, nil, AT_SYMLINK_NOFOLLOW) == 0 { return }
        // It is gone, or somebody else's: written anew it may be there again.
        if let last = written {
            written = nil
            write(last)
        }
    }

    /// Writes that nothing follows the place.
    func end(at screen: SharedScreen) {
        var last = screen
        last.isOver = true
        write(last)
    }

    /// The place that a file holds; nil where it is not a regular file, too large, or holds none.
    static func read(_ path: String) -> SharedScreen? {
        data(path).flatMap { try? JSONDecoder().decode(SharedScreen.self, fromForeign: $0) }
    }

    /// Measurements and the longest lesson that is handed on, as JSON spells it.
    private static let mostBytes = 1 << 20

    private static func data(_ path: String) -> Data? {
        guard let file = try? FileBytes(path: path), file.count <= mostBytes,
            let bytes = try? file.read(0..<file.count)
        else { return nil }
        return Data(bytes)
    }
}

/// A file that somebody else writes with `--share`, read whenever it is another.
final class FollowedFile: Sendable {
    let path: String

    /// What a change of the file tells.
    enum News: Equatable {
        case screen(SharedScreen)
        /// The file that held a place is gone, or holds none.
        case nothing
        /// Nothing was heard for long of the program that writes it, which has not said goodbye.
        case silence
    }

    private struct State {
        var version: FileVersion?
        var news: News?
        /// When something was heard last; nil where nothing more is expected.
        var heard: ContinuousClock.Instant?
    }

    /// After how long without a sign followers are told.
    static let silence = Duration.seconds(120)
    private let silence: Duration

    private let state = Mutex(State())

    /// How long a change stays unseen that the kernel does not tell of: on Linux those by another
    /// machine on a shared folder, elsewhere all.
    private static var patience: Duration {
        #if os(Linux)
            .seconds(1)
        #else
            .milliseconds(30)
        #endif
    }

    /// Wakes the course whenever the file is another, from now on; nil where the system gives no
    /// thread for it.
    init?(path: String, waker: Waker, silence: Duration = FollowedFile.silence) {
        self.path = path
        self.silence = silence
        let isFollowed = startThread { [self] in
            let url = URL(fileURLWithPath: path)
            let (folder, name) = (url.deletingLastPathComponent().path, url.lastPathComponent)
            // Written beside and renamed, a file is whole at its first change.
            let changes = FolderChanges(of: folder, quiet: .zero) { $0 == name }
            while true {
                if look() { waker.wake() }
                changes.wait(atMost: Self.patience)
            }
        }
        if !isFollowed { return nil }
    }

    /// The newest change, if nobody has taken it yet.
    func news() -> News? {
        state.withLock { state in
            defer { state.news = nil }
            return state.news
        }
    }

    /// Whether there is something new.
    private func look() -> Bool {
        let version = try? FileVersion(path: path)
        guard state.withLock({ $0.version != version }) else { return isSilenceNew() }
        let place = version == nil ? nil : SharedFile.read(path)
        return state.withLock { state in
            // Of a file found there the clock of its folder tells how old it is.
            let age = state.version == nil ? version?.age ?? .zero : .zero
            state.version = version
            state.news = place.map(News.screen) ?? .nothing
            state.heard = place?.isOver == false ? .now - max(.zero, age) : nil
            return true
        }
    }

    private func isSilenceNew() -> Bool {
        state.withLock { state in
            // What was not taken yet is told first.
            guard let heard = state.heard, state.news == nil, .now - heard >= silence else {
                return false
            }
            (state.heard, state.news) = (nil, .silence)
            return true
        }
    }
}
