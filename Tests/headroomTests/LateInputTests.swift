import Foundation
import TestSupport
import Testing

extension RealTerminal {
    @Suite("Input that comes late to a real terminal")
    struct LateInputTests {
        private let folder: TestFolder

        init() throws { folder = try TestFolder() }

        private static let step = ["gqa", "--step", "2"]

        /// A terminal with a step on it that Escape has come back to, and when that was pressed.
        private func afterEscape() throws -> (TmuxSession, ContinuousClock.Instant) {
            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\" learn gqa --step 2")
            try session.wait(forRender: Self.step)
            try session.send("?")
            try session.wait(forRender: Self.step + ["--keys", "?"])
            let start = ContinuousClock.now
            try session.send("Escape")
            try session.wait(forRender: Self.step)
            return (session, start)
        }

        @Test(
            "the rest of a sequence is swallowed where Escape was told as a key",
            arguments: [
                "[C", "OC", "[<64;10;5M", "]11;rgb:1c1c/1c1c/1c1c\u{1B}\\",
                "[200~q\u{1B}[201~",
            ])
        func tail(tail: String) throws {
            for _ in 1...5 {
                let (session, start) = try afterEscape()
                try session.send(bytes: tail.utf8)
                // On a busy machine it may have come too late.
                guard start.duration(to: .now) < .milliseconds(250) else { continue }
                try session.send("?")
                try session.wait(forRender: Self.step + ["--keys", "?"])
                return
            }
        }

        @Test("a bracket behind Escape with nothing behind it is the key")
        func bracket() throws {
            let (session, _) = try afterEscape()
            try session.send("]")
            try session.wait(forRender: Self.step + ["--keys", "]"])
        }

        @Test("a string that somebody began by keys behind Escape ends, though they type on")
        func typedString() throws {
            let terminal = try PseudoTerminal(folder: folder)
            try terminal.waitForScreen()
            terminal.write("\u{1B}")
            // Escape is told, and its rest would still be awaited.
            usleep(150_000)
            terminal.write("] ")
            terminal.forget()
            try terminal.wait("the keys") {
                usleep(200_000)
                $0.write("?")
                return $0.text.contains("Keys that work here")
            }
        }

        @Test("a paste that stalls stays a paste, whatever wakes the program meanwhile")
        func stalledPaste() throws {
            let terminal = try PseudoTerminal(folder: folder)
            try terminal.waitForScreen()
            terminal.write("\u{1B}[200~q")
            terminal.forget()
            let end = ContinuousClock.now + .milliseconds(2_300)
            while ContinuousClock.now < end {
                terminal.send(signal: SIGWINCH)
                terminal.read(milliseconds: 10)
            }
            #expect(!terminal.text.contains("Keys that work here"))
            terminal.write("q?q\u{1B}[201~?")
            try terminal.wait(for: "Keys that work here")
        }

        @Test(
            "a paste without an end ends in the end, though somebody types",
            .enabled(if: SlowTests.areRun))
        func unendedPaste() throws {
            let terminal = try PseudoTerminal(folder: folder)
            try terminal.waitForScreen()
            terminal.write("\u{1B}[200~q")
            usleep(2_300_000)
            try terminal.wait("the keys") {
                usleep(700_000)
                $0.write("?")
                return $0.text.contains("Keys that work here")
            }
        }
    }
}
