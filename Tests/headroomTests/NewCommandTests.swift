import Foundation
import Testing

@Suite("headroom new")
struct NewCommandTests {
    @Test("makes a course that lints clean and can be taken")
    func startsACourse() throws {
        let folder = try TestFolder()
        let course = folder.url.appendingPathComponent("my-course").path
        let made = try Program.run("new", course)
        #expect(made.status == 0)
        #expect(made.lines.contains("  headroom lint \(course)"))
        let lint = try Program.run("lint", course)
        #expect(lint.status == 0)
        #expect(lint.output == "")
        #expect(lint.errors == "headroom: no findings\n")
        for step in 1...4 {
            let screen = try Program.run(
                "render", "my-lesson", "--step", "\(step)", "--lessons", course)
            #expect(screen.lines.first?.contains("1 My lesson · \(step) of 4") == true)
            #expect(!screen.output.contains("Comments are for you"))
        }
    }

    @Test("touches no folder that holds something")
    func keepsWhatIsThere() throws {
        let folder = try TestFolder()
        let path = folder.home.path
        try "mine".write(toFile: path + "/1-my-lesson.md", atomically: true, encoding: .utf8)
        let program = try Program.run("new", path)
        #expect(program.status == 73)
        #expect(program.errors == "headroom: '\(path)' is not empty: name a new folder\n")
        #expect(try String(contentsOfFile: path + "/1-my-lesson.md", encoding: .utf8) == "mine")
    }

    @Test("leaves nothing of what it made where there is no room for it")
    func withoutRoom() throws {
        let folder = try TestFolder()
        let path = folder.url.appendingPathComponent("new").path
        for made in ["\(path)/course", path] {
            // What it says goes to a pipe, which has no limit.
            let program = try Program.shell(
                "(ulimit -f 0; exec $headroom new '\(made)') 2>&1 | cat; exit ${PIPESTATUS[0]}")
            #expect(program.output == "headroom: '\(made)' cannot be created: file too large\n")
            #expect(program.status == 73)
            #expect(!FileManager.default.fileExists(atPath: path))
        }
        // What was there before stays.
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let program = try Program.shell(
            "(ulimit -f 0; exec $headroom new '\(path)/') 2>&1 | cat; exit ${PIPESTATUS[0]}")
        #expect(program.status == 73)
        #expect(try FileManager.default.contentsOfDirectory(atPath: path) == [])
    }

    @Test(
        "wants either a folder or --reference",
        arguments: [[], ["x", "--reference"]] as [[String]])
    func oneOfBoth(arguments: [String]) throws {
        let program = try Program.run(["new"] + arguments)
        #expect(program.status == 64)
        #expect(program.errors == "headroom: give a folder to create, or --reference\n")
    }

    @Test("prints the reference of blocks and keys")
    func reference() throws {
        let program = try Program.run("new", "--reference")
        #expect(program.lines.first == "# What a lesson may contain")
        #expect(
            program.lines.contains(
                "| `tolerance` | percentage | `10%` | 0% to 50% | "
                    + "How far off a number still counts as right. |"))
    }
}

@Suite("A lesson's file")
struct LessonFileTests {
    @Test("is checked alone, and opened in place of its folder's first lesson")
    func oneFile() throws {
        let folder = try TestFolder()
        let course = folder.url.appendingPathComponent("course")
        try FileManager.default.createDirectory(at: course, withIntermediateDirectories: true)
        for name in ["1-a.md", "2-b.md"] {
            try "---\ntitle: \(name)\n---\n\n## One\n\n```{heds}\n```\n".write(
                to: course.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
        let file = course.path + "/2-b.md"
        let lint = try Program.run("lint", file)
        #expect(lint.status == 1)
        #expect(lint.lines.allSatisfy { $0.isEmpty || $0.hasPrefix(file) } && lint.output != "")
        #expect(try Program.run("lint", course.path).output.contains("/1-a.md:"))
        let screen = try Program.run("render", "--lessons", file)
        #expect(screen.lines.first?.contains("2-b.md") == true)
        let variable = try Program.shell("HEADROOM_LESSONS='\(file)' \"$headroom\" lint")
        #expect(variable.output == lint.output)
    }
}

@Suite("headroom lint --json")
struct LintJSONTests {
    @Test("says the same as the lines, with the same status")
    func sameAsLines() throws {
        let folder = try TestFolder()
        let course = folder.url.appendingPathComponent("course")
        try FileManager.default.createDirectory(at: course, withIntermediateDirectories: true)
        let lesson =
            "---\ntitle: \"A \\\"b\\\"\"\n---\n\n## One\n\n[x\\]\"](cache:q=1) é漢\n\n```{heds}\n```\n"
        try lesson.write(
            to: course.appendingPathComponent("1-a.md"), atomically: true, encoding: .utf8)
        let plain = try Program.run("lint", course.path)
        let json = try Program.run("lint", course.path, "--json")
        let findings = try #require(
            JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
        let lines = findings.map { finding in
            "\(finding["file"] ?? ""):\(finding["line"] ?? ""):\(finding["column"] ?? ""): "
                + "\(finding["severity"] ?? ""): \(finding["message"] ?? "") "
                + "[\(finding["rule"] ?? "")]"
        }
        #expect(findings.count > 2)
        #expect(lines == plain.lines.dropLast())
        #expect(json.status == 1 && plain.status == 1)
        #expect(json.errors == plain.errors)
    }

    @Test("of a clean course is an empty array")
    func clean() throws {
        let program = try Program.run("lint", "--json")
        #expect(program.output == "[]\n")
        #expect(program.status == 0)
    }
}
