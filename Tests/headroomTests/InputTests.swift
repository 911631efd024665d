import Foundation
import TerminalCanvas
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

        @Test("Escape closes what is open, alone and twice, and never quits")
        func escape() throws {
            let session = try session()
            // On the step, where nothing is open, it is told so.
            for (escapes, then) in [("\u{1B}", []), ("\u{1B}\u{1B}", ["--keys", "Esc"])] {
                try session.send("?")
                try session.wait(forRender: course.arguments + ["--keys", "?"])
                try session.send(bytes: escapes.utf8)
                try session.wait(forRender: course.arguments + then)
            }
        }

        @Test("the user's own time for Escape counts: what comes within it is one key with it")
        func ownDelay() throws {
            let session = try TmuxSession(environment: ["ESCDELAY": "10000"], folder: folder)
            try session.type(course.line)
            try session.wait(forRender: course.arguments)
            try session.send(bytes: [0x1B])
            // The usual time is over long before.
            usleep(200_000)
            try session.send(bytes: "[Z".utf8)
            try session.wait(forRender: course.arguments + ["--keys", "BTab"])
        }

        @Test("the time for Escape runs out, whatever wakes the program meanwhile")
        func wokenDelay() throws {
            let terminal = try PseudoTerminal(
                ["learn", "gqa", "--step", "2", "--auto", "--pace", "0.1"],
                environment: ["ESCDELAY": "300"], folder: folder)
            try terminal.waitForScreen()
            terminal.write("?")
            try terminal.wait(for: "Keys that work here")
            terminal.forget()
            terminal.write("\u{1B}")
            try terminal.wait("the step") {
                $0.send(signal: SIGWINCH)
                return $0.text.contains("Which eight?")
            }
        }

        @Test("a key is the same key in every form that terminals send")
        func forms() throws {
            let session = try session()
            var app = try course.app
            // In an order in which each of them moves something.
            for (bytes, key) in [
                ("\u{1B}OC", Key.right), ("\u{1B}OD", .left), ("\u{1B}[C", .right),
                ("\u{1B}[D", .left), ("\u{1B}[H", .home), ("\u{1B}[F", .end), ("\u{1B}OH", .home),
                ("\u{1B}OF", .end), ("\u{1B}[1~", .home), ("\u{1B}[4~", .end),
                ("\u{1B}[7~", .home), ("\u{1B}[8~", .end), ("\u{1B}[1;2D", .shiftLeft),
                ("\u{1B}[1;2C", .shiftRight), ("\u{1B}[Z", .backTab), ("\u{1B}[A", .up),
                ("\u{1B}OB", .down), ("\u{1B}[6~", .pageDown), ("\u{1B}[5~", .pageUp),
                ("\u{1B}[57419;1:1u", .up), ("\u{1B}[1;129B", .down), ("\u{1B}[63u", "?"),
                ("\u{1B}[27;1;27~", .escape),
            ] {
                let before = app.canvas().text
                _ = app.handle(.key(key))
                try #require(app.canvas().text != before, "\(key)")
                try session.send(bytes: bytes.utf8)
                try session.wait(for: app.canvas().text, "\(bytes.debugDescription)")
            }
        }

        @Test("a sequence that means nothing does nothing")
        func unknown() throws {
            let session = try session()
            for bytes in [
                "\u{1B}[1;5C", "\u{1B}q", "\u{1B}]0;q\u{7}", "\u{1B}[99~", "\u{1B}[113;1:3u",
                "\u{1B}]11;rgb:1c1c/1c1c/1c1c\u{1B}\\", "\u{1B}[?62;22c", "\u{1B}P>|q\u{1B}\\",
            ] {
                // A key behind it shows that it has been read.
                try session.send(bytes: (bytes + "?").utf8)
                try session.wait(forRender: course.arguments + ["--keys", "?"])
                try session.send("Escape")
                try session.wait(forRender: course.arguments)
            }
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
            // The list of keys behind them shows that all were read.
            terminal.write(String(repeating: "\u{1B}OC\u{1B}OD", count: 250) + "?")
            try terminal.wait(for: "Keys that work here")
            #expect(terminal.output.count < 2 * screen)
        }

        @Test("a click and a drag on a slider's track move it")
        func mouse() throws {
            let session = try session()
            var app = try course.app
            let before = app.canvas().text.split(separator: "\n", omittingEmptySubsequences: false)
            let row = try #require(before.firstIndex { $0.contains("▸") })
            let knob = try #require(before[row].lastIndex { $0 == "●" || $0.isNumber })
            let last = before[row].distance(from: before[row].startIndex, to: knob)
            for (button, action, column, final) in [
                (0, Mouse.Action.press, last, "M"), (32, .drag, last - 5, "M"),
                (0, .release, last - 5, "m"),
            ] {
                let old = app.canvas().text
                _ = app.handle(.mouse(Mouse(action, at: Point(column: column, row: row))))
                #expect((app.canvas().text != old) == (action != .release))
                try session.send(bytes: "\u{1B}[<\(button);\(column + 1);\(row + 1)\(final)".utf8)
                try session.wait(for: app.canvas().text, "\(action) at \(column)")
            }
            try session.send("q")
            try session.waitForShell()
        }

        @Test("the second press of a double click does nothing to what has come under it")
        func doubleClick() throws {
            let session = try session()
            let app = try course.app
            let footer = try #require(app.canvas().text.split(separator: "\n").last)
            let key = try #require(footer.range(of: "? help"))
            let column = footer.distance(from: footer.startIndex, to: key.lowerBound) + 1
            let row = app.size.height
            // What the list of keys has there, if anything, is not meant; nor is it later.
            for final in ["M", "m", "M", "m"] {
                try session.send(bytes: "\u{1B}[<0;\(column);\(row)\(final)".utf8)
            }
            try session.wait(forRender: course.arguments + ["--keys", "?"])
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
