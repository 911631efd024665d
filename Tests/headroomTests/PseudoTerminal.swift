import Foundation
import Testing

/// A program on a terminal of which only the bytes are looked at.
final class PseudoTerminal {
    /// What the program has written so far.
    private(set) var output: [UInt8] = []
    private let master: FileHandle
    /// Held open, so that the terminal outlives the program and its modes can be asked for.
    private var slave: FileHandle?
    private let path: String
    private let process: pid_t
    private var status: Int32?
    /// What is answered when the program asks for the device attributes, as all terminals do; nil
    /// once it was.
    private var attributes: String?

    /// Starts `headroom` as the leader of a session that this terminal controls.
    init(
        _ arguments: [String] = ["learn", "gqa", "--step", "2"], columns: UInt16 = 80,
        rows: UInt16 = 24, environment: [String: String] = [:], attributes: String? = "\u{1B}[?6c",
        folder: TestFolder
    ) throws {
        self.attributes = attributes
        var descriptor: Int32 = -1
        var other: Int32 = -1
        var path = [CChar](repeating: 0, count: 1_024)
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        // No other child may hold the terminal open.
        try ChildProcess.whileNoneStarts {
            try #require(openpty(&descriptor, &other, &path, nil, &size) == 0)
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            _ = fcntl(other, F_SETFD, FD_CLOEXEC)
        }
        master = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        slave = FileHandle(fileDescriptor: other, closeOnDealloc: true)
        let name = path.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        self.path = name
        process = try ChildProcess.start(
            [Program.executable.path] + arguments,
            environment: folder.environment.merging(environment) { $1 },
            streams: .terminal(path: name))
    }

    deinit {
        if status == nil {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
    }

    // MARK: Bytes

    func write(_ text: String) { write(Array(text.utf8)) }

    func write(_ bytes: [UInt8]) { master.write(Data(bytes)) }

    var text: String { String(decoding: output, as: UTF8.self) }

    /// Reads until a condition holds.
    func wait(
        _ what: Comment, seconds: Double = 30, sourceLocation: SourceLocation = #_sourceLocation,
        until condition: (PseudoTerminal) -> Bool
    ) throws {
        let isMet = Deadline(seconds: seconds).met {
            read(milliseconds: 10)
            return condition(self)
        }
        try #require(isMet, what, sourceLocation: sourceLocation)
    }

    /// Reads until some text has come, and what was written with it.
    func wait(
        for text: String, seconds: Double = 30, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try wait("'\(text)'", seconds: seconds, sourceLocation: sourceLocation) {
            $0.text.contains(text)
        }
        settle()
    }

    /// Reads until nothing more comes.
    func settle(milliseconds: Int32 = 20) {
        while read(milliseconds: milliseconds) {}
    }

    /// Waits until the first screen is there, down to its last word.
    func waitForScreen(sourceLocation: SourceLocation = #_sourceLocation) throws {
        try wait("the first screen", sourceLocation: sourceLocation) {
            $0.text.contains("Headroom")
        }
        try wait(for: " quit", sourceLocation: sourceLocation)
    }

    /// Forgets what was written.
    func forget() { output = [] }

    @discardableResult
    func read(milliseconds: Int32) -> Bool {
        var watched = pollfd(fd: master.fileDescriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&watched, 1, milliseconds) > 0, watched.revents & Int16(POLLIN) != 0 else {
            return false
        }
        var part = [UInt8](repeating: 0, count: 65_536)
        let count = Foundation.read(master.fileDescriptor, &part, part.count)
        output += part.prefix(max(0, count))
        if let attributes, output.contains("\u{1B}[c".utf8) {
            self.attributes = nil
            write(attributes)
        }
        return count > 0
    }

    // MARK: Terminal and process

    /// The terminal's modes as bytes, to be compared.
    var modes: [UInt8] {
        var modes = termios()
        guard let slave, tcgetattr(slave.fileDescriptor, &modes) == 0 else { return [] }
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag].flatMap { flags in
            withUnsafeBytes(of: flags, Array.init)
        }
    }

    /// Whether there is something that the program has not read yet.
    var isUnread: Bool {
        guard let slave else { return false }
        var watched = pollfd(fd: slave.fileDescriptor, events: Int16(POLLIN), revents: 0)
        return poll(&watched, 1, 0) > 0
    }

    /// What the program has left of what was written to it, for whoever reads next.
    var leftInput: String {
        guard let slave, isUnread else { return "" }
        var part = [UInt8](repeating: 0, count: 4_096)
        let count = Foundation.read(slave.fileDescriptor, &part, part.count)
        return String(decoding: part.prefix(max(0, count)), as: UTF8.self)
    }

    func send(signal: Int32) { kill(process, signal) }

    var identifier: pid_t { process }

    /// The terminal goes away.
    func hangUp() throws {
        try slave?.close()
        slave = nil
        try master.close()
    }

    /// Takes all the room there is for what a program writes: the terminal does not read.
    func stuff() throws {
        let other = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY)
        try #require(other >= 0)
        defer { close(other) }
        let part = [UInt8](repeating: UInt8(ascii: "x"), count: 4_096)
        var watched = pollfd(fd: other, events: Int16(POLLOUT), revents: 0)
        // What was written makes room once more as it moves on towards the reader.
        repeat {
            while Foundation.write(other, part, part.count) > 0 {}
            while Foundation.write(other, part, 1) > 0 {}
        } while poll(&watched, 1, 100) > 0
    }

    /// Waits for the program's end, and reads what it says last, unless the terminal does not read;
    /// its exit status, or the negative number of the signal that it died of.
    func end(
        seconds: Double = 30, isReading: Bool = true,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Int32 {
        var raw: Int32 = 0
        let isOver = Deadline(seconds: seconds).met {
            if slave != nil, isReading { read(milliseconds: 10) }
            return waitpid(process, &raw, WNOHANG) == process
        }
        try #require(isOver, "the program should have ended", sourceLocation: sourceLocation)
        if slave != nil { settle(milliseconds: 50) }
        let signal = raw & 0x7F
        status = signal == 0 ? (raw >> 8) & 0xFF : -signal
        return status ?? 0
    }
}
