import Foundation
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("The README")
struct ReadmeTests {
    @Test("opens with the program's own screen")
    func opensWithAScreen() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let screen = try #require(text.components(separatedBy: "```\n").dropFirst().first)
        #expect(screen == ShippedCourse.app("question", "one-line").canvas().text + "\n")
    }
}
