import Foundation

/// A lock that programs take turns by; the system ends it with the process, however that ends.
final class FileLock {
    private let descriptor: Int32
    /// Whether it keeps others out: some file systems have no locks.
    let isExclusive: Bool

    enum Failure: Error {
        /// Another program has it.
        case isTaken
        /// Its file cannot be made.
        case cannotBeMade
    }

    /// Takes the lock of a file. Throws where another program does not give it up within a time.
    init(for path: String, patience: Duration = .zero) throws(Failure) {
        descriptor = open(Self.path(for: path), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .cannotBeMade }
        let end = ContinuousClock.now + patience
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            guard errno == EWOULDBLOCK else {
                isExclusive = false
                return
            }
            guard ContinuousClock.now < end else {
                Foundation.close(descriptor)
                throw .isTaken
            }
            // Not in step with others that wait.
            usleep(.random(in: 1_000...8_000))
        }
        isExclusive = true
    }

    func close() { Foundation.close(descriptor) }

    /// The file that a file's lock is held on.
    static func path(for path: String) -> String { path + ".lock" }
}
