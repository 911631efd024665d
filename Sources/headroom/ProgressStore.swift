import CourseSession
import Foundation
import ModelFiles

/// The learner's progress between a program and its file.
///
/// Written beside and renamed, so that it is whole whenever the process ends; programs take turns
/// by a lock that ends with its process, and each keeps what the others have written since it
/// looked. A save waits for another program's lock; only where the system gives no locks at all
/// is it written without. What goes wrong is a warning for after the course, never an end to it.
final class ProgressStore {
    private let file: ProgressFile
    /// What happened to the file.
    private var told: [String] = []
    /// Why nothing is saved at present.
    private var obstacle: String?
    /// What this program and the file had in common last.
    private var base = CourseProgress()
    /// The file's bytes then; nil where there was none.
    private var held: Data?
    private var waiting: Waiting?

    /// A save that waits for another program's.
    private struct Waiting {
        let progress: CourseProgress
        let since: ContinuousClock.Instant
        /// Until it is tried again.
        let pause: Duration
        let next: ContinuousClock.Instant
    }

    /// How long another program is waited for at the end.
    static let patience = Duration.seconds(60)

    /// A store for the course inside the program, or for that of a folder.
    init(
        folder: String?, id: String? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        if let folder, let id { ProgressFile.keep(folder, under: id, environment: environment) }
        file = ProgressFile(folder: folder, id: id, environment: environment)
        if !file.isKept { obstacle = ProgressFile.noPlace }
    }

    /// What went wrong, but for what has been made good since.
    var warnings: [String] { told + [obstacle].compactMap(\.self) }

    /// Whether there is a place for progress, and the newest did not get there.
    var isLost: Bool { file.isKept && obstacle != nil }

    /// What was kept, or a fresh start, and what other runs could not save. A file that cannot be
    /// understood is moved aside; one that cannot be read is left alone, and nothing is saved over
    /// it.
    func load() -> CourseProgress {
        guard file.isKept else { return base }
        var unsaved: [String] = []
        let isTaken = attempt {
            let path = try file.path()
            unsaved = KeptCopy.unsaved.all(of: path)
            let content = try file.content(at: path)
            base = content?.progress ?? base
            if content?.isWhole != false, unsaved.isEmpty {
                held = content?.data
                return
            }
            // Without the lock another program may just have put a new file in its place.
            let lock = try FileLock(for: path, patience: .seconds(1))
            defer { lock.close() }
            (base, held) = try current(path)
            try take(unsaved, to: path, lock)
        }
        if isTaken {
            for aside in unsaved {
                tell("progress that another run did not save is in \(aside); \(Self.promise)")
            }
        }
        return base
    }

    private static let promise = "the next start takes it in"

    /// Takes in what other runs could not save; with the lock only.
    private func take(_ files: [String], to path: String, _ lock: FileLock) throws {
        let saved = try? FileVersion(path: path)
        var (merged, taken) = (base, [String]())
        for aside in files {
            // That run may have saved it by now.
            guard let version = try? FileVersion(path: aside) else { continue }
            let content = (try? file.data(at: aside)).map(file.content)
            guard let content, content.isWhole, let progress = content.progress else {
                tell(
                    "progress that another run did not save could not be read; see \(aside), and "
                        + "delete it")
                continue
            }
            // What both have is as the newer file has it.
            let (older, newer) =
                saved.map(version.isOlder) == true ? (progress, merged) : (merged, progress)
            merged = newer.merged(since: CourseProgress(), with: older)
            taken.append(aside)
        }
        guard !taken.isEmpty else { return }
        held = try write(merged, to: path, lock)
        base = merged
        for aside in taken { unlink(aside) }
        for aside in taken.prefix(Self.mostTold) {
            tell("progress that another run did not save was taken in from \(aside)")
        }
        if taken.count > Self.mostTold {
            tell("and from \(taken.count - Self.mostTold) more files")
        }
    }

    private static let mostTold = 9

    /// Writes the progress, together with what another program has written since; returns both as
    /// one. Where another program holds the lock longer than `patience` the save waits until
    /// `isDue`. Cost: what is in the file is understood anew only where somebody else wrote it.
    func save(_ progress: CourseProgress, patience: Duration = .zero) -> CourseProgress {
        guard file.isKept, progress.merged(since: base, with: base) != base else {
            // What was to be saved has been undone.
            if waiting != nil { (waiting, obstacle) = (nil, nil) }
            return progress
        }
        let start = ContinuousClock.now
        var result = progress
        let isTaken = attempt {
            let path = try file.path()
            file.createFolder()
            let lock = try FileLock(for: path, patience: patience)
            defer { lock.close() }
            let merged = progress.merged(since: base, with: try current(path).progress).tidied
            held = try write(merged, to: path, lock)
            (base, result, obstacle) = (merged, merged, nil)
        }
        waiting = isTaken ? wait(progress, since: waiting?.since ?? start) : nil
        return result
    }

    // MARK: What waits

    /// When a save that waits is to be tried again; nil where none waits.
    var nextTry: ContinuousClock.Instant? { waiting?.next }

    /// Whether a save has waited long enough to be tried again.
    var isDue: Bool { nextTry.map { $0 <= .now } ?? false }

    /// Often at first, since others need milliseconds; then once a second, and that is said.
    private func wait(_ progress: CourseProgress, since start: ContinuousClock.Instant) -> Waiting {
        let pause = min(.seconds(1), (waiting?.pause ?? .milliseconds(20)) * 2)
        if start.duration(to: .now) >= .seconds(1) {
            obstacle = "progress is not saved yet: another program holds its lock, \(lockName)"
        }
        return Waiting(
            progress: progress, since: start, pause: pause,
            next: .now + pause * Double.random(in: 0.5...1))
    }

    private var lockName: String { FileLock.path(for: (try? file.path()) ?? file.name) }

    /// Waits at the program's end for a save that waits. Where that takes more than a second it is
    /// said in a line on stderr; until it is over what is not saved lies in a file of its own,
    /// since nobody waits for ever, and stays there where `limit` is over first.
    func finish(within limit: Duration = ProgressStore.patience) {
        guard let progress = waiting?.progress else { return }
        _ = save(progress, patience: .seconds(1))
        guard waiting != nil, let path = try? file.path() else { return }
        let whole = progress.merged(since: base, with: base)
        let aside = try? file.data(of: whole).keptAside(of: path, as: .unsaved)
        let version = aside.flatMap { try? FileVersion(path: $0) }
        let meanwhile =
            aside.map { "; meanwhile, unsaved progress is in \(lastName($0)) beside it" } ?? ""
        writeErrorLine("waiting for another program, which holds \(lockName)\(meanwhile)")
        _ = save(progress, patience: limit)
        // Whoever started meanwhile may have taken it in, and a third left another of its name.
        guard let aside, let version, (try? FileVersion(path: aside)) == version else { return }
        if waiting == nil, obstacle == nil {
            unlink(aside)
        } else {
            obstacle = "progress is not saved; it is in \(aside), and \(Self.promise)"
        }
    }

    private func write(
        _ progress: CourseProgress, to path: String, _ lock: FileLock
    ) throws -> Data {
        do { return try file.write(progress, to: path, lock) } catch let problem as FileProblem {
            throw Obstacle(words: "progress could not be written to \(path): \(problem)")
        }
    }

    // MARK: What is in the file

    private struct Obstacle: Error { let words: String }

    /// Does what may fail, and keeps what there is to say of that; true where another program has
    /// the lock.
    @discardableResult
    private func attempt(_ body: () throws -> Void) -> Bool {
        do { try body() } catch FileLock.Failure.isTaken { return true } catch {
            switch error {
            case let error as Obstacle: obstacle = error.words
            case let error as FileProblem:
                obstacle = "progress is not kept: \(file.name): \(error.description)"
            default:
                obstacle =
                    "progress could not be written to \((try? file.path()) ?? file.name)"
            }
        }
        return false
    }

    /// What the file holds now, and its bytes; what cannot be understood of it is kept aside. With
    /// the lock only.
    private func current(_ path: String) throws -> (progress: CourseProgress, data: Data?) {
        guard let data = try file.data(at: path), data != held else { return (base, held) }
        let content = file.content(of: data)
        guard let progress = content.progress else {
            guard let aside = try? moveAside(path, as: .unreadable) else {
                throw Obstacle(
                    words: "progress is not kept: \(path) could be neither read nor moved aside")
            }
            tell("the progress could not be read; it was moved to \(aside)")
            return (base, nil)
        }
        if !content.isWhole {
            // The next save leaves out what could not be understood.
            guard let aside = try? content.data.keptAside(of: path, as: .whole) else {
                throw Obstacle(
                    words: "progress is not kept: some of \(path) could be neither read nor "
                        + "kept aside")
            }
            tell(
                "some of the progress could not be read and is left out; all of it is in "
                    + aside)
        }
        return (progress, content.data)
    }

    private func tell(_ text: String) {
        if !told.contains(text) { told.append(text) }
    }
}
