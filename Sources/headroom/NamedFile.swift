import ArgumentParser
import Foundation
import ModelFiles

/// A file that the user names to be written: a new one or a regular one, at the end of the links
/// that lead to it.
///
/// Written beside and renamed, so that nobody reads half of it. Devices, pipes and folders are left
/// alone.
struct NamedFile {
    /// Where it is.
    let path: String
    /// What the file may be read and written by.
    private let mode: mode_t

    private var suffix: String { ".new-\(getpid())" }

    /// Throws, in one line's words, why the file cannot be written; a file beside it is made and
    /// removed to know.
    ///
    /// - Parameter isForOthers: whether everybody may read it, whatever files of this user are.
    init(_ name: String, isForOthers: Bool = false) throws(FileProblem) {
        let read: mode_t = isForOthers ? 0o444 : 0
        path = try endOfLinks(of: name)
        var status = stat()
        if lstat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFREG else {
                let isFolder = status.st_mode & S_IFMT == S_IFDIR
                throw FileProblem(isFolder ? "is a folder" : "is not a regular file")
            }
            guard access(path, W_OK) == 0 else { throw .system(errno) }
            mode = status.st_mode & 0o777 | read
        } else {
            guard errno == ENOENT else { throw .system(errno) }
            let mask = umask(0)
            umask(mask)
            mode = 0o666 & ~mask | read
        }
        let beside = path + suffix
        unlink(beside)
        let descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(errno) }
        close(descriptor)
        unlink(beside)
    }

    /// Replaces what the file holds.
    func write(_ data: Data) throws(FileProblem) {
        try data.write(besideAndRenamedTo: path, suffix: suffix, mode: mode)
    }
}

/// What `body` makes of a file to be written. What is wrong is one line on stderr and ends the
/// command with status 73.
func writing<T>(_ name: String, _ body: () throws(FileProblem) -> T) throws -> T {
    do throws(FileProblem) { return try body() } catch {
        writeErrorLine("\(name): \(error.description)")
        throw CommandStatus.fileNotWritten.code
    }
}
