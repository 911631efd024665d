import AttentionEngine
import Foundation
import ModelFiles

/// A note's text in the learner's own editor.
enum NoteFile {
    /// The command of `VISUAL` or `EDITOR`; nil where neither holds one.
    static func editor(_ environment: [String: String]) -> String? {
        ["VISUAL", "EDITOR"].lazy.compactMap { environment[$0] }
            .first { !$0.allSatisfy(\.isWhitespace) }
    }

    /// Why there is no new text, as a sentence.
    enum Failure: Error {
        case noFile(FileProblem)
        /// The shell has no such program, or may not run it.
        case notRun
        case ended(status: Int32)
        case signalled(Int32)
        /// The editor left no file.
        case nothingLeft
        /// What the editor left is no file that can be read.
        case unreadable(FileProblem)

        var description: String {
            switch self {
            case .noFile(let problem):
                "No file for the editor can be created: \(problem.description)."
            case .notRun: "What VISUAL or EDITOR names could not be run: the note is as it was."
            case .ended(let status):
                "The editor ended with status \(status): the note is as it was."
            case .signalled(let signal):
                "The editor was ended by signal \(signal): the note is as it was."
            case .nothingLeft: "The editor left no file: the note is as it was."
            case .unreadable(let problem):
                "What the editor left \(problem.description): the note is as it was."
            }
        }
    }

    /// A new text, and what there is to say of it.
    struct Edited {
        let text: String
        let remark: String?
    }

    /// No note is this large; more of a file is not read.
    private static let sizeLimit = 1_000_000

    /// Runs an editor on a file with the text, and waits for it; the new text. Throws where the
    /// editor could not be run or ended with another status than 0. The terminal must be free.
    static func edit(_ text: String, with editor: String) throws(Failure) -> Edited {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "headroom-note-\(UUID().uuidString).md").path
        var isKept = false
        defer { if !isKept { unlink(path) } }
        // The file is the learner's alone, and was nobody's before.
        do throws(FileProblem) {
            try Data((text.isEmpty ? "" : text + "\n").utf8)
                .write(besideAndRenamedTo: path, suffix: ".new")
        } catch { throw .noFile(error) }
        let status = run(editor, on: path)
        switch (status & 0x7F, status >> 8 & 0xFF) {
        case (0, 0): break
        case (0, 126), (0, 127): throw .notRun
        case (0, let code): throw .ended(status: code)
        case (let signal, _): throw .signalled(signal)
        }
        guard FileManager.default.fileExists(atPath: path) else { throw .nothingLeft }
        do throws(FileProblem) {
            let file = try FileBytes(path: path)
            let bytes = try file.read(0..<min(file.count, sizeLimit))
            isKept = file.count > sizeLimit
            return Edited(
                text: String(decoding: bytes, as: UTF8.self),
                remark: isKept
                    ? "A note has up to \(grouped(sizeLimit)) bytes; all that the editor left is in "
                        + "\(path)." : nil)
        } catch { throw .unreadable(error) }
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

    /// The status that the system tells of the editor's end; 127 << 8, as of a shell that finds no
    /// program, where there is not even a shell.
    private static func run(_ editor: String, on path: String) -> Int32 {
        let notRun: Int32 = 127 << 8
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
            return notRun
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
            guard ended == process else { return notRun }
            if status & 0xFF != 0x7F { return status }
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
