import Foundation
import Lessons
import TerminalCanvas
import Testing
@testable import LessonScreens
@Test func look() throws {
    let dir = "/work/main/lessons"
    let names = try FileManager.default.contentsOfDirectory(atPath: dir)
    let files = try names.filter{$0.hasSuffix(".md")}.map { ($0, try String(contentsOfFile: dir+"/"+$0, encoding: .utf8)) }
    var out = ""
    for e in CourseLint.findings(files: files.map { (name: $0.0, text: $0.1) }) { out += e.text + "\n" }
    let course = Course(files: files.map { (name: $0.0, text: $0.1) })
    for (l, lesson) in course.lessons.enumerated() { for s in lesson.steps.indices {
        let app = CourseApp(course: course, size: Size(width: 80, height: 24), lesson: l, step: s)
        out += String(repeating: "=", count: 80) + "\n" + app.canvas().text + "\n"
    } }
    try out.write(toFile: "/tmp/look.txt", atomically: true, encoding: .utf8)
}
