import Foundation
import TerminalCanvas
import Testing

extension RealTerminal {
    @Suite("The background of a real terminal")
    struct BackgroundTests {
        private let folder: TestFolder

        init() throws { folder = try TestFolder() }

        private static let question = "\u{1B}]11;?\u{1B}\\\u{1B}[c"
        private static let black = "\u{1B}]11;rgb:0000/0000/0000\u{1B}\\"
        private static let white = "\u{1B}]11;rgb:ffff/ffff/ffff\u{7}"
        private static let step = ["gqa", "--step", "2"]

        private func screen(
            _ environment: [String: String] = [:], _ options: [String] = [],
            attributes: String? = "\u{1B}[?6c"
        ) throws -> PseudoTerminal {
            let terminal = try PseudoTerminal(
                ["learn"] + Self.step + options, environment: environment, attributes: attributes,
                folder: folder)
            try terminal.waitForScreen()
            return terminal
        }

        private func drawn(on theme: Theme) -> Set<Int> {
            PseudoTerminal.colours(drawnIn: ColourScheme(.colours256, on: theme))
        }

        /// Waits until colours are written, all of one picture.
        private func waitForColours(
            on theme: Theme, _ terminal: PseudoTerminal,
            sourceLocation: SourceLocation = #_sourceLocation
        ) throws {
            let expected = drawn(on: theme)
            try terminal.wait("the colours", sourceLocation: sourceLocation) {
                $0.colours == expected
            }
        }

        @Test("is asked for once, behind the first picture, and an answer repaints once")
        func answer() throws {
            let terminal = try screen()
            let parts = terminal.text.components(separatedBy: Self.question)
            #expect(parts.count == 2)
            #expect(parts[0].contains(" quit") && !parts[1].contains(" quit"))
            #expect(terminal.colours == drawn(on: .unknown))
            terminal.forget()
            terminal.write(Self.black)
            try waitForColours(on: .dark, terminal)
            terminal.settle()
            // What has no colour stays as it is.
            #expect(terminal.text.components(separatedBy: "Headroom").count == 2)
            #expect(!terminal.text.contains("query heads make"))
            terminal.forget()
            terminal.write(Self.black)
            #expect(!terminal.read(milliseconds: 500))
            terminal.write(Self.white)
            try waitForColours(on: .light, terminal)
            terminal.write("?")
            try terminal.wait(for: "Keys that work here")
            #expect(!terminal.text.contains(Self.question))
        }

        @Test("is known from an answer in pieces")
        func pieces() throws {
            let terminal = try screen()
            terminal.forget()
            for piece in ["\u{1B}]1", "1;rgb:00", "00/0000/0000\u{1B}", "\\"] {
                terminal.write(piece)
                // Longer than Escape waits for what follows it.
                usleep(50_000)
            }
            try waitForColours(on: .dark, terminal)
        }

        @Test("is no key, and no part of what is typed")
        func typing() throws {
            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\" learn gqa --step 2")
            try session.wait(forRender: Self.step)
            for part in ["n", "a", Self.black, "b", Self.white, "c"] {
                try session.send(bytes: part.utf8)
            }
            try session.wait(forRender: Self.step + ["--keys", "n a b c"])
        }

        @Test("is not asked for where it is said", arguments: [Theme.dark, .light])
        func said(theme: Theme) throws {
            let terminal = try screen(["COLORFGBG": "1;0;1"], ["--theme", theme.rawValue])
            #expect(terminal.colours == drawn(on: theme))
            #expect(!terminal.text.contains(Self.question))
        }

        @Test(
            "is not asked for without colours, nor where the question might be printed",
            arguments: [
                ["NO_COLOR": "1"], ["TERM": "linux"], ["TERM": "vt100"], ["TERM": "vt220"],
                ["TERM": "screen-256color"], ["STY": "1.pts"],
            ])
        func notAsked(environment: [String: String]) throws {
            #expect(try !screen(environment).text.contains("\u{1B}]11"))
        }

        @Test(
            "is asked for where the terminal will take it for a question",
            arguments: [
                ["TERM": "xterm"], ["TERM": "tmux-256color"], ["TERM": "rxvt-unicode-256color"],
                ["TERM": "screen", "TMUX": "/tmp/tmux,1,0"],
                ["STY": "1.pts", "TMUX": "/tmp/tmux,1,0"],
            ])
        func asked(environment: [String: String]) throws {
            #expect(try screen(environment).text.contains(Self.question))
        }

        @Test("is COLORFGBG's where there is no answer, and the answer's where there is")
        func colourFGBG() throws {
            let terminal = try screen(["COLORFGBG": "0;default;15"])
            #expect(terminal.colours == drawn(on: .light))
            #expect(terminal.text.contains(Self.question))
            terminal.forget()
            terminal.write(Self.white)
            #expect(!terminal.read(milliseconds: 500))
            terminal.write(Self.black)
            try waitForColours(on: .dark, terminal)
            #expect(try screen(["COLORFGBG": "15;0"]).colours == drawn(on: .dark))
            #expect(try screen(["COLORFGBG": "nothing"]).colours == drawn(on: .unknown))
        }

        @Test("an answer that comes behind the end is nobody's input, and what is typed then is")
        func late() throws {
            let terminal = try screen(attributes: nil)
            terminal.write("q")
            usleep(100_000)
            try terminal.wait("q to be read") { !$0.isUnread }
            terminal.write(Self.black + "\u{1B}[?62;4cls\n")
            #expect(try terminal.end() == 0)
            #expect(terminal.leftInput == "ls\n")
        }

        @Test("Ctrl-Z waits for the answer, and then the same picture is there in its colours")
        func stop() throws {
            let terminal = try screen(attributes: nil)
            terminal.forget()
            // Nobody could continue the program, so it goes on at once.
            terminal.write("\u{1A}")
            usleep(100_000)
            try terminal.wait("Ctrl-Z to be read") { !$0.isUnread }
            #expect(!terminal.text.contains("\u{1B}[?1049l"))
            terminal.write(Self.black + "\u{1B}[?62;4c")
            try terminal.waitForScreen()
            #expect(terminal.text.contains("\u{1B}[?1049l"))
            #expect(terminal.colours == drawn(on: .dark))
        }

        @Test(
            "a terminal that answers nothing is given back all the same", arguments: [0, SIGTERM])
        func noAnswer(signal: Int32) throws {
            let terminal = try screen(attributes: nil)
            let modes = terminal.modes
            if signal == 0 { terminal.write("q") } else { terminal.send(signal: signal) }
            #expect(try terminal.end() == -signal)
            #expect(terminal.text.contains("\u{1B}[?1049l"))
            #expect(terminal.modes != modes)
        }
    }
}
