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

        @Test(
            "q, Ctrl-C and Ctrl-\\ give the terminal back, and all is well",
            arguments: ["q", "\u{3}", "\u{1C}"])
        func keys(key: String) throws {
            let terminal = try PseudoTerminal(folder: folder)
            let modes = terminal.modes
            try terminal.waitForScreen()
            #expect(terminal.modes != modes)
            terminal.forget()
            terminal.write(key)
            #expect(try terminal.end() == 0)
            expectGivenBack(terminal, modes: modes)
        }

        @Test(
            "a signal gives the terminal back, keeps the progress, and then ends the program",
            arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
        func signals(signal: Int32) throws {
            let terminal = try PseudoTerminal(["learn", "gqa"], folder: folder)
            let modes = terminal.modes
            try terminal.waitForScreen()
            terminal.write("  ")
            try terminal.wait(for: "GPT-3 with eight K/V heads")
            terminal.forget()
            terminal.send(signal: signal)
            #expect(try terminal.end() == -signal)
            expectGivenBack(terminal, modes: modes)
            try expectKept(step: "3")
        }

        /// Those that end a process by default and are asked for seldom.
        private static let otherEnds: [Int32] = {
            let everywhere = [SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU]
            #if os(Linux)
                // Two without a name are the first and the last of those for real time.
                return everywhere + [SIGIO, SIGPWR, SIGSTKFLT, 34, 64]
            #else
                return everywhere
            #endif
        }()

        @Test(
            "so does every other signal that would have ended it", arguments: otherEnds)
        func otherSignals(signal: Int32) throws { try expectEnd(by: signal) }

        private func expectEnd(by signal: Int32) throws {
            let terminal = try PseudoTerminal(folder: folder)
            let modes = terminal.modes
            try terminal.waitForScreen()
            terminal.forget()
            terminal.send(signal: signal)
            #expect(try terminal.end() == -signal)
            expectGivenBack(terminal, modes: modes)
        }

        @Test("a signal that was ignored at its start stays so, and a file's limit ends nothing")
        func ignored() throws {
            let session = try TmuxSession(folder: folder)
            try session.type(
                "(trap '' TERM HUP USR1 ALRM SEGV ABRT; echo $BASHPID >\"$HOME/process\";"
                    + " exec \"$headroom\" learn gqa --step 2)")
            try session.wait(forRender: ["gqa", "--step", "2"])
            let process = try String(
                contentsOf: folder.home.appendingPathComponent("process"), encoding: .utf8)
            let identifier = try #require(pid_t(process.dropLast()))
            for signal in [SIGTERM, SIGHUP, SIGUSR1, SIGALRM, SIGSEGV, SIGABRT, SIGXFSZ] {
                try #require(kill(identifier, signal) == 0)
            }
            try session.send("?")
            try session.wait(forRender: ["gqa", "--step", "2", "--keys", "?"])
            try session.send("C-c")
            try session.waitForShell()
        }

        @Test(
            "a signal ends every command that takes the terminal",
            arguments: [
                ["present", "gqa"], ["follow", "class"], ["follow", "class", "--notes"],
            ],
            [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
        func commands(arguments: [String], signal: Int32) throws {
            let terminal = try PseudoTerminal(arguments, folder: folder)
            let modes = terminal.modes
            let last = arguments.last == "--notes" ? "Waiting" : " quit"
            try terminal.wait(for: last)
            terminal.forget()
            terminal.send(signal: signal)
            #expect(try terminal.end() == -signal)
            expectGivenBack(terminal, modes: modes)
        }

        @Test(
            "a signal ends the course by line, whose progress is kept already",
            arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
        func plain(signal: Int32) throws {
            let terminal = try PseudoTerminal(["learn", "gqa", "--plain"], folder: folder)
            terminal.write("next\n")
            try terminal.wait("the answer") {
                $0.text.contains("Step 2 of") && $0.text.hasSuffix("> ")
            }
            terminal.send(signal: signal)
            #expect(try terminal.end() == -signal)
            try expectKept(step: "2")
        }

        @Test(
            "a crash gives the terminal back, and the program dies of it",
            arguments: [SIGSEGV, SIGILL, SIGTRAP, SIGBUS, SIGABRT, SIGFPE, SIGSYS])
        func crash(signal: Int32) throws { try expectEnd(by: signal) }

        @Test(
            "a crash of its own is told after the terminal is given back, wherever it happens",
            arguments: [
                ("trap", [SIGILL, SIGTRAP]), ("segv", [SIGSEGV, SIGBUS]),
                ("overflow", [SIGSEGV, SIGBUS]), ("thread", [SIGILL, SIGTRAP]),
                ("threadOverflow", [SIGSEGV, SIGBUS]),
            ])
        func forcedCrash(kind: String, signals: [Int32]) throws {
            let terminal = try PseudoTerminal(
                environment: ["HEADROOM_CRASH": kind], folder: folder)
            let modes = terminal.modes
            try terminal.waitForScreen()
            terminal.forget()
            terminal.write("?")
            #expect(signals.contains(try -terminal.end()))
            expectGivenBack(terminal, modes: modes)
            let word = terminal.text.range(of: "forced by HEADROOM_CRASH")
            let screenLeft = try #require(terminal.text.range(of: "\u{1B}[?1049l"))
            #expect((word != nil) == signals.contains(SIGILL))
            #expect(word.map { $0.lowerBound > screenLeft.upperBound } != false)
        }

        @Test(
            "a terminal that does not read keeps no signal from ending the program",
            arguments: [SIGTERM, SIGHUP])
        func unread(signal: Int32) throws {
            let terminal = try PseudoTerminal(["learn", "gqa"], folder: folder)
            let modes = terminal.modes
            try terminal.waitForScreen()
            terminal.write("  ")
            try terminal.wait(for: "GPT-3 with eight K/V heads")
            try terminal.stuff()
            terminal.write("?")
            terminal.send(signal: signal)
            #expect(try terminal.end(isReading: false) == -signal)
            #expect(terminal.modes == modes)
            try expectKept(step: "3")
        }

        /// The course begins where it was left.
        private func expectKept(
            step: String, sourceLocation: SourceLocation = #_sourceLocation
        ) throws {
            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\"")
            let title = try session.waitForHeadroom()[0]
            let expected = try Program.run("render", "gqa", "--step", step).lines[0]
            #expect(title == expected, sourceLocation: sourceLocation)
        }

        #if os(Linux)
            @Test("what others write to standard error is shown afterwards, and not before")
            func noise() throws {
                let terminal = try PseudoTerminal(folder: folder)
                try terminal.waitForScreen()
                let errors = try FileHandle(
                    forWritingTo: URL(fileURLWithPath: "/proc/\(terminal.identifier)/fd/2"))
                try errors.write(contentsOf: Data("noise of a library\n".utf8))
                terminal.write("?")
                try terminal.wait(for: "Keys that work here")
                #expect(!terminal.text.contains("noise"))
                terminal.forget()
                terminal.write("\u{1B}")
                try terminal.wait(for: "Which eight?")
                terminal.write("q")
                #expect(try terminal.end() == 0)
                let screenLeft = try #require(terminal.text.range(of: "\u{1B}[?1049l"))
                #expect(
                    terminal.text[screenLeft.upperBound...].contains("noise of a library\r\n"))
            }
        #endif

        @Test("without its terminal the program ends")
        func hangUp() throws {
            let terminal = try PseudoTerminal(folder: folder)
            try terminal.waitForScreen()
            try terminal.hangUp()
            #expect(try terminal.end() == -SIGHUP)
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
