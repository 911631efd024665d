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
        #expect(program.output.contains("From end to end"))
        #expect(program.output.contains("302 MB"))
        if ["svg", "html"].contains(format) {
            #expect(Self.isWellFormed(program.output))
            #expect(
                program.output.contains(
                    "headroom learn gqa --step 5 --state l=96,b=1,n=96,g=6,h=128,s=1024,bytes=2"))
        }
    }

    @Test("Markdown has the prose, the pictures as code and the command")
    func markdown() throws {
        let program = try Program.run("render", "gqa", "--step", "llama-3", "--format", "markdown")
        #expect(program.lines.first == "## Llama 3")
        #expect(program.output.contains("| 8B | 32 | 32 | 4 | 1.07 GB | 4.29 GB |\n"))
        #expect(program.output.contains("```text\n q   ●●●●  ○○○○"))
        #expect(program.output.hasSuffix("s=8192,bytes=2\n```\n"))
    }

    @Test(
        "--all holds every step of the course with its own command",
        arguments: ["text", "ansi", "svg", "html", "markdown"])
    func wholeCourse(format: String) throws {
        let program = try Program.run("render", "--all", "--format", format)
        #expect(program.status == 0)
        #expect(["svg", "html"].contains(format) != true || Self.isWellFormed(program.output))
        let steps =
            try Program.run("render", "--all").output
            .components(separatedBy: "headroom learn ").count - 1
        #expect(steps > 60)
        #expect(
            program.output.components(separatedBy: "headroom learn ").count - 1 == steps)
    }

    @Test("--all of a lesson holds that lesson's steps only")
    func wholeLesson() throws {
        let program = try Program.run("render", "start", "--all")
        let commands = program.lines.filter { $0.hasPrefix("headroom learn") }
        #expect(commands.count == 7)
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
                + "--state and --keys\n")
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
            .count { $0.hasPrefix("headroom learn ") }
        #expect(markers.count == steps)
        #expect(markers.first == "Between the ends")
        #expect(try Self.record("gqa", in: folder) == text)
    }

    @Test(
        "what is wrong is one line with status 64",
        arguments: [
            (["nothing", "x.cast"], "no lesson or command 'nothing'"),
            (["gqa", "/nowhere/at/all.cast"], "'/nowhere/at/all.cast' cannot be written"),
            (["gqa", "x.cast", "--size", "80"], "--size '80': columns x rows"),
            (["gqa"], "missing expected argument '<file>'"),
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
            "shows on a real terminal the screens that render prints, at its markers and its end",
            arguments: [("gqa", 11), ("kv-cache", 9)])
        func played(lesson: String, lastStep: Int) throws {
            let folder = try TestFolder()
            let file = folder.url.appendingPathComponent("lesson.cast")
            try #require(try Program.run("record", lesson, file.path).status == 0)
            let events = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
                .dropFirst().compactMap {
                    try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [Any]
                }
            let session = try TmuxSession(folder: folder)
            let output = folder.url.appendingPathComponent("played")
            var bytes = ""
            var step = 0
            var isAtMarker = false
            func compare() throws {
                try bytes.write(to: output, atomically: true, encoding: .utf8)
                // The shell waits, so that no prompt comes over the screen.
                try session.type("clear; cat \(output.path); read")
                try session.wait(forRender: [lesson, "--step", "\(step)"])
                try session.send("Enter")
            }
            for event in events {
                guard let kind = event[1] as? String, let text = event[2] as? String else {
                    continue
                }
                if kind == "m" {
                    step += 1
                } else {
                    bytes += text
                    if isAtMarker, [1, 4, lastStep].contains(step) { try compare() }
                }
                isAtMarker = kind == "m"
            }
            #expect(step >= lastStep)
            if lesson == "gqa" { try compare() }
        }
    }
}
