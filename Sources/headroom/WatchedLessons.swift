import CursesTerminal
import Foundation
import LessonScreens
import Synchronization

/// A folder of lessons that may be edited while they are on the screen.
final class WatchedLessons: Sendable {
    private let edited = Mutex<Course?>(nil)

    /// Reads the course again at every change of the folder, from now on, and wakes its loop.
    init(folder: String, waker: Waker) {
        Thread.detachNewThread { [self] in
            guard var changes = FolderChanges(of: folder) else { return }
            while true {
                changes.wait()
                guard let files = try? CourseFiles.load(folder: folder) else { continue }
                let course = Course(files: files.files, folder: files.folder)
                // A folder emptied is one being written anew.
                if course.lessons.isEmpty { continue }
                edited.withLock { $0 = course }
                waker.wake()
            }
        }
    }

    /// The course after the newest edit, if nobody has taken it yet.
    func news() -> Course? {
        edited.withLock { course in
            defer { course = nil }
            return course
        }
    }
}
