import AttentionEngine
import CourseSession
import CursesTerminal
import Foundation
import ModelFiles
import Synchronization

/// The file that `--share` writes: where the course is now and what is measured on its step, and
/// nothing else; below 64 KiB, also after the longest race.
///
/// Written beside and renamed, so that a follower never reads half of it.
final class SharedFile {
    let path: String
    private let file: NamedFile
    private(set) var warnings: [String] = []
    private var written: SharedScreen?

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
        file = try writing("--share \(path)") { () throws(FileProblem) in try NamedFile(path) }
        guard let data, let before, !before.isWhole || before.value.isNewer else { return }
        let aside = try writing("--share \(path)") { () throws(FileProblem) in
            try data.keptAside(of: file.path, as: .before)
        }
        writeErrorLine(
            "--share \(path): a newer version has written there; what it wrote is in \(aside)")
    }

    /// Writes a place, if it is another than before.
    func write(_ screen: SharedScreen) {
        guard screen != written else { return }
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

    private static func data(_ path: String) -> Data? {
        guard let file = try? FileBytes(path: path), file.count <= 65_536,
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
    }

    private struct State {
        var version: FileVersion?
        var news: News?
    }

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
    init?(path: String, waker: Waker) {
        self.path = path
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
        guard state.withLock({ $0.version != version }) else { return false }
        let place = version == nil ? nil : SharedFile.read(path)
        return state.withLock { state in
            state.version = version
            state.news = place.map(News.screen) ?? .nothing
            return true
        }
    }
}
