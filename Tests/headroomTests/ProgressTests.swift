import CourseContent
import CourseExport
import CourseScreens
import Foundation
import TestSupport
import Testing

@testable import CourseSession
@testable import headroom

/// The progress on disk, written by real programs that are killed, crowded and left without room.
@Suite("Progress on disk", .onOwnThreads)
struct ProgressTests {
    private let folder: TestFolder
    private var state: URL { folder.state }
    private var file: URL { folder.progressFile }

    init() throws { folder = try TestFolder() }

    @Test("killed at any moment, a program has kept all that it answered, and the file is whole")
    func kills() throws {
        var generator = SystemRandomNumberGenerator()
        var before = CourseProgress()
        var answered = 0
        let rounds = SlowTests.extent(8, of: 70)
        for round in 0..<rounds {
            // Three at once, which are in each other's way as well.
            let runs = try (0..<3).map { try Run(name: "\(round).\($0)", in: folder) }
            for (index, run) in runs.enumerated() {
                // Some die while they start, the others while they write.
                if (round + index) % 4 > 0 { run.waitForNote() }
                usleep(UInt32.random(in: 0..<12_000, using: &generator))
                run.kill()
            }
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            let now = try folder.progress()
            #expect(now.visited.isSuperset(of: before.visited))
            let lines = Set(now.notes.values.flatMap { $0.text.split(separator: "\n") })
            for run in runs {
                let noted = try run.noted()
                answered += noted
                let lost = (0..<noted).filter { !lines.contains("\(run.name) line \($0)") }
                #expect(lost == [])
            }
            let old = before.notes.values.flatMap { $0.text.split(separator: "\n") }
            #expect(old.allSatisfy(lines.contains))
            // Long notes make for slow tests, and nothing else.
            before = now
            if lines.count > 100 {
                before.notes = [:]
                try JSONEncoder().encode(before).write(to: file)
            }
        }
        #expect(answered > rounds, "the kills came before anything happened")
        // One file at most is left beside it, whatever was killed.
        let names = try FileManager.default.contentsOfDirectory(atPath: state.path)
        #expect(
            Set(names).isSubset(of: ["progress.json", "progress.json.lock", "progress.json.new"]))
    }

    @Test("one entry that cannot be understood takes no other with it, and is kept aside")
    func damagedEntry() throws {
        #expect(try folder.learn("go gqa 2", "note old").errors == "")
        var text = try String(contentsOf: file, encoding: .utf8)
        text = text.replacingOccurrences(
            of: "\"answers\" : {", with: "\"answers\" : { \"gqa/half-of-g\" : 7,")
        try Data(text.utf8).write(to: file)
        let ended = try folder.learn("go gqa 3", "note new")
        #expect(ended.errors.split(separator: "\n").count == 1)
        #expect(ended.errors.contains("all of it is in \(file.path).whole-1"))
        #expect(try folder.progress().notes.count == 2)
        #expect(try String(contentsOfFile: file.path + ".whole-1", encoding: .utf8) == text)
        // Another time it is another copy.
        let again = try String(contentsOf: file, encoding: .utf8).replacingOccurrences(
            of: "\"answers\" : {", with: "\"answers\" : { \"gqa/half-of-g\" : [],")
        try Data(again.utf8).write(to: file)
        #expect(try folder.learn("go gqa 4").errors.contains(".whole-2"))
        #expect(try String(contentsOfFile: file.path + ".whole-2", encoding: .utf8) == again)
        // Once saved there is nothing to be said any more.
        #expect(try folder.learn("go gqa 5").errors == "")
    }

    @Test("a file that is no progress is moved aside with one warning")
    func corrupt() throws {
        try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
        for text in ["", "{\"visited\": [", "{\"notes\": 7}", "\u{1B}[31m"] {
            try Data(text.utf8).write(to: file)
            let ended = try folder.learn("go gqa 2", "note new")
            #expect(ended.status == 0)
            #expect(ended.errors.split(separator: "\n").count == 1)
            #expect(ended.errors.contains("could not be read; it was moved to"))
            #expect(try folder.progress().notes.count == 1)
        }
        let aside = try FileManager.default.contentsOfDirectory(atPath: state.path)
            .filter { $0.contains("unreadable") }
        #expect(aside.count == 4)
    }

    @Test("a folder that cannot be written to is one warning, and the course goes on")
    func readOnly() throws {
        // A file where the folder should be: nobody can write there, root neither.
        try FileManager.default.createDirectory(
            at: state.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data().write(to: state)
        let ended = try folder.learn("go gqa 2", "note one", "go gqa 3", "quit")
        #expect(ended.status == 73)
        #expect(ended.output.contains("Step 3 of"))
        #expect(
            ended.errors == "headroom: progress could not be written to \(file.path)\n")
    }

    @Test("a full disk is one warning, and what was kept before is kept still")
    func full() throws {
        #expect(try folder.learn("note old").errors == "")
        let before = try Data(contentsOf: file)
        let input = folder.url.appending(path: "commands")
        let words = String(repeating: "many words ", count: 200)
        try Data("note \(words)\ngo gqa 2\nquit\n".utf8).write(to: input)
        let ended = try folder.shell(
            "ulimit -f 1; \"$headroom\" learn --plain < '\(input.path)' | cat > /dev/null")
        #expect(
            ended.errors
                == "headroom: progress could not be written to \(file.path): file too large\n")
        #expect(try Data(contentsOf: file) == before)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: state.path).sorted()
                == ["progress.json", "progress.json.lock"])
    }

    @Test("a warning does not outlive its cause")
    func freed() throws {
        let store = ProgressStore(folder: nil, environment: folder.environment)
        var progress = store.load()
        progress.visited = [StepID(lesson: "gqa", part: "one")]
        // A file where the folder should be, for a while.
        try FileManager.default.createDirectory(
            at: state.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data().write(to: state)
        _ = store.save(progress)
        #expect(store.warnings == ["progress could not be written to \(file.path)"])
        try FileManager.default.removeItem(at: state)
        #expect(store.save(progress) == progress)
        #expect(store.warnings == [])
        #expect(try folder.progress() == progress)
    }

    @Test("who only prints the notes is told that they cannot be read, and moves nothing")
    func unreadable() throws {
        try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
        let blocked = try folder.shell("\"$headroom\" notes")
        #expect(blocked.status == 66)
        #expect(blocked.output == "")
        #expect(blocked.errors == "headroom: \(file.path): is a folder\n")
        try FileManager.default.removeItem(at: file)
        try Data("{".utf8).write(to: file)
        let corrupt = try folder.shell("\"$headroom\" notes --format json")
        #expect(corrupt.status == 65)
        #expect(corrupt.output == "")
        #expect(
            corrupt.errors
                == "headroom: \(file.path): is not a valid progress file\n")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: state.path) == ["progress.json"])
        #expect(try Data(contentsOf: file) == Data("{".utf8))
    }

    @Test("a pipe in place of the file does not hold the course up")
    func pipe() throws {
        try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
        #expect(mkfifo(file.path, 0o600) == 0)
        let ended = try folder.learn("go gqa 2", "quit")
        #expect(ended.status == 73)
        #expect(
            ended.errors
                == "headroom: progress is not kept: \(file.path): is not a regular file\n")
    }

    @Test(
        "control characters in kept notes and answers never reach the terminal",
        arguments: ["text", "markdown", "json"])
    func hostile(format: String) throws {
        let evil = "\u{1B}]0;title\u{7}\u{1B}[2J\u{9B}31m\u{202E}\r\u{7F}\u{85}end"
        let note = Note(text: evil, lesson: evil, step: evil, setting: evil, date: evil)
        var progress = CourseProgress(
            answers: [
                "\(evil)/\(evil)": AnswerRecord(given: evil, tries: 1, first: evil, date: evil),
                "gqa/half-of-g": AnswerRecord(given: evil, tries: 2, isRevealed: true, date: evil),
            ],
            reviews: ["gqa/half-of-g": ReviewRecord(times: 1, isRight: false, given: evil)],
            notes: [note.key: note],
            measurements: [
                evil: KeptMeasurement(
                    what: evil, date: evil, rows: [.init(name: evil, result: evil)])
            ])
        progress.settings[StepID("gqa/half-of-g")!] = KeptSetting(setting: evil, own: evil)
        try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
        try JSONEncoder().encode(progress).write(to: file)
        let ended = try folder.shell("\"$headroom\" notes --format \(format)")
        #expect(ended.status == 0)
        #expect(ended.output.contains("end"))
        #expect(ended.output.unicodeScalars.allSatisfy(Self.isHarmless))
        let plain = try folder.learn("notes", "notes 1", "summary", "contents gqa", "review")
        #expect(plain.output.unicodeScalars.allSatisfy(Self.isHarmless))
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "\n" { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return false
        default: return true
        }
    }

    @Test("notes, guesses and settings are printed together, JSON to be read by a parser")
    func notebook() throws {
        _ = try folder.learn("go gqa 4", "note seen twice", "predict 1 GB", "set g 2")
        let text = try folder.shell("\"$headroom\" notes").output
        #expect(text.contains("seen twice"))
        #expect(text.contains("guessed 1 GB"))
        let json = try folder.shell("\"$headroom\" notes --format json").output
        let book = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        let entries = try #require(book?["entries"] as? [[String: Any]])
        #expect(entries.count == 1)
        #expect(entries[0]["lesson"] as? String == "gqa")
    }
}

/// A program that writes one note after the other.
private struct Run {
    let name: String
    private let process: pid_t
    private let output: String

    init(name: String, in folder: TestFolder) throws {
        self.name = name
        let commands = (0..<300).map {
            "note \(name) line \($0)\n" + ($0 % 3 == 0 ? "next\nset g 1\nset s 64" : "look")
        }
        let input = folder.url.appending(path: "commands-\(name)").path
        try commands.joined(separator: "\n").write(
            toFile: input, atomically: false, encoding: .utf8)
        output = folder.url.appending(path: "output-\(name)").path
        process = try ChildProcess.start(
            ["/bin/bash", "-c", "exec \"$headroom\" learn --plain gqa < '\(input)'"],
            environment: folder.environment,
            streams: .files(output: output, errors: output + "-errors"))
    }

    /// How many notes the program has said to be kept, before it warned that one was not.
    func noted() throws -> Int {
        let parts = try String(contentsOfFile: output, encoding: .utf8)
            .components(separatedBy: "Warning: progress is not saved yet")
        return parts[0].components(separatedBy: "Noted.").count - (parts.count > 1 ? 2 : 1)
    }

    func waitForNote() {
        _ = Deadline(seconds: 30).met { (try? noted()) ?? 0 > 0 }
    }

    func kill() {
        Foundation.kill(process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
}
