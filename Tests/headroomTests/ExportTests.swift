import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("headroom render as a hand-out")
struct ExportTests {
    private static func isWellFormed(_ page: String) -> Bool {
        XMLParser(data: Data(page.utf8)).parse()
    }

    @Test("every form of a screen holds its words", arguments: ["text", "ansi", "svg", "html"])
    func oneScreen(format: String) throws {
        let program = try Program.run(
            "render", "gqa", "--step", "5", "--keys", "Left", "--format", format)
        #expect(program.status == 0)
        #expect(program.errors == "")
        let arguments = ["gqa", "--step", "5", "--keys", "Left", "--format", format]
        #expect(try program.output == Rendered.screen(arguments) + "\n")
        #expect(program.output.contains("From end to end"))
        #expect(program.output.contains("302 MB"))
        if ["svg", "html"].contains(format) {
            #expect(Self.isWellFormed(program.output))
            #expect(
                program.output.contains(
                    "headroom learn gqa --step 5 --state l=96,b=1,n=96,g=6,h=128,s=1024,bytes=2"))
        }
    }

    @Test("--theme chooses the background that colours are for, and leaves the words alone")
    func theme() throws {
        for format in ["ansi", "svg", "html"] {
            let pages = try ["auto", "dark", "light"].map {
                try Rendered.screen(["gqa", "--step", "2", "--format", format, "--theme", $0])
            }
            #expect(Set(pages).count == 3, "\(format)")
            #expect(
                try pages[0] == Rendered.screen(["gqa", "--step", "2", "--format", format]))
        }
        for format in ["text", "markdown"] {
            let arguments = ["gqa", "--step", "2", "--format", format]
            #expect(
                try Rendered.screen(arguments + ["--theme", "dark"]) == Rendered.screen(arguments))
        }
        let program = try Program.run("render", "gqa", "--theme", "blue")
        #expect(program.status == 64)
        #expect(program.errors.contains("--theme"))
        let sheet = try Program.run(
            "render", "start", "--all", "--format", "svg", "--theme", "dark")
        #expect(!sheet.output.contains("prefers-color-scheme"))
        #expect(sheet.output.contains("#16181d"))
        #expect(!sheet.output.contains("#fdfcfa"))
    }

    @Test("Markdown has the prose, the tables, the pictures as code and the command")
    func markdown() throws {
        let folder = try TestFolder()
        let course = try TestCourse(in: folder)
        let program = try Program.run(["render"] + course.arguments + ["--format", "markdown"])
        #expect(program.lines.first == "## Words")
        #expect(
            program.output.contains("\n| a | b | c |\n| --- | --- | --- |\n| abcd | ef | end |\n"))
        #expect(program.output.contains("\n```text\n q   ●0  ●1  ●2  ●3    ○4"))
        #expect(
            program.output.hasSuffix(
                "--step 2 --state l=32,b=1,n=32,g=8,h=128,s=1024,bytes=2 "
                    + "--lessons \(folder.url.path)/lessons\n```\n"))
    }

    @Test(
        "--all holds every step of the course with its own command",
        arguments: ["text", "ansi", "svg", "html", "markdown"])
    func wholeCourse(format: String) throws {
        let program = try Program.run("render", "--all", "--format", format)
        #expect(program.status == 0)
        #expect(["svg", "html"].contains(format) != true || Self.isWellFormed(program.output))
        let steps = Rendered.course.lessons.map(\.stepIDs.count).reduce(0, +)
        #expect(
            program.output.components(separatedBy: "headroom learn ").count - 1 == steps)
    }

    @Test("--all of a lesson holds that lesson's steps only")
    func wholeLesson() throws {
        let program = try Program.run("render", "start", "--all")
        let commands = program.lines.filter { $0.hasPrefix("headroom learn") }
        #expect(commands.count == 9)
        #expect(commands.allSatisfy { $0.hasPrefix("headroom learn start --step ") })
    }

    @Test(
        "--all goes with no step, setting or keys",
        arguments: [["gqa", "--step", "2"], ["--state", "g=8"], ["--keys", "Left"]])
    func allAlone(arguments: [String]) throws {
        let program = try Program.run(["render"] + arguments + ["--all"])
        #expect(program.status == 64)
        #expect(
            program.errors
                == "headroom: --all shows every step with its own values: leave out --step, "
                + "--model, --explore, --state and --keys\n")
    }

    @Test("the one line that y shows opens the same screen again")
    func sameScreenAgain() throws {
        let shown = try Program.run("render", "gqa", "--step", "5", "--keys", "Left Left y")
        let line = try #require(shown.lines.first { $0.contains("headroom learn") })
        let arguments = line.split(separator: " ").map(String.init).dropFirst(2)
        let again = try Program.run(["render"] + arguments)
        #expect(
            again.output
                == (try Program.run("render", "gqa", "--step", "5", "--keys", "Left Left")).output)
        let setting = try #require(arguments.last)
        #expect(try Program.run("memory", "--state", setting).lines.first == setting)
    }
}

@Suite("headroom record")
struct RecordTests {
    /// An asciicast's header and events.
    private struct Cast {
        let header: [String: Any]
        let events: [(seconds: Double, kind: String, text: String)]

        init(_ text: String) throws {
            let lines = try text.split(separator: "\n").map {
                try JSONSerialization.jsonObject(with: Data($0.utf8))
            }
            header = try #require(lines.first as? [String: Any])
            events = try lines.dropFirst().map { line in
                let parts = try #require(line as? [Any])
                try #require(parts.count == 3)
                return (
                    try #require(parts[0] as? NSNumber).doubleValue,
                    try #require(parts[1] as? String), try #require(parts[2] as? String)
                )
            }
        }
    }

    private static func record(_ lesson: String, in folder: TestFolder) throws -> String {
        let file = folder.url.appendingPathComponent("\(lesson).cast")
        let program = try Program.run("record", lesson, file.path)
        try #require(program.status == 0, "\(program.errors)")
        return try String(contentsOf: file, encoding: .utf8)
    }

    @Test(
        "writes an asciicast of version 2 with a marker for each step, its times never going back")
    func form() throws {
        let folder = try TestFolder()
        let text = try Self.record("gqa", in: folder)
        let cast = try Cast(text)
        #expect(cast.header["version"] as? Int == 2)
        #expect(cast.header["width"] as? Int == 80)
        #expect(cast.header["height"] as? Int == 24)
        #expect(cast.header["title"] as? String == "Headroom: Grouped-query attention")
        #expect(Set(cast.events.map(\.kind)) == ["m", "o"])
        let times = cast.events.map(\.seconds)
        #expect(times == times.sorted())
        #expect(times.first == 0)
        let markers = cast.events.filter { $0.kind == "m" }.map(\.text)
        let steps = try Program.run("render", "gqa", "--all").lines
            .filter { $0.hasPrefix("headroom learn gqa") }.count
        #expect(markers.count == steps)
        #expect(markers.first == "Between the ends")
        #expect(try Self.record("gqa", in: folder) == text)
    }

    @Test(
        "what is wrong is one line with status 64",
        arguments: [
            (["nothing", "x.cast"], "no lesson or command 'nothing'"),
            (["gqa", "x.cast", "--size", "80"], "--size '80': columns x rows"),
            (["gqa"], "missing expected argument 'FILE'"),
        ])
    func badArguments(arguments: [String], message: String) throws {
        let program = try Program.run(["record"] + arguments)
        #expect(program.status == 64)
        #expect(program.errors.hasPrefix("headroom: \(message)"), "\(program.errors)")
        #expect(program.lines == [""])
    }
}

extension RealTerminal {
    @Suite("A recording, played")
    struct PlayedRecording {
        @Test(
            "shows on a real terminal the screens that render prints, at each marker and at its end"
        )
        func played() throws {
            let folder = try TestFolder()
            let course = ["--lessons", try TestCourse(in: folder).arguments[4]]
            try play(["test"] + course, in: folder, comparing: [1, 2, 3], andEnd: true)
        }

        @Test("shows a lesson of the course at its markers", arguments: ["kv-cache", "mla"])
        func playedLesson(lesson: String) throws {
            try play([lesson], in: try TestFolder(), comparing: [1, 4, 7], andEnd: false)
        }

        /// Plays what a recording writes up to some of its markers, and to its end, where every
        /// slider is back at its place.
        private func play(
            _ lesson: [String], in folder: TestFolder, comparing steps: Set<Int>, andEnd: Bool
        ) throws {
            let file = folder.url.appendingPathComponent("lesson.cast")
            let recorded = try Program.run(
                ["record", lesson[0], file.path] + lesson.dropFirst())
            try #require(recorded.status == 0, "\(recorded.errors)")
            let events = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
                .dropFirst().compactMap {
                    try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [Any]
                }.map { (kind: $0[1] as? String, text: $0[2] as? String ?? "") }
            let session = try TmuxSession(folder: folder)
            let played = folder.url.appendingPathComponent("played")
            var bytes = ""
            var step = 0
            func compare() throws {
                try bytes.write(to: played, atomically: true, encoding: .utf8)
                // The shell waits, so that no prompt comes over the screen.
                try session.type("clear; cat \(played.path); read")
                try session.wait(forRender: lesson + ["--step", "\(step)"])
                try session.send("Enter")
            }
            for (event, before) in zip(events, [("", "")] + events) {
                if event.kind == "m" {
                    step += 1
                } else {
                    bytes += event.text
                    if before.0 == "m", steps.contains(step) { try compare() }
                }
            }
            #expect(step >= steps.max() ?? 0)
            // What comes last clears the row where a shell goes on.
            let end = "\u{1B}[24;1H\u{1B}[0m\u{1B}[2K\u{1B}[?25h"
            #expect(bytes.hasSuffix(end))
            bytes.removeLast(end.count)
            if andEnd { try compare() }
        }
    }
}
