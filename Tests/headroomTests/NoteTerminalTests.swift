import CoursePlain
import CourseScreens
import CourseSession
import Foundation
import Testing

extension RealTerminal {
    @Suite("Notes in a real terminal")
    struct Notes {
        private let folder: TestFolder

        init() throws { folder = try TestFolder() }

        private func notes() throws -> [String] {
            let file = folder.home.appending(path: ".local/state/headroom/progress.json")
            let data = try Data(contentsOf: file)
            return try JSONDecoder().decode(CourseProgress.self, from: data).notes.values.map(
                \.text)
        }

        @Test("a note is typed, kept by Esc and by quitting, and brought back the next time")
        func typed() throws {
            let terminal = try TmuxSession(folder: folder)
            try terminal.type("\"$headroom\" learn gqa --step 2")
            try terminal.waitForHeadroom()
            try terminal.send("n")
            try terminal.wait("the note") { $0.contains { $0.contains("Note ·") } }
            try terminal.send("q", "Enter", "z", "é")
            try terminal.wait("the text") { $0.contains { $0.contains("zé") } }
            try terminal.send("Escape")
            try terminal.wait("the step") { $0.contains { $0.contains("Noted.") } }
            try terminal.send("q")
            try terminal.waitForShell()
            #expect(try notes() == ["q\nzé"])
        }

        /// An editor: a shell script that gets the note's file as its argument.
        private func editor(_ lines: String...) throws -> [String: String] {
            let file = folder.url.appending(path: "editor")
            let text = (["#!/bin/sh"] + lines + [""]).joined(separator: "\n")
            // A program that somebody has open to write, and be it another test's child, cannot
            // run.
            try ChildProcess.whileNoneStarts { try Data(text.utf8).write(to: file) }
            chmod(file.path, 0o700)
            return ["EDITOR": file.path]
        }

        /// Sets the terminal's modes, which is not granted to who does not have the terminal yet:
        /// behind this line of a script its keys are the editor's.
        private static let inFront = "stty -echo; stty echo"

        /// What an editor wrote into a file of the test's folder.
        private func written(_ name: String) throws -> String {
            try String(contentsOf: folder.url.appending(path: name), encoding: .utf8)
        }

        /// The course in a shell, with the editor opened on a note.
        private func session(
            _ editor: [String: String], by line: String = "\"$headroom\" learn gqa --step 2"
        ) throws -> TmuxSession {
            let terminal = try TmuxSession(environment: editor, folder: folder)
            try terminal.type(line)
            try terminal.waitForHeadroom()
            try terminal.send("n", "a", "C-x")
            return terminal
        }

        private func waitForStep(_ terminal: TmuxSession) throws {
            try terminal.wait("the step") { $0.contains { $0.contains("Noted.") } }
        }

        @Test("the learner's own editor has the terminal to itself, and the course comes back")
        func ownEditor() throws {
            let terminal = try session(
                editor(
                    "stty -a | grep -c ' icanon' > '\(folder.url.path)/modes'",
                    "printf 'from elsewhere\\n' >> \"$1\""))
            try waitForStep(terminal)
            #expect(try terminal.flags("keypad_cursor_flag", "keypad_flag") == ["1", "1"])
            try terminal.send("q")
            try terminal.waitForShell()
            #expect(try notes() == ["a\nfrom elsewhere"])
            #expect(try written("modes") == "1\n")
        }

        /// Stops all of its process group, as vim does at Ctrl-Z: itself and a child.
        private func stoppingEditor() throws -> [String: String] {
            try editor("sh -c 'kill -TSTP 0; true'", "printf 'went on\\n' >> \"$1\"")
        }

        @Test(
            "an editor that stops goes on at once, since nobody else could continue it",
            arguments: [
                "\"$headroom\" learn gqa --step 2; echo end with $?",
                "sh -c '\"$headroom\" learn gqa --step 2; echo end with $?'",
            ])
        func stopped(line: String) throws {
            let terminal = try session(stoppingEditor(), by: line)
            try waitForStep(terminal)
            try terminal.send("q")
            try terminal.wait("the end") { $0.contains("end with 0") }
            #expect(try notes() == ["a\nwent on"])
        }

        @Test("an editor goes on where no shell but the course itself leads the session")
        func stoppedWithoutShell() throws {
            let terminal = try PseudoTerminal(environment: stoppingEditor(), folder: folder)
            try terminal.waitForScreen()
            terminal.write("na\u{18}")
            try terminal.wait("the step") { $0.text.contains("Noted.") }
            terminal.write("q")
            #expect(try terminal.end() == 0)
            #expect(try notes() == ["a\nwent on"])
        }

        @Test("Ctrl-Z typed at the editor's shell, too, leaves the editor running")
        func typedStop() throws {
            let terminal = try session(
                editor(
                    Self.inFront, "echo ready", "read line",
                    "printf '%s\\n' \"$line\" >> \"$1\""))
            try terminal.wait("the editor") { $0.contains { $0.contains("ready") } }
            try terminal.send("C-z")
            try terminal.type("typed")
            try waitForStep(terminal)
            try terminal.send("q")
            try terminal.waitForShell()
            #expect(try notes() == ["a\ntyped"])
        }

        @Test("an editor that stops itself alone goes on, too")
        func stoppedAlone() throws {
            let terminal = try session(
                editor("kill -TSTP $$", "printf 'went on\\n' >> \"$1\""))
            try waitForStep(terminal)
            try terminal.send("q")
            try terminal.waitForShell()
            #expect(try notes() == ["a\nwent on"])
        }

        @Test(
            "Ctrl-C and Ctrl-\\ in the editor are the editor's, whether a shell waits for it or not",
            arguments: ["C-c", "C-\\"], ["", "true && "])
        func interrupted(key: String, before: String) throws {
            let editor = try editor(
                Self.inFront, "trap 'echo interrupted >> \"$1\"; exit 0' INT QUIT", "echo ready",
                "while true; do sleep 0.05; done")
            let terminal = try session(
                editor.mapValues { before + $0 },
                by: "\"$headroom\" learn gqa --step 2; echo end with $?")
            try terminal.wait("the editor") { $0.contains { $0.contains("ready") } }
            try terminal.send(key)
            try waitForStep(terminal)
            try terminal.send("Right")
            try terminal.send("q")
            try terminal.wait("the end") { $0.contains("end with 0") }
            let kept = try notes()
            #expect(kept == ["a\ninterrupted"])
        }

        @Test("an end asked for while the editor runs comes after it, whatever else came")
        func endedMeanwhile() throws {
            let terminal = try PseudoTerminal(
                environment: editor(
                    "echo ready", "while [ ! -e '\(folder.url.path)/go' ]; do sleep 0.02; done"),
                folder: folder)
            try terminal.waitForScreen()
            terminal.write("na\u{18}")
            try terminal.wait("the editor") { $0.text.contains("ready\r\n") }
            // So many that more of them arrive than a pipe holds.
            for _ in 0..<1_000_000 { terminal.send(signal: SIGWINCH) }
            terminal.send(signal: SIGTERM)
            try Data().write(to: folder.url.appending(path: "go"))
            #expect(try terminal.end() == -SIGTERM)
            #expect(try notes() == ["a"])
        }

        #if os(Linux)
            @Test("the editor inherits no file of the course but its three streams")
            func descriptors() throws {
                // The fourth is the folder that `ls` looks at.
                let terminal = try session(
                    editor("ls /proc/self/fd | tr '\\n' ' ' > '\(folder.url.path)/files'"))
                try waitForStep(terminal)
                #expect(try written("files") == "0 1 2 3 ")
            }
        #endif
    }
}
