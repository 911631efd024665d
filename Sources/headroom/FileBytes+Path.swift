import ArgumentParser
import ForeignText
import ModelFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension FileBytes {
    /// The bytes of a regular file, read from the disk where they are asked for and never all at
    /// once. Throws why it cannot be opened; a pipe or device is refused without waiting for it.
    init(path: String) throws(FileProblem) {
        let file = try OpenFile(path: path)
        self.init(count: file.count) { range throws(FileProblem) in try file.read(range) }
    }
}

extension FileBytes {
    /// What comes from standard input to its end, as long as a text of JSON may be and a byte more.
    static func standardInput(_ name: String) throws(FileProblem) -> FileBytes {
        var all: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while all.count <= JSONValue.longestText {
            let got = piece.withUnsafeMutableBytes { readBytes(0, $0.baseAddress, $0.count) }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw .system(errno) }
            if got == 0 { break }
            all += piece[..<got]
        }
        return FileBytes(all)
    }
}

/// The system's own `read`, which a method of this name hides.
private func readBytes(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int
{
    read(descriptor, buffer, count)
}

/// What `body` makes of a file. What is wrong is one line on stderr, "headroom: FILE: …", and ends
/// the command: with status 66 where the file cannot be opened, 65 where it is not what it should
/// be.
func reading<T>(
    _ path: String, _ body: (FileBytes) throws(FileProblem) -> T
) throws -> T {
    try reading(path, opening: FileBytes.init(path:), body)
}

/// The same of a file that is opened in another way.
func reading<File, T>(
    _ path: String, opening open: (String) throws(FileProblem) -> File,
    _ body: (File) throws(FileProblem) -> T
) throws -> T {
    func end(_ problem: FileProblem, _ status: CommandStatus) -> ExitCode {
        writeErrorLine("\(path): \(problem.description)")
        return status.code
    }
    let file: File
    do { file = try open(path) } catch { throw end(error, .noFile) }
    do { return try body(file) } catch { throw end(error, .wrongFile) }
}

/// A text on one line in which nothing commands a terminal or turns the line around: names in
/// files are anyone's.
func printable(_ text: String) -> String {
    text.replacing([.control, .separator, .format, .joiner], by: "\u{FFFD}")
}

/// An open file, closed with its last reader.
final class OpenFile: Sendable {
    let count: Int
    let descriptor: Int32

    init(path: String, followsLinks: Bool = true) throws(FileProblem) {
        // Without waiting: the opening of a pipe would otherwise end only with a writer.
        let links = followsLinks ? 0 : O_NOFOLLOW
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | links)
        guard descriptor >= 0 else { throw .system(errno) }
        var status = stat()
        let isKnown = fstat(descriptor, &status) == 0
        guard isKnown, status.st_mode & S_IFMT == S_IFREG else {
            let isFolder = isKnown && status.st_mode & S_IFMT == S_IFDIR
            close(descriptor)
            throw FileProblem(isFolder ? "is a folder" : "is not a regular file")
        }
        self.descriptor = descriptor
        count = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// As many of the range's bytes as the file still has.
    func read(_ range: Range<Int>) throws(FileProblem) -> [UInt8] {
        var problem: FileProblem?
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
            while filled < range.count {
                let got = pread(
                    descriptor, buffer.baseAddress! + filled, range.count - filled,
                    off_t(range.lowerBound + filled))
                if got < 0, errno == EINTR { continue }
                if got < 0 { problem = .system(errno) }
                if got <= 0 { return }
                filled += got
            }
        }
        if let problem { throw problem }
        return bytes
    }
}

extension FileProblem {
    /// What the system says of an error number: "no such file or directory".
    static func system(_ number: Int32) -> FileProblem {
        let text = String(cString: strerror(number))
        return FileProblem(text.prefix(1).lowercased() + text.dropFirst())
    }
}
