import Foundation
import Testing

extension RealTerminal {
    @Suite struct InputTests {
        private let folder: TestFolder
        private let course: TestCourse

        init() throws {
            folder = try TestFolder()
            course = try TestCourse(in: folder)
        }

        /// The program with the test's own course on the screen.
        private func session() throws -> TmuxSession {
            let session = try TmuxSession(folder: folder)
            try session.type(course.line)
            try session.wait(forRender: course.arguments)
            return session
        }

        /// Seconds until Escape closes the keys' list; `SIGWINCH` wakes the program all the while,
        /// where that is wanted.
        private func timeToEscape(_ terminal: PseudoTerminal, isWoken: Bool = false) throws
            -> Double
        {
            terminal.write("?")
            terminal.settle()
            terminal.forget()
            let start = ContinuousClock.now
            terminal.write("\u{1B}")
            try terminal.wait("an answer") {
                if isWoken { $0.send(signal: SIGWINCH) }
                return !$0.output.isEmpty
            }
            let time = start.duration(to: .now)
            terminal.settle()
            return time / .seconds(1)
        }

        @Test("Escape is answered within 100 ms, closes what is open, and never quits")
        func escape() throws {
            let terminal = try PseudoTerminal(folder: folder)
            try terminal.waitForScreen()
            let times = try (0..<5).map { _ in try timeToEscape(terminal) }.sorted()
            #expect(times[2] < 0.1)
            terminal.write("\u{1B}")
            terminal.settle()
            terminal.write("\u{1B}\u{1B}")
            terminal.settle()
            terminal.forget()
            terminal.write("?")
            try terminal.wait("an answer") { !$0.output.isEmpty }
        }

        @Test("the user's own time for Escape runs out, whatever wakes the program meanwhile")
        func ownDelay() throws {
            let terminal = try PseudoTerminal(
                ["learn", "gqa", "--step", "2", "--auto", "--pace", "0.1"],
                environment: ["ESCDELAY": "500"], folder: folder)
            try terminal.waitForScreen()
            for isWoken in [false, true] {
                let times = try (0..<3).map { _ in
                    try timeToEscape(terminal, isWoken: isWoken)
                }.sorted()
                #expect(times[0] >= 0.49, "\(times), woken: \(isWoken)")
            }
        }

        @Test("a paste without an end ends by itself, whatever wakes the program meanwhile")
        func unendedPaste() throws {
            let terminal = try PseudoTerminal(folder: folder)
            try terminal.waitForScreen()
            terminal.write("\u{1B}[200~q")
            terminal.forget()
            let end = ContinuousClock.now + .milliseconds(2_300)
            while ContinuousClock.now < end {
                terminal.send(signal: SIGWINCH)
                terminal.read(milliseconds: 10)
            }
            #expect(terminal.output == [])
            terminal.write("?")
            try terminal.wait("an answer", seconds: 1) { !$0.output.isEmpty }
        }

        @Test(
            "a key is the same key in every form that terminals send",
            arguments: [
                ("\u{1B}OC", "Right"), ("\u{1B}[C", "Right"), ("\u{1B}OD", "Left"),
                ("\u{1B}[D", "Left"), ("\u{1B}[H", "Home"), ("\u{1B}OH", "Home"),
                ("\u{1B}[1~", "Home"), ("\u{1B}[7~", "Home"), ("\u{1B}[F", "End"),
                ("\u{1B}OF", "End"), ("\u{1B}[4~", "End"), ("\u{1B}[8~", "End"),
                ("\u{1B}[Z", "BTab"), ("\u{1B}[5~", "PageUp"), ("\u{1B}[6~", "PageDown"),
                ("\u{1B}[1;2C", "S-Right"), ("\u{1B}[1;2D", "S-Left"), ("\u{1B}[A", "Up"),
                ("\u{1B}OB", "Down"),
            ])
        func forms(bytes: String, key: String) throws {
            let session = try session()
            let before = try session.screen()
            try session.send(bytes: bytes.utf8)
            try session.wait(forRender: course.arguments + ["--keys", key])
            #expect(try session.screen() != before)
        }

        @Test(
            "a sequence that means nothing does nothing",
            arguments: ["\u{1B}[1;5C", "\u{1B}q", "\u{1B}]0;q\u{7}", "\u{1B}[99~"])
        func unknown(bytes: String) throws {
            let session = try session()
            try session.send(bytes: bytes.utf8)
            // A key behind it shows that it has been read.
            try session.send(bytes: "?".utf8)
            try session.wait(forRender: course.arguments + ["--keys", "?"])
        }

        @Test("a paste fires no command")
        func paste() throws {
            let session = try session()
            try session.send(bytes: "\u{1B}[200~q?\r c]q\u{1B}[201~".utf8)
            try session.send("?")
            try session.wait(forRender: course.arguments + ["--keys", "?"])
        }

        @Test("of 500 keys in one write every one counts, and they are drawn once")
        func burst() throws {
            let session = try session()
            // A walk that ends three stops on, and elsewhere where a key is lost.
            let keys =
                Array(repeating: ["Right", "Left", "Left", "Right"], count: 124).flatMap(\.self)
                + ["Left", "Right", "Right", "Right"]
            try session.send(
                bytes: keys.flatMap { Array(($0 == "Right" ? "\u{1B}OC" : "\u{1B}OD").utf8) })
            try session.wait(
                forRender: course.arguments + ["--keys", keys.joined(separator: " ")])

            let terminal = try PseudoTerminal(folder: folder)
            try terminal.waitForScreen()
            let screen = terminal.output.count
            terminal.forget()
            terminal.write(String(repeating: "\u{1B}OC\u{1B}OD", count: 250))
            terminal.settle()
            #expect(terminal.output.count < 2 * screen)
        }

        @Test("a click and a drag on a slider's track move it")
        func mouse() throws {
            let session = try session()
            let before = try session.screen()
            let row = try #require(before.firstIndex { $0.contains("▸") })
            let knob = try #require(before[row].lastIndex { $0 == "●" || $0.isNumber })
            let last = before[row].distance(from: before[row].startIndex, to: knob)
            func report(_ button: Int, _ column: Int, _ final: String) -> String.UTF8View {
                "\u{1B}[<\(button);\(column + 1);\(row + 1)\(final)".utf8
            }
            try session.send(bytes: report(0, last, "M"))
            let clicked = try session.wait("the slider to move") { $0 != before }
            #expect(clicked[row].contains("▸"))
            try session.send(bytes: report(32, last - 5, "M"))
            try session.wait("the slider to follow") { $0[row] != clicked[row] }
            try session.send(bytes: report(0, last - 5, "m"))
            try session.send("q")
            try session.waitForShell()
        }

        @Test("the wheel scrolls")
        func wheel() throws {
            let session = try session()
            try session.resize(columns: 60, rows: 20)
            let arguments = course.arguments + ["--size", "60x20", "--keys"]
            try session.send("?")
            try session.wait(forRender: arguments + ["?"])
            try session.send(bytes: "\u{1B}[<65;10;6M".utf8)
            try session.wait(forRender: arguments + ["? Down"])
            try session.send(bytes: "\u{1B}[<64;10;6M".utf8)
            try session.wait(forRender: arguments + ["?"])
        }

        @Test("the mouse is asked for where it is wanted, and never otherwise")
        func mouseSwitch() throws {
            for (option, isAsked) in [("on", true), ("off", false)] {
                let terminal = try PseudoTerminal(
                    ["learn", "gqa", "--mouse", option], folder: folder)
                try terminal.waitForScreen()
                terminal.write("q")
                #expect(try terminal.end() == 0)
                #expect(terminal.text.contains("\u{1B}[?1002h") == isAsked)
                #expect(terminal.text.contains("\u{1B}[?1002l") == isAsked)
            }
        }
    }
}
