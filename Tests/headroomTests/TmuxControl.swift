import Foundation
import Testing

/// A tmux server of one's own, driven through its control mode: commands go in by line, and with
/// their answers come notices that something was drawn. One process for a whole session, where a
/// client for every look would keep the processor busy.
final class TmuxControl {
    private let socket: Int32
    private let process: pid_t
    private var rest: [UInt8] = []
    /// Something has been drawn since the screen was last asked for.
    private var hasNews = false

    /// Starts a server with a command that makes its first session.
    init(_ command: [String], server: String, environment: [String: String]) throws {
        var ends: [Int32] = [-1, -1]
        try ChildProcess.whileNoneStarts {
            try #require(socketpair(AF_UNIX, Self.stream, 0, &ends) == 0)
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        }
        defer { close(ends[1]) }
        #if canImport(Darwin)
            var on: Int32 = 1
            setsockopt(ends[0], SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(4))
        #endif
        socket = ends[0]
        process = try ChildProcess.start(
            ["tmux", "-L", server, "-f", "/dev/null", "-C"] + command, environment: environment,
            streams: .socket(ends[1]))
        _ = try answer()
    }

    deinit {
        send("kill-server\n")
        var status: Int32 = 0
        if !Deadline(seconds: 5).met({ waitpid(process, &status, WNOHANG) != 0 }) {
            kill(process, SIGKILL)
            waitpid(process, &status, 0)
        }
        close(socket)
    }

    /// Runs a command; the lines of its answer.
    @discardableResult
    func run(_ words: [String]) throws -> [String] {
        let quoted = words.map { "'" + $0.replacingOccurrences(of: "'", with: #"'\''"#) + "'" }
        send(quoted.joined(separator: " ") + "\n")
        return try answer()
    }

    /// Waits until something is drawn, and then until nothing more is for a moment; a while at
    /// most, since not everything that can be asked for is told.
    func waitForNews() {
        let end = Date(timeIntervalSinceNow: 0.1)
        while !hasNews, Date() < end, let line = line(milliseconds: 100) { note(line) }
        while Date() < end, let line = line(milliseconds: 2) { note(line) }
        hasNews = false
    }

    // MARK: Lines

    #if canImport(Darwin)
        private static let stream = SOCK_STREAM
    #else
        private static let stream = Int32(SOCK_STREAM.rawValue)
    #endif

    private func send(_ text: String) {
        var bytes = Array(text.utf8)[...]
        #if canImport(Darwin)
            let flags: Int32 = 0
        #else
            let flags = Int32(MSG_NOSIGNAL)
        #endif
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                Foundation.send(socket, $0.baseAddress, $0.count, flags)
            }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }

    /// What stands between the next `%begin` and the `%end` or `%error` of the same number.
    private func answer() throws -> [String] {
        var begin: Substring?
        var lines: [String] = []
        while let line = line(milliseconds: 30_000) {
            if let begin, line == "%end" + begin { return lines }
            if let begin, line == "%error" + begin {
                throw TmuxProblem(description: lines.joined(separator: "\n"))
            }
            if begin != nil {
                lines.append(line)
            } else if line.hasPrefix("%begin ") {
                begin = line.dropFirst(6)
                // What was told before has been drawn by now.
                hasNews = false
            } else {
                note(line)
            }
        }
        throw TmuxProblem(description: "tmux is needed by these tests, and did not answer")
    }

    private func note(_ line: String) {
        if line.hasPrefix("%output ") { hasNews = true }
    }

    /// The next line; nil where none comes in time.
    private func line(milliseconds: Int32) -> String? {
        while true {
            if let end = rest.firstIndex(of: 0x0A) {
                defer { rest.removeSubrange(...end) }
                return String(decoding: rest[..<end], as: UTF8.self)
            }
            var watched = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            guard poll(&watched, 1, milliseconds) > 0 else { return nil }
            var part = [UInt8](repeating: 0, count: 65_536)
            let count = read(socket, &part, part.count)
            guard count > 0 else { return nil }
            rest += part.prefix(count)
        }
    }
}

struct TmuxProblem: Error, CustomStringConvertible {
    let description: String
}
