import AttentionEngine
import CourseContent
import Foundation
import Testing

@testable import CourseScreens
@testable import CourseSession
@testable import headroom

/// What is kept where links lead elsewhere, or newer programs have been.
@Suite("Files that are kept", .onOwnThreads)
struct KeptFilesTests {
    private let folder: TestFolder
    private var file: String { folder.progressFile.path }

    init() throws { folder = try .withState() }

    private func link(_ path: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    }

    private func target(of path: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: path)
    }

    @Test(
        "a link to progress stays a link, whether there is a file behind it or not",
        arguments: [false, true], ["target", "chain"])
    func link(isThere: Bool, name: String) throws {
        let target = folder.url.appending(path: "target").path
        try link(folder.url.path + "/chain", to: "target")
        try link(file, to: "../../../../\(name)")
        if isThere {
            #expect(try folder.learn("go gqa 2", "note before").errors == "")
            #expect(self.target(of: file) != nil)
        }
        #expect(try folder.learn("go gqa 3", "note after").errors == "")
        #expect(self.target(of: file) == "../../../../\(name)")
        #expect(self.target(of: folder.url.path + "/chain") == "target")
        #expect(self.target(of: target) == nil)
        #expect(try folder.noteLines() == (isThere ? ["before", "after"] : ["after"]))
        // Those who come by the link and those who come to the file take turns by one lock.
        #expect(FileManager.default.fileExists(atPath: target + ".lock"))
        let told = try folder.shell("\"$headroom\" progress").output
        #expect(told.hasPrefix("Kept in \(file), a link to "))
    }

    @Test("a link in a ring is one line, and stays")
    func ring() throws {
        try link(file, to: "other.json")
        try link(folder.state.path + "/other.json", to: "progress.json")
        let ended = try folder.learn("go gqa 2", "note lost")
        #expect(ended.status == 73)
        #expect(
            ended.errors
                == "headroom: progress is not kept: \(file): too many levels of symbolic links\n")
        #expect(target(of: file) == "other.json")
        for (command, status) in [("notes", 66), ("progress", 66), ("progress --reset", 66)] {
            let reader = try folder.shell("\"$headroom\" \(command)")
            #expect(reader.errors == "headroom: \(file): too many levels of symbolic links\n")
            #expect(reader.status == status)
        }
    }

    @Test("a link into a folder that is not there is one line, and makes none")
    func noFolder() throws {
        let away = folder.url.appending(path: "away").path
        try link(file, to: "\(away)/progress.json")
        let ended = try folder.learn("go gqa 2", "note lost")
        #expect(ended.status == 73)
        #expect(
            ended.errors
                == "headroom: progress could not be written to \(away)/progress.json\n")
        #expect(!FileManager.default.fileExists(atPath: away))
        #expect(target(of: file) == "\(away)/progress.json")
    }

    @Test("a folder in the place of progress is one line, and stays")
    func folderInPlace() throws {
        try FileManager.default.createDirectory(
            atPath: file + "/x", withIntermediateDirectories: true)
        let ended = try folder.learn("go gqa 2", "note lost")
        #expect(ended.status == 73)
        #expect(ended.errors == "headroom: progress is not kept: \(file): is a folder\n")
        #expect(FileManager.default.fileExists(atPath: file + "/x"))
    }

    @Test("what comes into reach while the course runs is kept together with what was done")
    func cameBack() throws {
        let away = folder.url.appending(path: "away")
        try link(file, to: away.path + "/progress.json")
        let store = ProgressStore(folder: nil, environment: folder.environment)
        var progress = store.load()
        let (mine, theirs) = (StepID("gqa/mine")!, StepID("gqa/theirs")!)
        progress.visited = [mine]
        _ = store.save(progress)
        #expect(store.warnings.count == 1)
        try FileManager.default.createDirectory(at: away, withIntermediateDirectories: true)
        var other = CourseProgress()
        other.visited = [theirs]
        try JSONEncoder().encode(other).write(to: away.appending(path: "progress.json"))
        #expect(store.save(progress).visited == [mine, theirs])
        #expect(store.warnings == [])
    }

    // MARK: Newer programs

    @Test("all digits of numbers that a newer program wrote are carried along")
    func digits() throws {
        let numbers = [
            "18446744073709551616", "-9223372036854775809", "9223372036854775809",
            "1234567890123456789012345678901234567", "0.1234567890123456789", "-0.1", "1e-200",
            "9007199254740993.5", "8.812345678901235e-05", "1.2345678901234567e-17",
        ]
        try folder.writeProgress(
            #"{"numbers": [\#(numbers.joined(separator: ","))], "text": "12"}"#)
        #expect(try folder.learn("note mine").errors == "")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(numbers.filter { !text.contains($0 + ",") && !text.contains($0 + "\n") } == [])
        #expect(text.contains(#""text" : "12""#))
    }

    @Test(
        "a number with more digits than can be carried along has its file kept beside",
        arguments: [
            "0.12345678901234567890123456789012345678", "12345678901234567890123456789012345600.1",
            "1.234567890123456e-200", "1e-400", "1e-0400",
        ])
    func tooManyDigits(number: String) throws {
        try folder.writeProgress(#"{"number": \#(number)}"#)
        #expect(
            try folder.learn("note mine").errors
                == "headroom: some of the progress could not be read and is left out; all of it is "
                + "in \(file).whole-1\n")
        #expect(try String(contentsOfFile: file + ".whole-1", encoding: .utf8).contains(number))
    }

    private static func race(seed: UInt64) -> RaceResults {
        let plan = RacePlan(seed: seed, steps: 50)
        return RaceResults(
            plan: plan, date: "2026-11-23",
            rows: plan.variants.map {
                RaceRow(
                    variant: $0, accuracy: 0.5, measured: .init(perspectives: 4, bits: 0.25),
                    curve: [.init(step: 50, accuracy: 0.5)])
            })
    }

    @Test(
        "a race that a newer program has kept is moved aside by the next one, and that is said",
        arguments: [
            ("\"version\":1", "\"version\":2"), ("\"seed\":1", "\"seed\":1,\"loss\":[2]"),
            ("\"accuracy\":0.5", "\"accuracy\":0.5,\"loss\":1"), ("{", "["),
        ])
    func newerRace(old: String, new: String) throws {
        let file = folder.state.appending(path: "race.json").path
        let store = RaceStore(environment: folder.environment)
        store.save(Self.race(seed: 1))
        store.save(Self.race(seed: 1))
        #expect(store.warnings == [])
        let text = try String(contentsOfFile: file, encoding: .utf8).replacing(old, with: new)
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        store.save(Self.race(seed: 2))
        #expect(
            store.warnings == [
                "not all of the race's results in \(file) could be read; they are kept in "
                    + "\(file).before-1"
            ])
        #expect(try String(contentsOfFile: file + ".before-1", encoding: .utf8) == text)
        #expect(RaceStore(environment: folder.environment).load() == [Self.race(seed: 2)])
    }

    @Test("what cannot be opened in a race's place is moved aside, and that is said")
    func closedRace() throws {
        let file = folder.state.appending(path: "race.json").path
        // Nobody can read it, whereas the system's own user reads any file.
        #expect(mkfifo(file, 0o600) == 0)
        let store = RaceStore(environment: folder.environment)
        store.save(Self.race(seed: 1))
        #expect(store.warnings.count == 1)
        #expect(store.load() == [Self.race(seed: 1)])
        var status = stat()
        #expect(lstat(file + ".before-1", &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    }

    @Test("a race behind a link is kept behind it")
    func raceLink() throws {
        let file = folder.state.appending(path: "race.json").path
        try link(file, to: "elsewhere.json")
        let store = RaceStore(environment: folder.environment)
        store.save(Self.race(seed: 1))
        #expect(store.warnings == [] && target(of: file) == "elsewhere.json")
        #expect(store.load() == [Self.race(seed: 1)])
    }

    @Test(
        "what a newer program has shared is kept aside before its file is taken, and that is said",
        arguments: [
            ("\"version\":1", "\"version\":2"),
            ("\"version\":1", "\"version\":1,\"pointer\":[3,4]"),
            ("\"isExploring\":false", "\"isExploring\":false,\"mode\":\"new\""),
        ])
    func newerShare(old: String, new: String) throws {
        let shared = folder.url.appending(path: "class").path
        let share = "\"$headroom\" learn gqa --plain --share '\(shared)' < /dev/null"
        #expect(try folder.shell(share).errors == "")
        #expect(try folder.shell(share).errors == "")
        let text = try String(contentsOfFile: shared, encoding: .utf8).replacing(old, with: new)
        try Data(text.utf8).write(to: URL(fileURLWithPath: shared))
        let ended = try folder.shell(share)
        #expect(ended.status == 0)
        #expect(
            ended.errors
                == "headroom: --share \(shared): a newer version has written there; what it wrote "
                + "is in \(shared).before-1\n")
        #expect(try String(contentsOfFile: shared + ".before-1", encoding: .utf8) == text)
        #expect(SharedFile.read(shared)?.isOver == true)
    }
}
