import Foundation

/// A note's text in the learner's own editor.
enum NoteFile {
    /// The command of `VISUAL` or `EDITOR`; nil where neither is set.
    static func editor(_ environment: [String: String]) -> String? {
        ["VISUAL", "EDITOR"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }

    /// No note is this large; more of a file is not read.
    private static let sizeLimit = 1_000_000

    /// Runs an editor on a file with the text, and waits for it; the new text, or nil where the
    /// editor could not be run or ended with another status than 0. The terminal must be free.
    static func edit(_ text: String, with editor: String) -> String? {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "headroom-note-\(UUID().uuidString).md")
        // The file is the learner's alone, and was nobody's before.
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        defer { unlink(file.path) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard (try? handle.write(contentsOf: Data((text.isEmpty ? "" : text + "\n").utf8))) != nil,
            (try? handle.close()) != nil, run(editor, on: file.path),
            let data = try? FileHandle(forReadingFrom: file).read(upToCount: sizeLimit) ?? Data()
        else { return nil }
        return String(decoding: data, as: UTF8.self)
    }

    /// The command goes through a shell, since it may hold arguments.
    ///
    /// The editor takes the shell's place, where the command is no more than its name and words: so
    /// the course learns that it has stopped. Else the shell must outlive the keys that interrupt
    /// what it runs.
    private static func script(_ editor: String) -> String {
        let isPlain = !editor.contains { ";&|<>(){}=`#!\n".contains($0) }
        return (isPlain ? "exec " : "trap : INT QUIT; ") + editor + " \"$1\""
    }

    private static func run(_ editor: String, on path: String) -> Bool {
        let command = ["sh", "-c", script(editor), "sh", path]
        var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        // The course keeps its own standard error back; the editor talks to the terminal.
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        // A group of its own: what its keys send, and what stops it, are not the course's.
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
                | Int16(POSIX_SPAWN_SETPGROUP))
        var process: pid_t = 0
        guard posix_spawn(&process, "/bin/sh", &actions, &attributes, &words, environ) == 0 else {
            return false
        }
        defer { takeTerminal() }
        var status: Int32 = 0
        while true {
            // In the background this stops the course, as it should, until it is in the foreground.
            if tcgetpgrp(STDIN_FILENO) != process { tcsetpgrp(STDIN_FILENO, process) }
            // Only when it has the terminal: it may have stopped for want of it. Nobody else could
            // bring a stopped editor back.
            if status & 0xFF == 0x7F { kill(-process, SIGCONT) }
            var ended: pid_t
            repeat {
                ended = waitpid(process, &status, WUNTRACED)
            } while ended < 0 && errno == EINTR
            guard ended == process else { return false }
            if status & 0xFF != 0x7F { return status == 0 }
        }
    }

    /// Brings the course's own group back into the foreground, which it asks for from behind.
    private static func takeTerminal() {
        var asking = sigset_t()
        var before = sigset_t()
        sigemptyset(&asking)
        sigaddset(&asking, SIGTTOU)
        pthread_sigmask(SIG_BLOCK, &asking, &before)
        tcsetpgrp(STDIN_FILENO, getpgrp())
        pthread_sigmask(SIG_SETMASK, &before, nil)
    }
}
