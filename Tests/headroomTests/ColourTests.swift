import CourseContent
import CourseScreens
import CourseSession
import Foundation
import TerminalCanvas
import Testing

extension RealTerminal {
    @Suite struct ColourTests {
        private let folder: TestFolder

        init() throws { folder = try TestFolder() }

        /// The parameters of all style changes in an output.
        private func styles(_ terminal: PseudoTerminal) -> [[Int]] {
            terminal.text.matches(of: /\u{1B}\[([0-9;]*)m/).map { match in
                match.1.split(separator: ";").compactMap { Int($0) }
            }
        }

        /// The numbers of the colours that text is written in.
        private func colours(_ terminal: PseudoTerminal) -> Set<Int> {
            Set(
                styles(terminal).compactMap { style in
                    if let at = style.firstIndex(of: 38), style.count > at + 2 {
                        return style[at + 2]
                    }
                    return style.compactMap { code -> Int? in
                        switch code {
                        case 30...37: code - 30
                        case 90...97: code - 82
                        default: nil
                        }
                    }.first
                })
        }

        private func screen(
            _ environment: [String: String] = [:], _ options: [String] = []
        ) throws -> PseudoTerminal {
            let terminal = try PseudoTerminal(
                ["learn", "gqa", "--step", "2"] + options, environment: environment, folder: folder)
            try terminal.waitForScreen()
            return terminal
        }

        /// The numbers of the colours in which the same step is drawn on a canvas.
        private func drawn(in palette: Palette) throws -> Set<Int> {
            let course = Rendered.course
            let start = course.index(of: "gqa").map { (lesson: $0, step: 1) }
            let app = CourseApp(
                Session(course: course, at: start), size: Size(width: 80, height: 24))
            return Set(
                app.canvas().cells.filter { !$0.isSpace }.compactMap {
                    palette.colour(of: $0.style.ink)
                })
        }

        @Test("NO_COLOR takes all colours away, and leaves what else tells things apart")
        func noColour() throws {
            let terminal = try screen(["NO_COLOR": "1"])
            #expect(colours(terminal) == [])
            #expect(styles(terminal).contains { $0.contains(1) })
            #expect(try colours(screen([:], ["--color", "never"])) == [])
        }

        @Test("an empty NO_COLOR says nothing, and --color has the last word")
        func emptyNoColour() throws {
            let all = try drawn(in: .colours256)
            #expect(try colours(screen(["NO_COLOR": ""])) == all)
            #expect(try colours(screen(["NO_COLOR": "1"], ["--color", "256"])) == all)
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
            #expect(try colours(terminal) == drawn(in: palette))
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
            #expect(try colours(terminal) == drawn(in: palette))
        }

        @Test(
            "where colours are red, green and blue they are those of a terminal of 256 colours",
            arguments: ["xterm-direct", "konsole-direct"])
        func direct(type: String) throws {
            let levels = [0, 95, 135, 175, 215, 255]
            let indexed = try colours(screen())
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
            #expect(!colours(few).isEmpty)
            #expect(colours(few).allSatisfy { $0 < 8 })
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
                let backgrounds = styles(terminal).filter { style in
                    style.contains(48) || style.contains { (40...47).contains($0) }
                        || style.contains { (100...107).contains($0) }
                }
                #expect(backgrounds == [])
            }
        }
    }
}
