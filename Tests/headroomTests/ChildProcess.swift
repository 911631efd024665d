import Foundation
import Testing

/// Programs started without Foundation, whose `Process` waits for a daemon's children too and
/// cannot start the leader of a terminal's session.
enum ChildProcess {
    /// Where a program's standard input, output and error lead.
    enum Streams {
        /// To a terminal that controls the program's session.
        case terminal(path: String)
        /// Input from nowhere, output and error to files.
        case files(output: String, errors: String)
        /// Input and output by one socket, errors to nowhere.
        case socket(Int32)
    }

    private static let lock = NSLock()

    /// Opens descriptors and marks them as not to be inherited while no test starts a program,
    /// which would hold them open.
    static func whileNoneStarts<Result>(_ body: () throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body()
    }

    /// Starts a program found in the search path, with no other environment than this.
    static func start(
        _ command: [String], environment: [String: String], streams: Streams
    ) throws -> pid_t {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
            let newSession = Int16(POSIX_SPAWN_SETSID)
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
            // glibc's POSIX_SPAWN_SETSID, which its Swift module leaves out.
            let newSession: Int16 = 0x80
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        switch streams {
        case .terminal(let path):
            // A session's leader that opens a terminal is controlled by it.
            posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
            posix_spawn_file_actions_adddup2(&actions, 0, 1)
            posix_spawn_file_actions_adddup2(&actions, 0, 2)
        case .files(let output, let errors):
            let creation = O_WRONLY | O_CREAT | O_TRUNC
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_addopen(&actions, 1, output, creation, 0o600)
            posix_spawn_file_actions_addopen(&actions, 2, errors, creation, 0o600)
        case .socket(let socket):
            posix_spawn_file_actions_adddup2(&actions, socket, 0)
            posix_spawn_file_actions_adddup2(&actions, socket, 1)
            posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        }
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(
            &attributes,
            newSession | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
        var words = command.map { strdup($0) } + [nil]
        var values = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in words + values { free(text) } }
        var process: pid_t = 0
        let failure = whileNoneStarts {
            posix_spawnp(&process, command[0], &actions, &attributes, &words, &values)
        }
        try #require(failure == 0, "\(command[0]) is needed by these tests")
        return process
    }

    /// Runs a program to its end.
    static func run(
        _ command: [String], environment: [String: String], in folder: TestFolder
    ) throws -> Program {
        let output = folder.url.appendingPathComponent("output")
        let errors = folder.url.appendingPathComponent("errors")
        let process = try start(
            command, environment: environment,
            streams: .files(output: output.path, errors: errors.path))
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return Program(
            status: signal == 0 ? (status >> 8) & 0xFF : -signal,
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }
}
