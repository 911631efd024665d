import CourseContent
import Lessons
import ModelFiles

/// Texts that are there without a file: the prose of the lessons inside the program.
enum OwnTexts {
    /// What a model predicts: every fourth lesson, the third and the seventh.
    static var predicted: [UInt8] { prose(ofLessons: isPredicted) }

    /// What is read to know what is worth keeping: the other lessons, so that no model is measured
    /// by what it was calibrated with.
    static var calibration: [UInt8] { prose(ofLessons: { !isPredicted($0) }) }

    private static func isPredicted(_ lesson: Int) -> Bool { lesson % 4 == 3 }

    /// Titles, paragraphs, lists and tables in the order of the lessons, counted from 1.
    private static func prose(ofLessons isMeant: (Int) -> Bool) -> [UInt8] {
        // The linter holds what is written against what is computed.
        let writer = PlainWriter { $0.written }
        var passages: [String] = []
        for (index, file) in EmbeddedCourse.files.enumerated() where isMeant(index + 1) {
            let lesson = Lesson.parse(file.text, file: file.name)
            passages.append(lesson.title)
            for step in lesson.steps {
                passages += [step.title] + step.blocks.flatMap(\.texts).map(writer.text)
            }
        }
        return Array(
            passages.joined(separator: "\n\n").replacing("\u{A0}", with: " ").utf8)
    }
}

/// No text is larger.
let mostBytes = 1 << 24

/// The bytes of a text's file; throws where it cannot be read or is larger than 16 MiB, which is
/// said then.
func textOfFile(_ path: String) throws -> [UInt8] {
    try reading(path) { file throws(FileProblem) in
        guard file.count <= mostBytes else {
            throw FileProblem("is larger than \(mostBytes >> 20) MiB, the limit for a text")
        }
        return try file.read(0..<file.count)
    }
}
