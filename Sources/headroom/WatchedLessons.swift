import AttentionEngine
import CourseContent
import CourseSession
import CursesTerminal
import Lessons
import Synchronization

/// A folder of lessons that may be edited while they are on the screen.
final class WatchedLessons: Sendable {
    private let edited = Mutex<Course?>(nil)

    /// Watches the folder that a course was read from, if it was; where that cannot be, the session
    /// tells so.
    static func watching(
        _ files: CourseFiles, for session: inout Session, waker: Waker
    ) -> WatchedLessons? {
        guard let folder = files.folder else { return nil }
        let lessons = WatchedLessons(files, folder: folder, waker: waker)
        if lessons == nil {
            session.notice = "Edits are not noticed: no thread could be started to watch them."
        }
        return lessons
    }

    /// Reads a course's folder again at every change since its files were read, and wakes its loop;
    /// nil where the system gives no thread for it.
    init?(_ files: CourseFiles, folder: String, waker: Waker) {
        let isWatched = startThread { [self] in
            let changes = FolderChanges(of: folder, quiet: .milliseconds(50)) {
                Course.isLesson($0) || $0 == CourseFile.name
            }
            var last = files
            while true {
                if let files = Self.load(folder, after: last, changes) {
                    last = files
                    let course = files.course
                    edited.withLock { $0 = course }
                    waker.wake()
                }
                changes.wait()
            }
        }
        if !isWatched { return nil }
    }

    /// The course after the newest edit, if nobody has taken it yet.
    func news() -> Course? {
        edited.withLock { course in
            defer { course = nil }
            return course
        }
    }

    /// A folder's files, where they are others than before.
    ///
    /// A lesson that is missing or empty is waited for: some editors move a file away and take
    /// their time to write it anew.
    private static func load(
        _ folder: String, after last: CourseFiles, _ changes: FolderChanges
    ) -> CourseFiles? {
        let end = ContinuousClock.now + .seconds(1)
        while true {
            let files = try? CourseFiles.read(folder: folder)
            let isWhole = written(last).isSubset(of: files.map(written) ?? [])
            guard isWhole || ContinuousClock.now >= end else {
                changes.wait(atMost: ContinuousClock.now.duration(to: end))
                continue
            }
            // A folder emptied is one being written anew.
            guard let files, !files.files.isEmpty,
                !files.files.elementsEqual(last.files, by: { $0 == $1 })
            else { return nil }
            return files
        }
    }

    /// The names of the lessons that hold anything.
    private static func written(_ files: CourseFiles) -> Set<String> {
        Set(files.files.filter { !$0.text.isEmpty }.map(\.name))
    }
}
