import Foundation
import TerminalCanvas
import TestSupport
import Testing

@testable import CourseScreens
@testable import CourseSession

/// A screen of the course: where it starts, and what is pressed there.
struct Scenario: Sendable, CustomTestStringConvertible {
    let name: String
    let lesson: String
    let step: String
    let size: Size
    let glyphs: Glyphs
    let keys: String

    init(
        _ name: String, _ lesson: String, _ step: String, size: Size = .usual,
        glyphs: Glyphs = .unicode, keys: String = ""
    ) {
        self.name = name
        self.lesson = lesson
        self.step = step
        self.size = size
        self.glyphs = glyphs
        self.keys = keys
    }

    var testDescription: String { name }

    func snapshot() throws -> String {
        var app = ShippedCourse.app(lesson, step, size: size, glyphs: glyphs)
        app.press(try KeyNotation.keys(from: keys))
        return app.canvas().snapshot + "\n"
    }
}

@Suite("The main screens")
struct SnapshotTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Snapshots")

    private static let isRecording =
        ProcessInfo.processInfo.environment["HEADROOM_RECORD_SNAPSHOTS"] == "1"

    static let scenarios = [
        Scenario("heads-and-sliders", "gqa", "between-the-ends", keys: "Left"),
        Scenario("memory-and-sliders", "gqa", "from-end-to-end", keys: "a Left Left"),
        Scenario("cache", "kv-cache", "keep-them"),
        Scenario("repeat-and-tile", "gqa", "which-head-reads-which"),
        Scenario("wrong-guess", "kv-cache", "gpt-3", keys: "Enter 2 . 4 Space G B Enter"),
        Scenario("find-mistakes", "compare", "the-first-table", keys: "Enter Right Down"),
        Scenario("contents", "mqa", "n-times-less", keys: "c"),
        Scenario("models", "mqa", "n-times-less", keys: "m l l a m a"),
        Scenario(
            "gpus", "gqa", "why-so-often-eight", keys: "2 Enter e g Right Right Right Down"),
        Scenario("help", "start", "several-heads", keys: "?"),
        Scenario("why", "gqa", "gpt-3-with-eight-k-v-heads", keys: "w"),
        Scenario("side-by-side-120x40", "question", "one-line", size: .wide),
        Scenario("least-60x20", "mha", "every-head-its-own", size: .least),
        Scenario("ascii", "mqa", "n-times-less", glyphs: .ascii, keys: "e"),
    ]

    @Test("are as they were recorded", arguments: scenarios)
    func asRecorded(scenario: Scenario) throws {
        let file = Self.folder.appending(path: "\(scenario.name).txt")
        let screen = try scenario.snapshot()
        if Self.isRecording {
            try screen.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("recorded \(scenario.name); look at it and run the tests again")
            return
        }
        let recorded = try? String(contentsOf: file, encoding: .utf8)
        let text = try #require(
            recorded, "no snapshot yet; HEADROOM_RECORD_SNAPSHOTS=1 records it")
        let lines = (
            old: text.split(separator: "\n"), new: screen.split(separator: "\n")
        )
        let differing = zip(lines.old, lines.new).filter { $0 != $1 }
            .prefix(6).map { "- \($0)\n+ \($1)" }.joined(separator: "\n")
        #expect(screen == text, "the screen changed; record it again if it is meant\n\(differing)")
    }

    @Test("each have one snapshot, and no snapshot is left over")
    func nothingLeftOver() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
            .filter { $0.hasSuffix(".txt") }
        #expect(Set(names) == Set(Self.scenarios.map { "\($0.name).txt" }))
        #expect(Set(Self.scenarios.map(\.name)).count == Self.scenarios.count)
    }
}
