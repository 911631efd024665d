import Foundation
import Testing

extension RealTerminal {
    @Suite struct StoppingTests {
        private let folder: TestFolder

        init() throws { folder = try TestFolder() }

        @Test("Ctrl-Z gives the shell its terminal, and fg brings back the same screen")
        func stop() throws {
            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\" learn gqa --step 2")
            try session.wait(forRender: ["gqa", "--step", "2"])
            try session.send("Right")
            try session.wait(forRender: ["gqa", "--step", "2", "--keys", "Right"])
            try session.send("C-z")
            try session.waitForShell()
            try session.type("echo us$((40 + 2))able")
            try session.wait("the shell to answer") { $0.contains("us42able") }
            try session.type("fg")
            try session.wait(forRender: ["gqa", "--step", "2", "--keys", "Right"])
            #expect(try session.flags("alternate_on", "mouse_any_flag") == ["1", "1"])
            #expect(try session.flags("keypad_cursor_flag", "keypad_flag") == ["1", "1"])
            try session.send("q")
            try session.waitForShell()
        }

        @Test("a window resized meanwhile has the right screen after fg, without a key")
        func resizedMeanwhile() throws {
            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\" learn gqa --step 2")
            try session.wait(forRender: ["gqa", "--step", "2"])
            try session.send("C-z")
            try session.waitForShell()
            try session.resize(columns: 104, rows: 31)
            try session.type("fg")
            try session.wait(forRender: ["gqa", "--step", "2", "--size", "104x31"])
        }

        @Test("every process of the job stops and goes on, not the program alone")
        func job() throws {
            let session = try TmuxSession(folder: folder)
            try session.type("bash -c '\"$headroom\"; echo end with $?'")
            try session.waitForHeadroom()
            try session.send("C-z")
            try session.waitForShell()
            try session.type("fg")
            try session.waitForHeadroom()
            try session.send("q")
            try session.wait("the job's last line") { $0.contains("end with 0") }
        }

        @Test("stopped without a word and continued, it draws all of its screen again")
        func stoppedFromOutside() throws {
            let session = try TmuxSession(folder: folder)
            try session.type(
                "bash -c 'echo $$ >\"$HOME/process\"; exec \"$headroom\" learn gqa --step 2'")
            try session.wait(forRender: ["gqa", "--step", "2"])
            // Stopped while the terminal's answers are on their way, it would leave them to the
            // shell. The picture of the first key shows that they were sent, that of the second
            // that they were read.
            try session.send("Right")
            try session.wait(forRender: ["gqa", "--step", "2", "--keys", "Right"])
            try session.send("Left")
            try session.wait(forRender: ["gqa", "--step", "2", "--keys", "Right Left"])
            let process = try String(
                contentsOf: folder.home.appendingPathComponent("process"), encoding: .utf8)
            let identifier = try #require(pid_t(process.dropLast()))
            try #require(kill(identifier, SIGSTOP) == 0)
            try session.wait("the shell's word that the job is stopped") {
                $0.contains { $0.contains("Stopped") }
            }
            try session.type("fg")
            try session.wait(forRender: ["gqa", "--step", "2", "--keys", "Right Left"])
            #expect(try session.flags("keypad_cursor_flag", "keypad_flag") == ["1", "1"])
        }

        @Test("started in the background it waits there, and fg shows it with all of its modes")
        func startedBehind() throws {
            let session = try TmuxSession(folder: folder)
            try session.type("stty -a >\"$HOME/before\"")
            try session.type("\"$headroom\" learn gqa --step 2 &")
            try session.wait("the shell's word that the job is stopped") { screen in
                // Before each prompt there is news of jobs.
                try? session.send("Enter")
                return screen.contains { $0.contains("Stopped") }
            }
            try session.type("fg")
            try session.wait(forRender: ["gqa", "--step", "2"])
            #expect(try session.flags("alternate_on", "mouse_any_flag") == ["1", "1"])
            #expect(try session.flags("keypad_cursor_flag", "keypad_flag") == ["1", "1"])
            try session.send("q")
            try session.waitForShell()
            try session.type("clear; stty -a | cmp - \"$HOME/before\" && echo same")
            try session.wait("the modes to be the same") { $0.contains("same") }
        }

        @Test("after SIGCONT every mode is set again, be it only the keypad's")
        func continued() throws {
            let terminal = try PseudoTerminal(folder: folder)
            try terminal.waitForScreen()
            #expect(terminal.text.contains("\u{1B}[?1h\u{1B}="))
            terminal.forget()
            terminal.send(signal: SIGSTOP)
            terminal.send(signal: SIGCONT)
            try terminal.wait(for: " quit")
            for mode in ["\u{1B}[?1", "\u{1B}[?2004", "\u{1B}[?1002"] {
                let on = try #require(terminal.text.range(of: mode + "h", options: .backwards))
                let off = try #require(terminal.text.range(of: mode + "l", options: .backwards))
                #expect(off.upperBound <= on.lowerBound, "\(mode.debugDescription)")
            }
        }
    }
}
