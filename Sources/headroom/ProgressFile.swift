import CourseSession
import Foundation
import ModelFiles
import Synchronization

/// The file that a course's progress is kept in: `$XDG_STATE_HOME/headroom/progress.json`, or under
/// `~/.local/state` where that is not set; of another course one of its own beside it.
struct ProgressFile {
    /// Its folder and name; nil where nothing is kept, for want of a home.
    private let place: (folder: URL, name: String)?

    /// That of the course inside the program, of a course with an id of its own, or of a folder:
    /// question ids of one course mean nothing in another. What was kept of the folder before the
    /// course had an id is the course's.
    init(
        folder: String?, id: String? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        let older = folder.map { "progress-\(Self.fingerprint(of: $0)).json" } ?? "progress.json"
        place = UserFolder.state(environment).map { state in
            guard folder != nil, let id else { return (state, older) }
            let own = "progress-of-\(id).json"
            func isThere(_ name: String) -> Bool {
                FileManager.default.fileExists(atPath: joined(state.path, name))
            }
            return (state, !isThere(own) && isThere(older) ? older : own)
        }
    }

    /// That of a course that was read.
    init(_ course: CourseFiles) { self.init(folder: course.folder, id: course.id) }

    /// Has what was kept of a folder kept under the id that its course has now, so that it is found
    /// wherever the folder lies later. What is kept under the id already stays.
    static func keep(_ folder: String, under id: String, environment: [String: String]) {
        let older = ProgressFile(folder: folder, environment: environment).name
        guard let state = UserFolder.state(environment), !older.isEmpty else { return }
        let own = joined(state.path, "progress-of-\(id).json")
        // Unlike a renaming this never takes another file's place.
        if link(older, own) == 0 { unlink(older) }
    }

    /// A folder's absolute path as a short name that is the same in every run (FNV-1a).
    private static func fingerprint(of folder: String) -> String {
        let path = URL(fileURLWithPath: folder).standardizedFileURL.path
        let hash = path.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        return String(hash, radix: 16)
    }

    /// Whether there is a place to keep it.
    var isKept: Bool { place != nil }

    /// Why nothing is kept where there is no place.
    static let noPlace = "progress is not kept: neither XDG_STATE_HOME nor HOME is set"

    /// Its name, which links may lead on from.
    var name: String { place.map { joined($0.folder.path, $0.name) } ?? "" }

    /// Where it is, behind the links. Throws where they go in a ring.
    func path() throws(FileProblem) -> String { try endOfLinks(of: name) }

    /// Makes its folder, where it can be made; not one that a link leads to, which may come back.
    func createFolder() {
        guard let folder = place?.folder else { return }
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    // MARK: Reading

    /// What is in it.
    struct Content {
        let data: Data
        /// nil where it cannot be understood.
        let progress: CourseProgress?
        /// Whether every entry of it can be.
        let isWhole: Bool
    }

    /// No progress is this large; a larger file is none.
    private static let sizeLimit = 64_000_000

    /// What a path of it holds; nil where there is no file.
    func content(at path: String) throws(FileProblem) -> Content? {
        try data(at: path).map(content)
    }

    /// The bytes that a path of it holds; nil where there is no file.
    func data(at path: String) throws(FileProblem) -> Data? {
        do throws(FileVersion.SystemError) { _ = try FileVersion(path: path) } catch {
            if error.isAbsence { return nil }
        }
        return try Data(ofFile: path, atMost: Self.sizeLimit)
    }

    /// What such bytes say.
    func content(of data: Data) -> Content {
        let left = LeftOut()
        let decoder = JSONDecoder()
        decoder.userInfo[.unreadableEntry] =
            { left.isAny.store(true, ordering: .relaxed) }
            as @Sendable () -> Void
        let progress = try? decoder.decode(CourseProgress.self, fromForeign: data)
        return Content(
            data: data, progress: progress,
            isWhole: progress != nil && !left.isAny.load(ordering: .relaxed))
    }

    /// What is kept, for those who only look: nothing is moved, and what is wrong is one line on
    /// stderr and ends the command, with status 66 or 65 as for any file that is read.
    func progress() throws -> CourseProgress {
        guard isKept else { return CourseProgress() }
        let content = try reading { () throws(FileProblem) in try self.content(at: name) }
        return try content.map(understood) ?? CourseProgress()
    }

    /// Ends the command where the file cannot be read.
    func reading<T>(_ body: () throws(FileProblem) -> T) throws -> T {
        do { return try body() } catch {
            writeErrorLine("\(name): \(error.description)")
            throw CommandStatus.noFile.code
        }
    }

    /// Ends the command where it is no progress.
    func understood(_ content: Content) throws -> CourseProgress {
        if let progress = content.progress { return progress }
        writeErrorLine("\(name): is not a valid progress file")
        throw CommandStatus.wrongFile.code
    }

    // MARK: Writing

    /// Replaces what a path of it holds, with a lock or on a file system that has none; the bytes.
    func write(
        _ progress: CourseProgress, to path: String, _ lock: FileLock
    ) throws -> Data {
        let data = try data(of: progress)
        // With the lock there is one writer, so that kills leave no more than one file behind.
        let suffix = lock.isExclusive ? ".new" : ".new-\(getpid())"
        try data.write(besideAndRenamedTo: path, suffix: suffix, outlastingPower: true)
        return data
    }

    /// Progress as it is written.
    func data(of progress: CourseProgress) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(progress) + Data("\n".utf8)
    }
}

/// Whether anything was left out of what was read.
private final class LeftOut: Sendable {
    let isAny = Atomic(false)
}
