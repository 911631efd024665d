import Foundation
import ModelFiles

/// A lock that programs take turns by; the system ends it with the process, however that ends.
final class FileLock {
    private let descriptor: Int32

    /// Takes the lock; nil where there is none to be had within a second.
    init?(path: String) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        for _ in 0..<200 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
            guard errno == EWOULDBLOCK || errno == EINTR else { break }
            usleep(5_000)
        }
        Foundation.close(descriptor)
        return nil
    }

    func close() { Foundation.close(descriptor) }
}

extension Data {
    /// Writes a file beside the one of a path, and renames it to that when all of it is written.
    /// Where anything fails the old file stays, and the reason is thrown. outlastingPower: whether
    /// it is on the disk before it is renamed, so that a machine that loses its power keeps the one
    /// or the other.
    func write(
        besideAndRenamedTo path: String, suffix: String, mode: mode_t = 0o600,
        outlastingPower: Bool = false
    ) throws(FileProblem) {
        let beside = path + suffix
        // What a killed program left, or a link that somebody placed there, is not written into.
        unlink(beside)
        let descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(errno) }
        var isWritten = withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Foundation.write(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
        // Some file systems say only then that there is no room.
        isWritten = isWritten && fchmod(descriptor, mode) == 0
        // Where a file system cannot do it (EINVAL), renaming is all there is.
        if outlastingPower, isWritten { isWritten = fsync(descriptor) == 0 || errno == EINVAL }
        isWritten = Foundation.close(descriptor) == 0 && isWritten
        guard isWritten, rename(beside, path) == 0 else {
            let problem = FileProblem.system(errno)
            unlink(beside)
            throw problem
        }
    }
}
