import Foundation
import LessonScreens

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
    /// What tells one version of the file from the next; empty before the first.
    private var version: [Int] = []

    /// A store for the course inside the program, or for that of a folder: question ids of one
    /// course mean nothing in another.
    init(
        folder: String?, environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        let name =
            folder.map { "progress-\(Self.fingerprint(of: $0)).json" } ?? "progress.json"
        file = StateFolder.url(environment)?.appending(path: name).resolvingSymlinksInPath()
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
        if let file, Self.version(of: file) != version, let other = readFile() {
            merged = progress.merged(since: base, with: other)
        }
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
            warn("progress could not be written to \(file.path)")
            return progress
        }
        version = Self.version(of: file)
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

    private func readFile() -> CourseProgress? {
        guard let file, FileManager.default.fileExists(atPath: file.path) else { return nil }
        let now = Self.version(of: file)
        guard let type = try? FileManager.default.attributesOfItem(atPath: file.path)[.type],
            type as? FileAttributeType == .typeRegular,
            let data = try? FileHandle(forReadingFrom: file).read(upToCount: Self.sizeLimit)
                ?? Data()
        else {
            warn("progress is not kept: \(file.path) cannot be read")
            self.file = nil
            return nil
        }
        do {
            let progress = try JSONDecoder().decode(CourseProgress.self, from: data)
            version = now
            return progress
        } catch {
            moveAside(file)
            return nil
        }
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

    private static func version(of file: URL) -> [Int] {
        var status = stat()
        guard stat(file.path, &status) == 0 else { return [] }
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        return [
            Int(status.st_ino), Int(status.st_size), Int(time.tv_sec), Int(time.tv_nsec),
        ]
    }

    /// A folder's absolute path as a short name that is the same in every run (FNV-1a).
    private static func fingerprint(of folder: String) -> String {
        let path = URL(fileURLWithPath: folder).standardizedFileURL.path
        let hash = path.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        return String(hash, radix: 16)
    }

    private func warn(_ text: String) {
        if !warnings.contains(text) { warnings.append(text) }
    }
}
