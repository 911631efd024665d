import Foundation
import Testing

extension RealTerminal {
    @Suite struct LeavingTests {
        private let folder: TestFolder

        init() throws { folder = try TestFolder() }

        /// Bytes that give an xterm back, in any order.
        private static let givenBack = [
            "\u{1B}[?1049l", "\u{1B}[?25h", "\u{1B}[?1000l", "\u{1B}[?1002l", "\u{1B}[?1006l",
            "\u{1B}[?2004l", "\u{1B}[?1l",
        ]

        private func expectGivenBack(
            _ terminal: PseudoTerminal, modes: [UInt8],
            sourceLocation: SourceLocation = #_sourceLocation
        ) {
            for bytes in Self.givenBack {
                #expect(terminal.text.contains(bytes), sourceLocation: sourceLocation)
            }
            #expect(terminal.modes == modes, sourceLocation: sourceLocation)
        }

        @Test("q, Ctrl-C and Ctrl-\\ give the terminal back", arguments: ["q", "\u{3}", "\u{1C}"])
        func keys(key: String) throws {
            let terminal = try PseudoTerminal(folder: folder)
            let modes = terminal.modes
            try terminal.waitForScreen()
            #expect(terminal.modes != modes)
            terminal.forget()
            terminal.write(key)
            #expect(try terminal.end() >= 0)
            expectGivenBack(terminal, modes: modes)
        }

        @Test(
            "a signal gives the terminal back and keeps the progress",
            arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
        func signals(signal: Int32) throws {
            let terminal = try PseudoTerminal(["learn", "gqa"], folder: folder)
            let modes = terminal.modes
            try terminal.waitForScreen()
            terminal.write("  ")
            terminal.settle()
            terminal.forget()
            terminal.send(signal: signal)
            #expect(try terminal.end() >= 0)
            expectGivenBack(terminal, modes: modes)

            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\"")
            let title = try session.waitForHeadroom()[0]
            let expected = try Program.run("render", "gqa", "--step", "3").lines[0]
            #expect(title == expected)
        }

        @Test(
            "a crash gives the terminal back, and the program dies of it",
            arguments: [SIGSEGV, SIGILL, SIGTRAP, SIGBUS, SIGABRT, SIGFPE])
        func crash(signal: Int32) throws {
            let terminal = try PseudoTerminal(folder: folder)
            let modes = terminal.modes
            try terminal.waitForScreen()
            terminal.forget()
            terminal.send(signal: signal)
            #expect(try terminal.end() == -signal)
            expectGivenBack(terminal, modes: modes)
        }

        @Test("without its terminal the program ends within a second")
        func hangUp() throws {
            let terminal = try PseudoTerminal(folder: folder)
            try terminal.waitForScreen()
            try terminal.hangUp()
            _ = try terminal.end(seconds: 1)
        }

        @Test("after the program the shell has its terminal as it was")
        func shell() throws {
            let session = try TmuxSession(folder: folder)
            try session.type("stty -a >\"$HOME/before\"")
            try session.type("\"$headroom\"")
            try session.waitForHeadroom()
            #expect(try session.flags("alternate_on", "mouse_any_flag") == ["1", "1"])
            try session.send("q")
            try session.waitForShell()
            try session.type("clear; stty -a | cmp - \"$HOME/before\" && echo same")
            try session.wait("the modes to be the same") { $0.contains("same") }
        }
    }
}
