import ArgumentParser
import CourseContent
import CourseSession
import Foundation
import ModelFiles

extension ProgressFile {
    /// Forgets what is kept, or what of it is of a lesson of the course, under former names, too.
    /// What was there is kept in a file beside it, whose path is returned; nil where there was
    /// nothing to forget.
    ///
    /// The file stays, with nothing in it: a program that runs meanwhile takes that for what became
    /// of its own entries (`CourseProgress.merged`), and a file that is gone for one that is lost.
    /// What is wrong is one line on stderr and ends the command, as in `progress`; with status 73
    /// where nothing could be written.
    func reset(lesson: String?, of course: Course) throws -> String? {
        guard isKept else { return nil }
        let path = try reading(self.path)
        let before = try reading { () throws(FileProblem) in try content(at: path) }
        guard let before,
            try rest(of: before, without: lesson, of: course)
                != before.progress?.named(as: course)
        else { return nil }
        var moved: String?
        do {
            let lock = try takenLock(of: path)
            defer { lock.close() }
            // Another program may have written meanwhile.
            guard let content = try self.content(at: path) else { return nil }
            let rest = try self.rest(of: content, without: lesson, of: course)
            // What cannot be understood may be longer than what was read of it.
            if content.progress == nil { moved = try moveAside(path, as: .before) }
            let copy = try moved ?? content.data.keptAside(of: path, as: .before)
            _ = try write(rest, to: path, lock)
            return copy
        } catch let status as ExitCode {
            throw status
        } catch {
            let reason =
                if case FileLock.Failure.isTaken = error {
                    "another program holds \(FileLock.path(for: path))"
                } else {
                    "cannot be written"
                }
            let outcome = moved.map { "what was there is in \($0)" } ?? "nothing was forgotten"
            writeErrorLine("\(path): \(reason); \(outcome)")
            throw CommandStatus.fileNotWritten.code
        }
    }

    private func rest(
        of content: Content, without lesson: String?, of course: Course
    ) throws -> CourseProgress {
        guard let lesson else { return CourseProgress() }
        return try understood(content).named(as: course).without(lesson: lesson)
    }

    /// The lock, for which another program is waited for; after a second that is said.
    private func takenLock(of path: String) throws(FileLock.Failure) -> FileLock {
        do { return try FileLock(for: path, patience: .seconds(1)) } catch {
            guard error == .isTaken else { throw error }
        }
        writeErrorLine("waiting for another program, which holds \(FileLock.path(for: path))")
        return try FileLock(for: path, patience: ProgressStore.patience)
    }
}
