import Foundation
import TerminalCanvas
import Testing

extension RealTerminal {
    @Suite struct ColourTests {
        private let folder: TestFolder

        init() throws { folder = try TestFolder() }

        private func screen(
            _ environment: [String: String] = [:], _ options: [String] = []
        ) throws -> PseudoTerminal {
            let terminal = try PseudoTerminal(
                ["learn", "gqa", "--step", "2"] + options, environment: environment, folder: folder)
            try terminal.waitForScreen()
            return terminal
        }

        @Test("NO_COLOR takes all colours away, and leaves what else tells things apart")
        func noColour() throws {
            let terminal = try screen(["NO_COLOR": "1"])
            #expect(terminal.colours == [])
            #expect(terminal.styles.contains { $0.contains(1) })
            #expect(try screen([:], ["--color", "never"]).colours == [])
        }

        @Test("an empty NO_COLOR says nothing, and --color has the last word")
        func emptyNoColour() throws {
            let all = PseudoTerminal.colours(drawnIn: ColourScheme(.colours256))
            #expect(try screen(["NO_COLOR": ""]).colours == all)
            #expect(try screen(["NO_COLOR": "1"], ["--color", "256"]).colours == all)
        }

        @Test(
            "a terminal gets no colours but its own",
            arguments: [
                ("xterm", Palette.colours8), ("xterm-16color", .colours16),
                ("xterm-256color", .colours256), ("screen", .colours8),
                ("tmux-256color", .colours256), ("linux", .colours8), ("vt100", .none),
            ])
        func types(type: String, palette: Palette) throws {
            let terminal = try screen(["TERM": type])
            #expect(terminal.colours == PseudoTerminal.colours(drawnIn: ColourScheme(palette)))
            let modes = terminal.modes
            terminal.write("q")
            #expect(try terminal.end() == 0)
            #expect(terminal.modes != modes)
        }

        @Test(
            "--color takes the colours asked for",
            arguments: [
                ("8", Palette.colours8), ("16", .colours16), ("256", .colours256),
            ])
        func option(option: String, palette: Palette) throws {
            let terminal = try screen([:], ["--color", option])
            #expect(terminal.colours == PseudoTerminal.colours(drawnIn: ColourScheme(palette)))
        }

        @Test(
            "where colours are red, green and blue they are those of a terminal of 256 colours",
            arguments: ["xterm-direct", "konsole-direct"])
        func direct(type: String) throws {
            let levels = [0, 95, 135, 175, 215, 255]
            let indexed = try screen().colours
            let expected = Set(
                indexed.map { number in
                    number < 232
                        ? [36, 6, 1].map { levels[(number - 16) / $0 % 6] }
                        : Array(repeating: 8 + 10 * (number - 232), count: 3)
                })
            #expect(try direct(screen(["TERM": type])) == expected)
            // The eight of the palette have numbers there, too, but no bright ones.
            let few = try screen(["TERM": type], ["--color", "16"])
            #expect(direct(few) == [])
            #expect(!few.colours.isEmpty)
            #expect(few.colours.allSatisfy { $0 < 8 })
        }

        /// The colours that are written as red, green and blue.
        private func direct(_ terminal: PseudoTerminal) -> Set<[Int]> {
            Set(
                terminal.text.matches(of: /38[:;]2[:;]:?([0-9]+)[:;]([0-9]+)[:;]([0-9]+)m/).map {
                    [$0.1, $0.2, $0.3].compactMap { Int($0) }
                })
        }

        @Test("the background is always the terminal's own")
        func background() throws {
            for option in ["8", "16", "256"] {
                let terminal = try screen([:], ["--color", option])
                let backgrounds = terminal.styles.filter { style in
                    style.contains(48) || style.contains { (40...47).contains($0) }
                        || style.contains { (100...107).contains($0) }
                }
                #expect(backgrounds == [])
            }
        }
    }
}
