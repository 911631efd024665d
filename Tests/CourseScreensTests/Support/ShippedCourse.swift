import CourseContent
import Foundation
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

/// The course as it stands in the repository's lessons folder.
enum ShippedCourse {
    static let files: [(name: String, text: String)] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../lessons").standardizedFileURL
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().compactMap { name in
            guard name.hasSuffix(".md"),
                let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
            else { return nil }
            return (name, text)
        }
    }()

    static let course = Course(files: files)

    /// A step by its place in the course, counted from 0.
    struct Place: Hashable, Sendable, CustomTestStringConvertible {
        let lesson: Int
        let step: Int

        var testDescription: String {
            let lesson = ShippedCourse.course.lessons[lesson]
            return "\(lesson.id)/\(lesson.steps[step].id)"
        }
    }

    static let places: [Place] = course.lessons.indices.flatMap { lesson in
        course.lessons[lesson].steps.indices.map { Place(lesson: lesson, step: $0) }
    }

    /// The app at a step, as it opens there.
    static func app(
        _ place: Place, size: Size = .usual, glyphs: Glyphs = .unicode
    ) -> CourseApp {
        CourseApp(
            course: course, size: size, glyphs: glyphs, lesson: place.lesson, step: place.step)
    }

    /// The app at a step of a lesson, both by id.
    static func app(
        _ lesson: String, _ step: String, size: Size = .usual, glyphs: Glyphs = .unicode
    ) -> CourseApp {
        guard let index = course.index(of: lesson),
            let stepIndex = course.lessons[index].stepIDs.firstIndex(of: step)
        else { preconditionFailure("no step \(lesson)/\(step) in the course") }
        return app(Place(lesson: index, step: stepIndex), size: size, glyphs: glyphs)
    }
}

extension Size {
    static let least = Size(width: 60, height: 20)
    static let usual = Size(width: 80, height: 24)
    static let wide = Size(width: 120, height: 40)
    static let huge = Size(width: 200, height: 60)

    static let supported = [least, usual, wide, huge]
}

extension Glyphs {
    static let both: [Glyphs] = [.unicode, .ascii]
}
