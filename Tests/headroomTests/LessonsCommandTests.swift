import CourseContent
import CourseSession
import Foundation
import Testing

@testable import headroom

@Suite("headroom lessons", .onOwnThreads)
struct LessonsCommandTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func run(_ arguments: String = "") throws -> Program {
        try folder.shell("\"$headroom\" lessons \(arguments)")
    }

    @Test("names every lesson and step of the course by the ids that learn takes")
    func all() throws {
        let course = Course(files: try CourseFiles.load(folder: nil).files)
        let lines = try run().lines
        for lesson in course.lessons {
            #expect(lines.contains { $0.contains(" \(lesson.id): \(lesson.title)") })
            for step in lesson.steps {
                #expect(lines.contains { $0.contains("  new       \(step.id)  ") })
            }
        }
        #expect(lines.allSatisfy { $0.count <= 80 && $0.last != " " })
        #expect(try run("--ascii").output.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test("tells what is done of each")
    func states() throws {
        _ = try folder.learn("go gqa 4", "predict 1 B", "predict 2 B", "go gqa 1", "note one")
        let lines = try run("gqa").lines
        #expect(lines[0].hasPrefix("5 gqa: Grouped-query attention. 2 of "))
        #expect(lines[1].hasPrefix("   1  seen      "))
        #expect(lines[2].hasPrefix("   2  new       "))
        #expect(lines[4].hasPrefix("   4  missed    half-of-g"))
        let json = try JSONSerialization.jsonObject(with: Data(run("5 --json").output.utf8))
        let lesson = try #require((json as? [[String: Any]])?.first)
        #expect(lesson["id"] as? String == "gqa")
        #expect(lesson["steps_seen"] as? Int == 2)
        let steps = try #require(lesson["steps"] as? [[String: Any]])
        #expect(steps[0]["notes"] as? Int == 1)
        #expect(steps[3]["state"] as? String == "missed")
    }

    @Test("fits a terminal of any width", arguments: [30, 60, 80, 132])
    func widths(width: Int) throws {
        let session = try TmuxSession(columns: width, rows: 120, folder: folder)
        try session.type("clear; \"$headroom\" lessons gqa")
        try session.wait("the prompt behind it") { $0.count > 5 && $0.last == "$" }
        let screen = try session.screen().filter { $0 != "" && $0 != "$" }
        let table = LessonTable(width: width, glyphs: .unicode)
        let course = Course(files: try CourseFiles.load(folder: nil).files)
        let entry = LessonEntry(number: 5, lesson: course.lessons[4], progress: CourseProgress())
        #expect(screen == table.lines([entry]).filter { $0 != "" })
        #expect(screen.allSatisfy { $0.count <= width })
    }

    @Test("lists another course, and refuses a lesson that there is not")
    func other() throws {
        let course = try TestCourse(in: folder, title: "\u{202E}Wor\u{7}ds")
        let output = try run("--lessons '\(course.arguments[4])'").output
        #expect(output.contains("step-2"))
        #expect(!output.unicodeScalars.contains("\u{202E}") && !output.contains("\u{7}"))
        let ended = try run("nope")
        #expect(ended.status == 64 && ended.errors.contains("no lesson or command 'nope'"))
    }
}
