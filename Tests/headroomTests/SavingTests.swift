import CourseContent
import CourseSession
import Foundation
import TestSupport
import Testing

@testable import CourseScreens
@testable import headroom

/// Programs that save at once, on disks that take their time.
@Suite("Saves that wait for each other", .onOwnThreads)
struct SavingTests {
    private let folder: TestFolder
    private var file: String { folder.progressFile.path }

    init() throws { folder = try .withState() }

    private func store() -> ProgressStore {
        ProgressStore(folder: nil, environment: folder.environment)
    }

    private func noted(_ text: String) -> CourseProgress {
        let note = Note(text: text, lesson: "gqa", step: text, setting: "")
        return CourseProgress(notes: [note.key: note])
    }

    @Test("no writer loses a note of another, however many there are")
    func writers() throws {
        let (writers, notes) = (SlowTests.extent(6, of: 20), SlowTests.extent(15, of: 200))
        let commands = (0..<notes).map { "go \($0 % 8 + 1) \($0 % 3 + 1)\nnote WHO \($0)\n" }
            .joined()
        for writer in 0..<writers {
            _ = try folder.write(commands.replacing("WHO", with: "w\(writer)"), to: "w\(writer)")
        }
        let ended = try folder.shell(
            """
            for i in $(seq 0 \(writers - 1)); do
                "$headroom" learn --plain < '\(folder.url.path)/'w$i > /dev/null &
            done
            wait
            """)
        // Who waited longer than a second for the others may say so.
        #expect(
            ended.errors.split(separator: "\n").allSatisfy {
                $0.hasPrefix("headroom: waiting for another program")
            })
        let lines = try folder.noteLines()
        let all = (0..<writers).flatMap { writer in (0..<notes).map { "w\(writer) \($0)" } }
        #expect(all.filter { !lines.contains($0[...]) } == [])
        #expect(try folder.besideProgress() == [])
    }

    @Test("while another program has the lock nothing is written, and then both are kept")
    func pending() throws {
        let store = store()
        _ = store.load()
        let lock = try FileLock(for: file)
        #expect(store.save(noted("mine")) == noted("mine"))
        let tries = (0..<3).map { _ -> Bool in
            _ = store.save(noted("mine"))
            return store.nextTry != nil
        }
        #expect(tries == [true, true, true])
        #expect(try folder.besideProgress() == [] && store.warnings == [])
        try folder.writeProgress(
            String(decoding: JSONEncoder().encode(noted("theirs")), as: UTF8.self))
        lock.close()
        #expect(Deadline(seconds: 10).met { store.isDue })
        #expect(store.save(noted("mine")).notes.count == 2)
        #expect(store.nextTry == nil)
        #expect(try folder.noteLines() == ["mine", "theirs"])
    }

    @Test("at the end a held lock is waited for; what was not saved by then stays in a file")
    func givenUp() throws {
        let store = store()
        _ = store.load()
        let lock = try FileLock(for: file)
        _ = store.save(noted("mine"))
        store.finish(within: .milliseconds(10))
        let aside = "\(file).unsaved-1"
        #expect(
            store.warnings
                == ["progress is not saved; it is in \(aside), and the next start takes it in"])
        #expect(store.isLost)
        let kept = try JSONDecoder().decode(
            CourseProgress.self, from: Data(contentsOf: URL(fileURLWithPath: aside)))
        #expect(kept.notes.values.map(\.text) == ["mine"])
        lock.close()
        store.finish()
        #expect(store.warnings == [] && !store.isLost)
        #expect(try folder.noteLines() == ["mine"])
    }

    @Test("what is not saved lies in a file of its own, which nobody else deletes")
    func ownFile() throws {
        let lock = try FileLock(for: file)
        defer { lock.close() }
        for number in 1...2 {
            let store = store()
            _ = store.load()
            _ = store.save(noted("mine"))
            store.finish(within: .zero)
            let told = (1..<number).map {
                "progress that another run did not save is in \(file).unsaved-\($0); the next start "
                    + "takes it in"
            }
            let own = "progress is not saved; it is in \(file).unsaved-\(number)"
            #expect(store.warnings == told + [own + ", and the next start takes it in"])
        }
    }

    /// Leaves a file beside the progress; its path.
    private func leave(_ data: Data, in name: String) throws -> String {
        try FileManager.default.createDirectory(
            at: folder.state, withIntermediateDirectories: true)
        let place = folder.state.appending(path: name)
        try data.write(to: place)
        return place.path
    }

    @Test(
        "what was not saved is taken in at the next start, which says so once",
        arguments: [false, true])
    func takenIn(isFirst: Bool) throws {
        if !isFirst { #expect(try folder.learn("note theirs").errors == "") }
        let left = try ["mine", "more"].enumerated().map {
            try leave(JSONEncoder().encode(noted($1)), in: "progress.json.unsaved-\($0 + 1)")
        }
        let told = left.map {
            "progress that another run did not save was taken in from \($0)"
        }
        let ended = try folder.learn("go gqa 2", "note later")
        #expect(ended.output.contains("Warning: \(told[0])"))
        #expect(ended.errors == told.map { "headroom: \($0)\n" }.joined())
        #expect(ended.status == 0)
        #expect(
            try Set(folder.noteLines())
                == Set((isFirst ? [] : ["theirs"]) + ["mine", "more", "later"]))
        #expect(try folder.besideProgress() == [])
        #expect(try folder.learn("quit").errors == "")
    }

    @Test(
        "what was not saved adds to what is newer, and changes nothing of it",
        arguments: [false, true])
    func newer(isLeftFirst: Bool) throws {
        func progress(at lesson: String) -> CourseProgress {
            var progress = noted(lesson)
            progress.position = Position(StepID(lesson: lesson, part: ""))
            return progress
        }
        let left = try leave(
            JSONEncoder().encode(progress(at: "mqa")), in: "progress.json.unsaved-1")
        let backup = try leave(Data("{}".utf8), in: "progress.json.unsaved-1.bak")
        try folder.writeProgress(
            String(decoding: JSONEncoder().encode(progress(at: "gqa")), as: UTF8.self))
        let age: TimeInterval = isLeftFirst ? -60 : 60
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: age)], ofItemAtPath: left)
        let taken = store().load()
        #expect(taken.position.step.lesson == (isLeftFirst ? "gqa" : "mqa"))
        #expect(Set(taken.notes.values.map(\.text)) == ["gqa", "mqa"])
        #expect(FileManager.default.fileExists(atPath: backup))
    }

    @Test("what was not saved and cannot be read stays, and that is said")
    func unreadable() throws {
        let left = try leave(Data("{".utf8), in: "progress.json.unsaved-1")
        let ended = try folder.learn("note mine")
        #expect(
            ended.errors
                == "headroom: progress that another run did not save could not be read; see "
                + "\(left), and delete it\n")
        #expect(ended.status == 0)
        #expect(try folder.besideProgress() == ["progress.json.unsaved-1"])
        #expect(try folder.noteLines() == ["mine"])
    }

    @Test("what was not saved is named by progress, and does not come back after --reset")
    func forgotten() throws {
        let left = try leave(JSONEncoder().encode(noted("mine")), in: "progress.json.unsaved-1")
        let line =
            "What another run did not save is in \(left); the course takes it in at its start."
        #expect(try folder.shell("\"$headroom\" progress").output.contains(line))
        let reset = try folder.shell("\"$headroom\" progress --reset")
        #expect(reset.output == "The course starts afresh. What was kept is in \(file).before-1.\n")
        #expect(try folder.learn("note new").errors == "")
        #expect(try folder.noteLines() == ["new"])
        #expect(try String(contentsOfFile: file + ".before-1", encoding: .utf8).contains("mine"))
    }

    @Test("a course as text ends when its last note is on a disk that was slow, and says why")
    func slowDisk() throws {
        let lock = try FileLock(for: file)
        let input = try folder.write("note one\nnote two\n", to: "commands")
        let (output, errors) = (folder.url.path + "/out", folder.url.path + "/err")
        let process = try ChildProcess.start(
            ["/bin/bash", "-c", "exec \"$headroom\" learn --plain gqa < '\(input)'"],
            environment: folder.environment, streams: .files(output: output, errors: errors))
        let isSaid = Deadline(seconds: 30).met {
            (try? String(contentsOfFile: errors, encoding: .utf8))?.hasSuffix("\n") == true
        }
        #expect(isSaid)
        // What another program writes meanwhile.
        try folder.writeProgress(
            String(decoding: JSONEncoder().encode(noted("theirs")), as: UTF8.self))
        lock.close()
        var status: Int32 = -1
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        #expect(status == 0)
        #expect(try folder.noteLines() == ["one", "two", "theirs"])
        #expect(try folder.besideProgress() == [])
        #expect(
            try String(contentsOfFile: errors, encoding: .utf8)
                == "headroom: waiting for another program, which holds \(file).lock; meanwhile, "
                + "unsaved progress is in progress.json.unsaved-1 beside it\n")
        let told = try String(contentsOfFile: output, encoding: .utf8)
            .replacing("\n", with: " ")
        #expect(told.contains("Warning: progress is not saved yet: another program holds"))
    }

    @Test(
        "a course as text that a signal ends keeps what waits for another program beside the file",
        arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
    func ended(signal: Int32) throws {
        let lock = try FileLock(for: file)
        let terminal = try PseudoTerminal(["learn", "gqa", "--plain"], folder: folder)
        terminal.write("note kept\n")
        try terminal.wait(for: "progress is not saved yet")
        terminal.send(signal: signal)
        try terminal.wait(for: "unsaved progress is in progress.json.unsaved-1")
        // Whoever waits no longer asks again.
        terminal.send(signal: signal)
        #expect(try terminal.end() == -signal)
        #expect(try folder.besideProgress() == ["progress.json.unsaved-1"])
        lock.close()
    }

    @Test("on the screen keys are answered while the lock is held; the save follows without a key")
    func screen() throws {
        let session = try TmuxSession(folder: folder)
        let lock = try FileLock(for: file)
        try session.type("\"$headroom\" learn gqa --step 2")
        try session.waitForHeadroom()
        try session.send("Right")
        try session.send("Space")
        try session.wait("the next step") { $0.first?.contains("3 of ") == true }
        try session.wait("the warning") { $0.contains { $0.contains("progress is not saved yet") } }
        #expect(!FileManager.default.fileExists(atPath: file))
        lock.close()
        #expect(Deadline(seconds: 30).met { (try? folder.progress().visited.count) ?? 0 > 0 })
        try session.send("q")
        try session.wait("the prompt, and no warning above it") { $0.suffix(1) == ["$"] }
        #expect(try session.screen().allSatisfy { !$0.contains("saved") })
    }

    @Test("leaving the screen while the lock is held waits in one line, and saves")
    func leaving() throws {
        let session = try TmuxSession(columns: 200, folder: folder)
        let lock = try FileLock(for: file)
        try session.type("\"$headroom\" learn gqa --step 2")
        try session.waitForHeadroom()
        try session.send("Space")
        try session.wait("the next step") { $0.first?.contains("3 of ") == true }
        try session.send("q")
        try session.wait("the line") {
            $0.contains { $0.hasPrefix("headroom: waiting for another program") }
        }
        // Whatever ends it now, what it would save is there.
        #expect(try folder.besideProgress() == ["progress.json.unsaved-1"])
        lock.close()
        try session.waitForShell()
        #expect(try folder.progress().position.step.lesson == "gqa")
        #expect(try folder.besideProgress() == [])
    }
}
