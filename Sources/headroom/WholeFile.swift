import Foundation
import ModelFiles

/// Files that are whole at any moment, and what is kept beside them.
extension Data {
    /// What a regular file holds, or its beginning where it is longer than a limit.
    init(ofFile path: String, atMost limit: Int = .max) throws(FileProblem) {
        let file = try FileBytes(path: path)
        self.init(try file.read(0..<Swift.min(file.count, limit)))
    }

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
        guard write(to: descriptor, mode: mode, outlastingPower: outlastingPower),
            rename(beside, path) == 0
        else {
            let problem = FileProblem.system(errno)
            unlink(beside)
            throw problem
        }
    }

    /// Writes them into a new file beside that of a path, or finds one that holds them already; the
    /// path of that. It is on the disk then, and no file is written over. What is unsaved gets a
    /// file of its own, since that is deleted when it is saved.
    func keptAside(of path: String, as copy: KeptCopy) throws(FileProblem) -> String {
        for aside in copy.names(of: path) {
            let descriptor = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            if descriptor < 0, errno == EEXIST {
                if copy != .unsaved, (try? Data(ofFile: aside)) == self { return aside }
                continue
            }
            guard descriptor >= 0 else { break }
            guard write(to: descriptor, mode: 0o600, outlastingPower: true) else {
                let problem = FileProblem.system(errno)
                unlink(aside)
                throw problem
            }
            return aside
        }
        throw .system(errno)
    }

    /// Writes them into an open file, and closes it; whether all of that worked, `errno` says why
    /// not.
    private func write(
        to descriptor: Int32, mode: mode_t, outlastingPower: Bool
    ) -> Bool {
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
        let problem = errno
        let isClosed = Foundation.close(descriptor) == 0
        if !isWritten { errno = problem }
        return isClosed && isWritten
    }
}

/// Moves a file to a free name beside it; the path of that.
func moveAside(_ path: String, as copy: KeptCopy) throws(FileProblem) -> String {
    for aside in copy.names(of: path) {
        var status = stat()
        if lstat(aside, &status) == 0 { continue }
        guard errno == ENOENT, rename(path, aside) == 0 else { break }
        return aside
    }
    throw .system(errno)
}

/// Why something is kept beside a file that it was in, which is in its name.
enum KeptCopy: String, CaseIterable {
    /// It could not be understood.
    case unreadable
    /// Some of it could not be.
    case whole
    /// Something else has taken its place.
    case before
    /// It could not be written into the file.
    case unsaved

    /// Names for one more, the first first: "progress.json.whole-1", "progress.json.whole-2".
    func names(of path: String) -> some Sequence<String> {
        (1...9_999).lazy.map { "\(path).\(rawValue)-\($0)" }
    }

    /// Those that lie beside a file, by their names.
    func all(of path: String) -> [String] {
        let folder = parent(of: path)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let start = "\(lastName(path)).\(rawValue)-"
        return names.filter { name in
            let number = name.dropFirst(start.count)
            return name.hasPrefix(start) && !number.isEmpty
                && number.allSatisfy { $0.isASCII && $0.isNumber }
        }.sorted().map { joined(folder, $0) }
    }
}
