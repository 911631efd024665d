import Lessons
import Synchronization
import Testing

@testable import CourseContent

@Suite("Lessons that are read when they are asked for")
struct LazyLessonTests {
    private static let text = "---\ntitle: One\nsummary: s\n---\n\n## First\n\nWords.\n"

    @Test("a lesson is made when more than its id is asked for, once for all of its copies")
    func madeOnce() {
        let times = Mutex(0)
        let lesson = PreparedLesson(id: "one") {
            times.withLock { $0 += 1 }
            return Lesson.parse(Self.text, file: "1-one.md")
        }
        let course = Course(lessons: [lesson])
        #expect(course.index(of: "one") == 0)
        let none = StepID(lesson: "", part: "")
        #expect(course.current(none) == none)
        #expect(times.withLock { $0 } == 0)
        #expect(lesson.title == "One")
        #expect(course.place(of: StepID(lesson: "one", part: "first"))?.step == 0)
        #expect(times.withLock { $0 } == 1)
    }
}
