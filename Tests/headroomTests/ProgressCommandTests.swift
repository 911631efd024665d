import CourseContent
import CourseSession
import Foundation
import Testing

@testable import headroom

@Suite("headroom progress", .onOwnThreads)
struct ProgressCommandTests {
    private let folder: TestFolder
    private var file: String { folder.progressFile.path }

    init() throws { folder = try TestFolder() }

    private func run(_ arguments: String) throws -> Program {
        try folder.shell("\"$headroom\" progress \(arguments)")
    }

    @Test("tells where nothing is kept yet, and forgets nothing of it")
    func nothing() throws {
        #expect(try run("").output == "Nothing is kept yet; it will be in \(file).\n")
        #expect(try run("--reset").output == "Nothing is kept of the course.\n")
        #expect(try run("--reset gqa").output == "Nothing is kept of the lesson gqa.\n")
        #expect(!FileManager.default.fileExists(atPath: folder.state.path))
        let homeless = try folder.shell("unset HOME; \"$headroom\" progress")
        #expect(
            homeless.errors
                == "headroom: progress is not kept: neither XDG_STATE_HOME nor HOME is set\n")
        let reset = try folder.shell("unset HOME; \"$headroom\" progress --reset")
        #expect(homeless.status == 0 && reset.status == 73 && reset.errors == homeless.errors)
    }

    @Test("tells in short what is kept, and the command that goes on")
    func told() throws {
        _ = try folder.learn("go gqa 2", "note one", "go gqa 4", "note two")
        let lines = try run("").lines
        #expect(lines[0] == "Kept in \(file):")
        #expect(lines[1].hasPrefix("  3 of ") && lines[1].hasSuffix(", 2 notes"))
        #expect(
            lines[2] == "  left at lesson 5, Grouped-query attention, step 4: headroom learn gqa "
                + "--step half-of-g")
        #expect(lines[3...] == [""])
    }

    @Test("forgets the course and keeps copies, of which none is written over")
    func course() throws {
        var copies: [Data] = []
        for round in 1...2 {
            _ = try folder.learn("go gqa 2", "note round \(round)")
            copies.append(try Data(contentsOf: folder.progressFile))
            let ended = try run("--reset")
            #expect(ended.errors == "")
            #expect(
                ended.output
                    == "The course starts afresh. What was kept is in \(file).before-\(round).\n")
            #expect(try folder.progress() == CourseProgress())
        }
        for (index, copy) in copies.enumerated() {
            let path = "\(file).before-\(index + 1)"
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == copy)
        }
        #expect(try run("--reset").output == "Nothing is kept of the course.\n")
        #expect(
            try run("").lines == [
                "Nothing is kept yet; it will be in \(file).", "A copy is in \(file).before-1.",
                "A copy is in \(file).before-2.", "",
            ])
        // A copy in its place is all as it was.
        try FileManager.default.removeItem(atPath: file)
        try FileManager.default.copyItem(atPath: "\(file).before-1", toPath: file)
        #expect(try folder.noteLines() == ["round 1"])
    }

    @Test("forgets one lesson by id or number, and nothing of another")
    func lesson() throws {
        for name in ["gqa", "5"] {
            _ = try folder.learn("go gqa 2", "note mine", "go mha 2", "note other")
            #expect(try run("--reset \(name)").output.hasPrefix("The lesson gqa starts afresh."))
            #expect(try folder.noteLines() == ["other"])
            #expect(try folder.progress().visited.allSatisfy { $0.lesson != "gqa" })
        }
        #expect(try run("--reset gqa").output == "Nothing is kept of the lesson gqa.\n")
    }

    @Test("forgets of a lesson also what is kept of its steps under names in other lessons")
    func formerNames() throws {
        let former = "ask-a-figure-why"
        _ = try folder.learn("go kv-cache 8", "note mine")
        try String(contentsOfFile: file, encoding: .utf8)
            .replacing("kv-cache", with: "start").replacing("start/bytes", with: "start/\(former)")
            .replacing("\"bytes\"", with: "\"\(former)\"")
            .write(toFile: file, atomically: true, encoding: .utf8)
        try #require(try folder.progress().visited.contains { $0.part == former })
        #expect(try run("--reset kv-cache").output.hasPrefix("The lesson kv-cache starts afresh."))
        #expect(try folder.noteLines() == [])
        #expect(try folder.progress().visited.allSatisfy { $0.part != former })
        #expect(try run("--reset kv-cache").output.hasPrefix("Nothing is kept"))
    }

    @Test("where nothing can be written, who put a file aside says where it is")
    func unwritten() throws {
        try FileManager.default.createDirectory(
            atPath: file + ".new/x", withIntermediateDirectories: true)
        for (text, outcome) in [
            ("{", "what was there is in \(file).before-1"),
            (#"{"visited":["gqa/x"]}"#, "nothing was forgotten"),
        ] {
            try folder.writeProgress(text)
            let ended = try run("--reset")
            #expect(ended.status == 73)
            #expect(ended.errors == "headroom: \(file): cannot be written; \(outcome)\n")
        }
        #expect(try String(contentsOfFile: file + ".before-1", encoding: .utf8) == "{")
    }

    @Test("a file that cannot be understood is put aside for a new beginning, and only for one")
    func unreadable() throws {
        try folder.writeProgress("{")
        let line = "headroom: \(file): is not a valid progress file\n"
        for arguments in ["", "--reset gqa"] {
            let ended = try run(arguments)
            #expect(ended.status == 65 && ended.errors == line)
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "{")
        }
        #expect(try run("--reset").output.hasSuffix("is in \(file).before-1.\n"))
        #expect(try String(contentsOfFile: file + ".before-1", encoding: .utf8) == "{")
        #expect(try folder.progress() == CourseProgress())
    }

    @Test("nothing is forgotten where no copy can be kept")
    func refused() throws {
        _ = try folder.learn("go gqa 2", "note one")
        let before = try Data(contentsOf: folder.progressFile)
        let full = try folder.shell("(ulimit -f 0; \"$headroom\" progress --reset) 2>&1 | cat")
        #expect(full.output.hasSuffix("progress.json: cannot be written; nothing was forgotten\n"))
        #expect(try Data(contentsOf: folder.progressFile) == before)
        #expect(try folder.besideProgress() == [])
    }

    @Test("a lesson without --reset, and one that there is not, are one line")
    func wrong() throws {
        let lesson = try run("gqa")
        #expect(lesson.status == 64)
        #expect(
            lesson.errors
                == "headroom: a lesson needs --reset; 'headroom lessons gqa' shows how far it "
                + "is\n")
        #expect(try run("--reset nope").status == 64)
    }

    @Test("what a program that runs meanwhile had before does not come back, and what is new stays")
    func beside() throws {
        _ = try folder.learn("go gqa 2", "note old", "go mha 2", "note other")
        // Commands come through a pipe, so that the program goes on running.
        #expect(mkfifo(folder.url.path + "/pipe", 0o600) == 0)
        let output = folder.url.path + "/out"
        let process = try ChildProcess.start(
            ["/bin/bash", "-c", "exec \"$headroom\" learn --plain < '\(folder.url.path)/pipe'"],
            environment: folder.environment,
            streams: .files(output: output, errors: output + "-errors"))
        let pipe = try #require(FileHandle(forWritingAtPath: folder.url.path + "/pipe"))
        func tell(_ line: String, until answer: String) throws {
            try pipe.write(contentsOf: Data("\(line)\n".utf8))
            #expect(
                try Deadline(seconds: 30).met {
                    try String(contentsOfFile: output, encoding: .utf8).contains(answer)
                })
        }
        try tell("go mla 2", until: "Step 2 of")
        #expect(try run("--reset").status == 0)
        try tell("note new\ngo gqa 3", until: "Step 3 of")
        try pipe.close()
        var status: Int32 = -1
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        #expect(status == 0)
        let progress = try folder.progress()
        #expect(try folder.noteLines() == ["new"])
        #expect(
            Set(progress.visited.map(\.lesson)) == ["mla", "gqa"] && progress.visited.count == 2)
    }
}
