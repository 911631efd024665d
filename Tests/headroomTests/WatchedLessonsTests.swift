import CourseContent
import CourseScreens
import CourseSession
import Foundation
import Testing

@testable import headroom

/// Editors, version control and scripts at work on a folder of lessons that is open.
@Suite("A watched folder of lessons", .onOwnThreads)
struct WatchedLessonsTests {
    private let folder: TestFolder
    private var lessons: URL { folder.url.appending(path: "lessons") }
    private var own: URL { lessons.appending(path: "1-own.md") }

    init() throws {
        folder = try TestFolder()
        try FileManager.default.createDirectory(at: lessons, withIntermediateDirectories: true)
        try write("First", to: own)
    }

    private func write(_ title: String, to file: URL, isRenamed: Bool = false) throws {
        try Self.text(title).write(to: file, atomically: isRenamed, encoding: .utf8)
    }

    private static func text(_ title: String) -> String {
        "---\ntitle: \(title)\nsummary: For tests.\n---\n\n## One\n\nWords.\n"
    }

    /// A watch that has told of an edit already, so that it is there for the next one.
    private func watch() throws -> Listener {
        let listener = try Listener(try CourseFiles.load(folder: lessons.path), lessons)
        try write("Seen", to: own)
        try #require(listener.hears(["Seen"] + listener.others))
        return listener
    }

    @Test("a folder that is removed and made anew is watched on", arguments: [true, false])
    func recreated(isMoved: Bool) throws {
        let listener = try watch()
        for title in ["Once", "Twice"] {
            if isMoved {
                let away = folder.url.appending(path: "away-\(title)")
                try FileManager.default.moveItem(at: lessons, to: away)
            } else {
                try FileManager.default.removeItem(at: lessons)
            }
            usleep(200_000)
            try FileManager.default.createDirectory(at: lessons, withIntermediateDirectories: true)
            try write(title, to: own)
            #expect(listener.hears([title]))
            try write(title + " more", to: own)
            #expect(listener.hears([title + " more"]))
        }
    }

    @Test("a lesson behind links is read again when the target is edited or a link led elsewhere")
    func links() throws {
        let files = FileManager.default
        let elsewhere = folder.url.appending(path: "elsewhere")
        try files.createDirectory(at: elsewhere, withIntermediateDirectories: true)
        let target = elsewhere.appending(path: "text.md")
        let chain = folder.url.appending(path: "chain.md")
        try write("First", to: target)
        try files.createSymbolicLink(at: chain, withDestinationURL: target)
        try files.createSymbolicLink(
            atPath: lessons.appending(path: "2-linked.md").path, withDestinationPath: "../chain.md")
        let listener = try watch()
        for isRenamed in [false, true, false] {
            try write("In place, \(isRenamed)", to: target, isRenamed: isRenamed)
            #expect(listener.hears(["Seen", "In place, \(isRenamed)"]))
        }
        let other = elsewhere.appending(path: "other.md")
        try write("Other", to: other)
        try files.removeItem(at: chain)
        try files.createSymbolicLink(at: chain, withDestinationURL: other)
        #expect(listener.hears(["Seen", "Other"]))
        try write("Other again", to: other)
        #expect(listener.hears(["Seen", "Other again"]))
    }

    @Test(
        "a folder in which something is written all the time is read again all the same",
        arguments: ["2-noise.md", "notes.txt"])
    func noise(name: String) throws {
        let noise = lessons.appending(path: name)
        try write("Noise", to: noise)
        let listener = try watch()
        let writer = Self.writer(to: noise)
        defer { writer.cancel() }
        usleep(100_000)
        try write("Heard", to: own, isRenamed: true)
        #expect(listener.hears(["Heard"] + listener.others))
    }

    /// Writes a file a hundred times a second.
    private static func writer(to file: URL) -> Thread {
        let writer = Thread {
            while !Thread.current.isCancelled {
                try? text("Noise").write(to: file, atomically: true, encoding: .utf8)
                usleep(10_000)
            }
        }
        writer.start()
        return writer
    }

    @Test("who waits for quiet does not wait for as long as something happens")
    func patience() {
        let writer = Self.writer(to: lessons.appending(path: "2-noise.md"))
        defer { writer.cancel() }
        let folder = lessons.path
        let ends = DispatchSemaphore(value: 0)
        Thread {
            FolderChanges(of: folder, quiet: .seconds(3_600)) { _ in true }.wait()
            ends.signal()
        }.start()
        #expect(ends.wait(timeout: .now() + .seconds(30)) == .success)
    }

    @Test("an edit between the reading of the course and the watch is not missed")
    func early() throws {
        let files = try CourseFiles.load(folder: lessons.path)
        try write("Early", to: own)
        #expect(try Listener(files, lessons).hears(["Early"]))
    }

    @Test("a lesson that is moved away and written anew a moment later was never gone")
    func slowSave() throws {
        try write("Other", to: lessons.appending(path: "2-other.md"))
        let listener = try watch()
        try FileManager.default.moveItem(at: own, to: lessons.appending(path: "1-own.md~"))
        listener.listen(seconds: 0.3)
        let file = try FileHandle(forWritingTo: Self.created(own))
        listener.listen(seconds: 0.3)
        try file.write(contentsOf: Data(Self.text("Saved").utf8))
        try file.close()
        #expect(listener.hears(["Saved", "Other"]))
        #expect(listener.heard.allSatisfy { $0.count == 2 })
        // Whatever is gone for good is so after a second.
        try FileManager.default.removeItem(at: own)
        #expect(listener.hears(["Other"]))
    }

    private static func created(_ file: URL) throws -> URL {
        try Data().write(to: file)
        return file
    }

    #if os(Linux)
        @Test("a watch that is over leaves no descriptor behind")
        func descriptors() throws {
            func watches() throws -> Int {
                let own = "/proc/self/fd"
                return try FileManager.default.contentsOfDirectory(atPath: own).count {
                    let target = try? FileManager.default.destinationOfSymbolicLink(
                        atPath: "\(own)/\($0)")
                    return target?.contains("inotify") == true
                }
            }
            let before = try watches()
            for _ in 0..<40 {
                _ = FolderChanges(of: lessons.path, quiet: .zero) { _ in true }
                _ = FolderChanges(of: "/nowhere", quiet: .zero) { _ in true }
            }
            #expect(try watches() < before + 20)
        }

        @Test("a watch that the kernel takes back becomes a look each second, not a busy loop")
        func lost() throws {
            let changes = FolderChanges(of: lessons.path, quiet: .zero) { _ in true }
            let null = open("/dev/null", O_RDONLY)
            #expect(dup2(null, changes.descriptor) >= 0)
            close(null)
            changes.wait()
            #expect(changes.descriptor < 0)
            let time = ContinuousClock().measure { changes.wait(atMost: .milliseconds(200)) }
            #expect(time >= .milliseconds(200))
        }
    #endif
}

/// What a watch tells, title by title.
private final class Listener {
    private(set) var heard: [[String]] = []
    /// The titles behind the first one.
    let others: [String]
    private let lessons: WatchedLessons

    init(_ files: CourseFiles, _ folder: URL) throws {
        others = Course(files: files.files).lessons.dropFirst().map(\.title)
        lessons = try #require(
            WatchedLessons(files, folder: folder.path, waker: .init {}))
    }

    /// Whether the newest version comes to be one of these titles.
    func hears(_ titles: [String]) -> Bool {
        Deadline(seconds: 30).met {
            take()
            return heard.last == titles
        }
    }

    func listen(seconds: Double) {
        _ = Deadline(seconds: seconds).met {
            take()
            return false
        }
    }

    private func take() {
        if let course = lessons.news() { heard.append(course.lessons.map(\.title)) }
    }
}
