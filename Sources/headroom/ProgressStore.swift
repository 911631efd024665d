import CourseSession
import Foundation
import ModelFiles
import Synchronization

/// The learner's progress on disk: `$XDG_STATE_HOME/headroom/progress.json`, or under
/// `~/.local/state` where that is not set.
///
/// Written beside and renamed, so that it is whole whenever the process ends; two programs take
/// turns by a lock that ends with its process, and each keeps what the other has written since it
/// looked. What goes wrong is a warning for after the course, never an end to it.
final class ProgressStore {
    /// nil where nothing is kept.
    private var file: URL?
    private(set) var warnings: [String] = []
    /// What this program and the file had in common last.
    private var base = CourseProgress()
    /// The file's version that this program knows; nil before the first.
    private var version: FileVersion?

    /// A store for the course inside the program, or for that of a folder: question ids of one
    /// course mean nothing in another.
    init(
        folder: String?, environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        let name =
            folder.map { "progress-\(Self.fingerprint(of: $0)).json" } ?? "progress.json"
        file = UserFolder.state(environment)?.appending(path: name).resolvingSymlinksInPath()
        if file == nil {
            warnings.append("progress is not kept: neither XDG_STATE_HOME nor HOME is set")
        }
        // A limit on the size of files is a write that fails, not the end of the course.
        signal(SIGXFSZ, SIG_IGN)
    }

    /// What was kept, or a fresh start. A file that cannot be understood is moved aside; one that
    /// cannot be read is left alone, and nothing is saved over it.
    func load() -> CourseProgress {
        base = readFile() ?? CourseProgress()
        return base
    }

    /// Writes the progress, together with what another program has written since; returns both as
    /// one. Cost: the file is read only where somebody else wrote it.
    func save(_ progress: CourseProgress) -> CourseProgress {
        guard file != nil, progress != base else { return progress }
        createFolder()
        let lock = FileLock(path: (file?.path ?? "") + ".lock")
        defer { lock?.close() }
        var merged = progress
        if let file, (try? FileVersion(path: file.path)) != version, let other = readFile() {
            merged = progress.merged(since: base, with: other)
        }
        merged = merged.tidied
        guard let file else { return progress }
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            let bytes = try encoder.encode(merged) + Data("\n".utf8)
            // With the lock there is one writer, so that kills leave no more than one file behind.
            let suffix = lock == nil ? ".new-\(getpid())" : ".new"
            try bytes.write(
                besideAndRenamedTo: file.path, suffix: suffix, outlastingPower: true)
        } catch {
            warn(Self.notWritten(file))
            return progress
        }
        // What was told of is kept after all.
        warnings.removeAll { $0 == Self.notWritten(file) }
        version = try? FileVersion(path: file.path)
        base = merged
        return merged
    }

    private func createFolder() {
        guard let folder = file?.deletingLastPathComponent() else { return }
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    // MARK: Reading

    /// No progress is this large; a larger file is none.
    private static let sizeLimit = 64_000_000

    /// What is kept, for those who only look: nothing is moved, and what is wrong is one line on
    /// stderr and ends the command, with status 66 or 65 as for any file that is read.
    func progress() throws -> CourseProgress {
        guard let file else { return CourseProgress() }
        do throws(FileVersion.SystemError) { _ = try FileVersion(path: file.path) } catch {
            if error.isAbsence { return CourseProgress() }
        }
        return try reading(file.path) { (bytes) throws(FileProblem) in
            try Self.decoded(Self.data(bytes)).progress
        }
    }

    private func readFile() -> CourseProgress? {
        guard let file else { return nil }
        let now: FileVersion?
        do throws(FileVersion.SystemError) { now = try FileVersion(path: file.path) } catch {
            if error.isAbsence { return nil }
            now = nil
        }
        guard let data = try? Self.data(FileBytes(path: file.path)) else {
            warn("progress is not kept: \(file.path) cannot be read")
            self.file = nil
            return nil
        }
        guard let (progress, isWhole) = try? Self.decoded(data) else {
            moveAside(file)
            return nil
        }
        if !isWhole { keepAside(data, of: file) }
        version = now
        return progress
    }

    private static func data(_ bytes: FileBytes) throws(FileProblem) -> Data {
        Data(try bytes.read(0..<min(bytes.count, sizeLimit)))
    }

    /// The progress in a file, and whether every entry of it could be understood.
    private static func decoded(
        _ data: Data
    ) throws(FileProblem) -> (progress: CourseProgress, isWhole: Bool) {
        let left = LeftOut()
        let decoder = JSONDecoder()
        decoder.userInfo[.unreadableEntry] =
            { left.isAny.store(true, ordering: .relaxed) }
            as @Sendable () -> Void
        do {
            let progress = try decoder.decode(CourseProgress.self, fromForeign: data)
            return (progress, !left.isAny.load(ordering: .relaxed))
        } catch {
            throw FileProblem("is not a file of progress that can be understood")
        }
    }

    /// Keeps what is in a file beside it, once, since the next save leaves out what could not be
    /// understood.
    private func keepAside(_ data: Data, of file: URL) {
        for number in 1...99 {
            let aside = file.appendingPathExtension("whole-\(number)")
            let isThere = FileManager.default.fileExists(atPath: aside.path)
            guard !isThere || (try? Data(contentsOf: aside)) == data else { continue }
            let isKept =
                isThere
                || (try? data.write(
                    besideAndRenamedTo: aside.path, suffix: ".new-\(getpid())")) != nil
            guard isKept else { break }
            warn(
                "some of the progress could not be understood and is left out; the whole is in "
                    + aside.path)
            return
        }
        warn("progress is not kept: some of \(file.path) could not be understood, nor kept aside")
        self.file = nil
    }

    private func moveAside(_ file: URL) {
        for number in 1...99 {
            let aside = file.appendingPathExtension("unreadable-\(number)")
            guard !FileManager.default.fileExists(atPath: aside.path) else { continue }
            guard (try? FileManager.default.moveItem(at: file, to: aside)) != nil else { break }
            warn("the progress could not be understood; it was moved to \(aside.path)")
            return
        }
        warn("progress is not kept: \(file.path) could not be understood, nor moved aside")
        self.file = nil
    }

    /// A folder's absolute path as a short name that is the same in every run (FNV-1a).
    private static func fingerprint(of folder: String) -> String {
        let path = URL(fileURLWithPath: folder).standardizedFileURL.path
        let hash = path.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        return String(hash, radix: 16)
    }

    private static func notWritten(_ file: URL) -> String {
        "progress could not be written to \(file.path)"
    }

    private func warn(_ text: String) {
        if !warnings.contains(text) { warnings.append(text) }
    }
}

/// Whether anything was left out of what was read.
private final class LeftOut: Sendable {
    let isAny = Atomic(false)
}
