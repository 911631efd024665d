import Foundation
import Testing

extension RealTerminal {
    @Suite struct PlainModeTests {
        private let folder: TestFolder

        init() throws { folder = try TestFolder() }

        /// Runs a line of shell with a home of its own; `$plain` is the plain mode.
        private func shell(_ line: String) throws -> Program {
            try Program.shell(
                "set -o pipefail; export HOME='\(folder.home.path)' LC_ALL=C.UTF-8; "
                    + "unset XDG_STATE_HOME; plain=\"$headroom learn --plain\"; \(line)")
        }

        private var progress: String {
            let file = folder.home.appending(path: ".local/state/headroom/progress.json")
            return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        }

        /// A terminal's bytes as text, with plain line ends.
        private func text(_ terminal: PseudoTerminal) -> String {
            terminal.text.replacingOccurrences(of: "\r\n", with: "\n")
        }

        @Test("commands from a pipe are answered in order, and its end ends the course")
        func pipe() throws {
            for start in ["$plain", "\"$headroom\""] {
                let run = try shell("printf 'go gqa 5\\nset g 4\\nwhy' | \(start)")
                #expect(run.status == 0)
                #expect(run.errors == "")
                #expect(run.output.hasPrefix("Headroom: "))
                #expect(run.output.contains("\nK/V heads 8 → 4, 24 query heads each: cache 403 MB"))
                #expect(run.output.hasSuffix("- MQA: 1/4 of it, 50.3 MB (48.0 MiB).\n\n"))
                #expect(!run.output.contains("\u{1B}"))
            }
            let broken = try shell("printf 'go gqa 5\\nset g 4\\nwhy' | \"$headroom\" --width 72")
            #expect(broken.lines.allSatisfy { $0.count <= 72 })
            #expect(progress.contains("\"step\" : \"from-end-to-end\""))
        }

        @Test("a paragraph is one line, on a narrow terminal too, unless a width is asked for")
        func paragraphs() throws {
            let lines = try shell("echo 'go gqa 2' | HEADROOM_PLAIN=1 \"$headroom\"").lines
            let start = "\"8 groups\" can be read in two ways."
            #expect(
                lines.contains {
                    $0.hasPrefix(start) && $0.hasSuffix("one and a half times as large.")
                })
            for width in ["19", "1001", "x"] {
                #expect(try shell("$plain --width \(width) </dev/null").status == 64)
            }
        }

        @Test("where tells lesson, step, question and values, and repeat is again")
        func place() throws {
            let lines = try shell("printf 'go gqa 4\\nwhere\\nrepeat' | $plain").lines
            #expect(lines.contains { $0.hasPrefix("Lesson 5 of 9, Grouped-query attention.") })
            #expect(lines.filter { $0.hasPrefix("Step 4 of 14: ") }.count == 3)
            #expect(lines.contains { $0.hasPrefix("Its question ") })
        }

        @Test("help tells ten commands, and all of them, in parts, when asked")
        func help() throws {
            func rows(_ command: String) throws -> Int {
                let both = try shell("echo \(command) | $plain").lines
                return both.filter { $0.hasPrefix("- ") }.count
            }
            let without = try rows("again")
            #expect(try rows("help") - without / 2 == 10)
            #expect(try rows("help all") - without / 2 == 20)
        }

        @Test("the next start goes on where the last one ended, on the screen too")
        func resumed() throws {
            _ = try shell("echo 'go mqa 3' | $plain")
            let again = try shell("$plain </dev/null")
            #expect(again.output.contains("\nStep 3 of 11: n times less\n"))
            let screen = try PseudoTerminal(["learn"], folder: folder)
            try screen.waitForScreen()
            #expect(screen.text.contains("n times less"))
        }

        @Test("without UTF-8, or asked to, it prints ASCII")
        func ascii() throws {
            for line in ["export LC_ALL=C; $plain", "$plain --ascii"] {
                let run = try shell("printf 'go gqa 5\\nleft\\n' | { \(line); }")
                #expect(run.output.contains("K/V heads 8 -> 6, 16 query heads each: cache 403 MB"))
                #expect(run.output.utf8.allSatisfy { $0 < 0x7F })
            }
        }

        @Test("what runs is told by quarters, and what stands behind it in the pipe waits for it")
        func experiment() throws {
            let run = try shell("printf 'go mla 3\\ns 16\\nrun\\nnext\\n' | $plain")
            // A quarter that is over before anybody looks is not told any more.
            let told = run.lines.filter { $0.hasSuffix("0 %") || $0.hasSuffix("5 %") }
            #expect(told == ["25 %", "50 %", "75 %", "100 %"].filter(told.contains))
            #expect(told.count > 1 && told.last == "100 %")
            let parts = ["\n100 %\n", "equal up to", "Step 4"]
            let places = parts.compactMap { run.output.range(of: $0)?.lowerBound }
            #expect(places.count == parts.count)
            #expect(places == places.sorted())
        }

        @Test("a reader who has enough ends it, without a word")
        func enough() throws {
            let run = try shell("yes next | $plain | head -1")
            #expect(run.lines.first?.hasPrefix("Headroom: ") == true)
            #expect(run.errors == "")
            // Also where nothing dies of a broken pipe.
            let ignoring = try shell("trap '' PIPE; $plain </dev/null | true; echo ended")
            #expect(ignoring.output == "ended\n")
        }

        @Test("closed streams, a full device and a megabyte without a line end do no harm")
        func odd() throws {
            #expect(try shell("$plain <&-").output.hasPrefix("Headroom: "))
            #expect(try shell("$plain </dev/null >&-").status == 0)
            #expect(try shell("echo next | $plain >/dev/full").status == 74)
            let long = try shell("head -c 3000000 /dev/zero | tr '\\0' a | $plain")
            #expect(long.output.hasSuffix("\nThat line is too long to be a command.\n\n"))
            let junk = try shell(
                "printf '\\0\\033[2Jn\\n\\377\\376\\nfoo\\033]0;x\\007\\n' | $plain")
            #expect(junk.status == 0)
            #expect(junk.output.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
        }

        @Test("that progress cannot be written is told with the answer it would be lost of")
        func unwritable() throws {
            let run = try shell(
                "mkdir -p \"$HOME/.local/state\" && touch \"$HOME/.local/state/headroom\" && "
                    + "printf 'note x\\nagain\\n' | $plain")
            let parts = ["Noted.", "\nWarning: progress could not be written", "\nStep 1 of"]
            let places = parts.compactMap {
                run.output.range(of: $0, options: .backwards)?.lowerBound
            }
            #expect(places.count == parts.count)
            #expect(places == places.sorted())
            #expect(run.errors.contains("progress could not be written"))
        }

        @Test("arrow keys pressed at the prompt are the keys that they are on the screen")
        func arrows() throws {
            let terminal = try PseudoTerminal(
                ["learn", "gqa", "--step", "5", "--plain"], folder: folder)
            try terminal.wait("a prompt") { $0.text.hasSuffix("> ") }
            terminal.write("\u{1B}[D\n")
            try terminal.wait("an answer") { $0.text.contains("K/V heads 8 → 6") }
            terminal.write("q\n")
            #expect(try terminal.end() == 0)
        }

        @Test(
            "a terminal that cannot be drawn on gets it, with the reason on one line",
            arguments: [
                "", "bogus", "dumb",
            ])
        func unfit(type: String) throws {
            let terminal = try PseudoTerminal(environment: ["TERM": type], folder: folder)
            let before = terminal.modes
            try terminal.wait("a prompt") { $0.text.hasSuffix("> ") }
            #expect(
                text(terminal).split(separator: "\n")[0].hasSuffix("; the course goes on as text"))
            #expect(terminal.text.contains("TERM=xterm-256color") == (type != "dumb"))
            terminal.write("set g 12\n")
            try terminal.wait("an answer") {
                $0.text.contains("K/V heads 8 → 12, 8 query heads each")
            }
            terminal.write("quit\n")
            #expect(try terminal.end() == 0)
            #expect(!terminal.output.contains(0x1B))
            #expect(terminal.modes == before)
        }

        @Test("Ctrl-D ends it below the prompt, Ctrl-C at once, and neither loses progress")
        func leaving() throws {
            for (key, status) in [("\u{4}", Int32(0)), ("\u{3}", -2)] {
                let terminal = try PseudoTerminal(["learn", "mqa", "--plain"], folder: folder)
                try terminal.wait("a prompt") { $0.text.hasSuffix("> ") }
                terminal.write("step 3\n")
                try terminal.wait("the step") { $0.text.contains("Step 3 of") }
                try terminal.wait("a prompt") { $0.text.hasSuffix("> ") }
                terminal.write(key)
                #expect(try terminal.end() == status)
                #expect(progress.contains("\"step\" : \"n-times-less\""))
            }
        }

        @Test("where it runs at a prompt, an experiment can be stopped and the prompt returns")
        func stopped() throws {
            let terminal = try PseudoTerminal(
                ["learn", "question", "--step", "3", "--plain"], folder: folder)
            try terminal.wait("a prompt") { $0.text.hasSuffix("> ") }
            terminal.write("run\n")
            try terminal.wait("the race") { $0.text.contains("Training the layers") }
            terminal.write("stop\n")
            try terminal.wait("its end", seconds: 60) {
                $0.text.contains("Stopped: this run is discarded; earlier results stay.")
                    && $0.text.hasSuffix("> ")
            }
            terminal.write("q\n")
            #expect(try terminal.end() == 0)
        }

        @Test("a terminal that goes away ends it")
        func hangUp() throws {
            let terminal = try PseudoTerminal(["learn", "--plain"], folder: folder)
            try terminal.wait("a prompt") { $0.text.hasSuffix("> ") }
            try terminal.hangUp()
            #expect(try terminal.end() == -SIGHUP)
        }
    }
}
