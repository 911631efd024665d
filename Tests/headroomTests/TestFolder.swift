import CourseScreens
import CourseSession
import Foundation
import TerminalCanvas
import Testing

/// Tests on real terminals, a few at a time: each waits for what it expects until a deadline.
@Suite(.onOwnThreads) enum RealTerminal {}

/// A folder of its own for a test: home, progress and sockets; gone after it.
final class TestFolder {
    // Sockets have short names only.
    let url = URL(fileURLWithPath: "/tmp/headroom-\(UUID().uuidString.prefix(8))")

    init() throws {
        try FileManager.default.createDirectory(
            at: url.appendingPathComponent("home"), withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    var home: URL { url.appendingPathComponent("home") }

    /// Writes a file in it, and gives its path.
    func write(_ text: String, to name: String) throws -> String {
        let file = url.appending(path: name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    /// All the environment that a program under test gets.
    var environment: [String: String] {
        [
            "PATH": "/usr/local/bin:/opt/homebrew/bin:/usr/bin:/bin", "HOME": home.path,
            "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "headroom": Program.executable.path,
        ]
    }
}

/// A course of one lesson whose figures and sliders are known here.
struct TestCourse {
    /// What `learn` and `render` are told to show it.
    let arguments: [String]
    /// The same in a line of shell, behind the program.
    var line: String { "\"$headroom\" learn " + arguments.joined(separator: " ") }
    /// The same course in the test's own process.
    var app: CourseApp {
        get throws {
            CourseApp(
                Session(course: try Rendered.course(in: arguments[4]), at: (0, 1)),
                size: Size(width: 80, height: 24))
        }
    }

    /// - Parameter title: the lesson's and its steps' title, and the cells of a table.
    init(in folder: TestFolder, title: String = "Words", cells: [String] = ["abcd", "ef"]) throws {
        let lessons = folder.url.appendingPathComponent("lessons")
        try FileManager.default.createDirectory(at: lessons, withIntermediateDirectories: true)
        func step(_ number: Int) -> String {
            """
            ## \(title)
            <!-- id: step-\(number) -->

            | a | b | c |
            |---|---|---|
            | abcd | ef | end |
            | \(cells.joined(separator: " | ")) | end |

            ```{heads}
            ```

            ```{sliders}
            show: [g, s]
            ```

            """
        }
        let text = """
            ---
            title: \(title)
            summary: For tests.
            setting: l=32,b=1,n=32,g=8,h=128,s=1024,bytes=2
            ---

            \((1...3).map(step).joined(separator: "\n"))
            """
        try text.write(
            to: lessons.appendingPathComponent("1-test.md"), atomically: true, encoding: .utf8)
        arguments = ["test", "--step", "2", "--lessons", lessons.path]
    }
}

/// A moment by which something must have happened.
struct Deadline {
    private let end: Date

    init(seconds: Double) { end = Date(timeIntervalSinceNow: seconds) }

    /// Whether a condition came to hold in time; it is looked at every few milliseconds.
    func met(_ condition: () throws -> Bool) rethrows -> Bool {
        while true {
            if try condition() { return true }
            if Date() > end { return false }
            usleep(5_000)
        }
    }
}
