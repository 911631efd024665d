import CourseContent
import ModelCatalog
import Testing

@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("What is long, and what is seen, in the plain mode")
struct PlainPartsTests {
    @Test("a long list is told in parts, each row once, and rest goes on")
    func parts() {
        var course = PlainCourse.at("gqa", "from-end-to-end")
        #expect(course.type("rest") == "No list was left unfinished.")
        let count = Catalog.models.count
        var rows: [Substring] = []
        var command = "models"
        for part in 1...count {
            let lines = course.type(command).split(separator: "\n")
            rows += lines.filter { $0.hasPrefix("- ") }
            #expect(rows.count == min(20 * part, count))
            guard rows.count < count else { break }
            #expect(lines.last == "\(rows.count) of \(count); rest goes on.")
            command = "rest"
        }
        #expect(Set(rows).count == count)
        #expect(course.type("rest") == "No list was left unfinished.")
        #expect(!course.type("model gemma").contains("rest goes on"))
    }

    @Test("prose on what is seen in a picture has words of its own")
    func ownWords() {
        var course = PlainCourse.at("start", "turn-the-page")
        let said = course.words("again")
        #expect(said.contains("The picture is told in words") && !said.contains("upper row"))
    }
}
