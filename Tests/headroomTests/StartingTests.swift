import Foundation
import Testing

extension RealTerminal {
    @Suite struct StartingTests {
        private let folder: TestFolder

        init() throws { folder = try TestFolder() }

        @Test("with its output in a pipe nothing is drawn, though keys could come")
        func pipe() throws {
            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\" | cat -v")
            let screen = try session.wait("a message") { $0.last == "$" && $0.count > 2 }
            #expect(
                screen.dropFirst() == [
                    "headroom: the course needs a terminal to draw on; 'headroom learn --plain' print",
                    "s it as text", "$",
                ])
        }

        @Test("a locale without UTF-8 gets nothing but ASCII")
        func ascii() throws {
            let terminal = try PseudoTerminal(environment: ["LC_ALL": "C"], folder: folder)
            try terminal.waitForScreen()
            #expect(terminal.output.allSatisfy { $0 < 0x80 })
        }

        @Test("of LC_CTYPE and LANG the first decides")
        func characterType() throws {
            for (type, language, hasMore) in [
                ("C.UTF-8", "C", true), ("C", "C.UTF-8", false), ("", "C.UTF-8", true),
                // Not installed, but plain enough.
                ("sr_XX.UTF-8@latin", "C", true), ("xx_XX.UTF8", "C", true),
                ("", "xx_XX.utf8@euro", true), ("xx_XX.ISO-8859-15@utf8", "C", false),
            ] {
                let terminal = try PseudoTerminal(
                    environment: ["LC_ALL": "", "LC_CTYPE": type, "LANG": language],
                    folder: folder)
                try terminal.waitForScreen()
                #expect(terminal.output.contains { $0 >= 0x80 } == hasMore, "\(type), \(language)")
            }
        }

        @Test("a limit on the size of files takes nothing of the picture", arguments: [0, 1, 10])
        func fileSize(blocks: Int) throws {
            let session = try TmuxSession(folder: folder)
            try session.type("(ulimit -f \(blocks); exec \"$headroom\" learn gqa --step 2)")
            try session.wait(forRender: ["gqa", "--step", "2"])
            try session.send("?")
            try session.wait(forRender: ["gqa", "--step", "2", "--keys", "?"])
            try session.send("C-c")
            try session.waitForShell()
        }

        @Test("the terminal's real size counts, whatever LINES and COLUMNS say")
        func size() throws {
            let session = try TmuxSession(
                environment: ["LINES": "10", "COLUMNS": "40"], folder: folder)
            try session.type("\"$headroom\" learn gqa --step 2")
            try session.wait(forRender: ["gqa", "--step", "2", "--size", "80x24"])
            try session.resize(columns: 110, rows: 33)
            try session.wait(forRender: ["gqa", "--step", "2", "--size", "110x33"])
        }

        @Test("without a home, or with one that cannot be written, it runs and warns afterwards")
        func home() throws {
            let file = folder.url.appendingPathComponent("file").path
            try Data().write(to: URL(fileURLWithPath: file))
            for (home, status, warning) in [
                ("", 0, "progress is not kept: neither XDG_STATE_HOME nor HOME is set"),
                (
                    file, 73,
                    "progress could not be written to \(file)/.local/state/headroom/progress.json"
                ),
            ] {
                let terminal = try PseudoTerminal(environment: ["HOME": home], folder: folder)
                try terminal.waitForScreen()
                terminal.write(" ")
                try terminal.wait(for: "GPT-3 with eight K/V heads")
                terminal.forget()
                terminal.write("q")
                #expect(try terminal.end() == status)
                #expect(terminal.text.hasSuffix("headroom: \(warning)\r\n"), "\(terminal.text)")
            }
        }
    }
}
