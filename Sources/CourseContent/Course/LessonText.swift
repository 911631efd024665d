import Lessons

/// A lesson as its file has it, for whoever does not have the file.
package struct LessonText: Sendable, Codable {
    /// The file's name: "5-gqa.md".
    package let file: String
    /// All that is in it.
    package let text: String

    /// Longer ones, in bytes of UTF-8, are not handed on.
    package static let longest = 400_000

    /// A file's name and text; nil of one that is too long.
    package init?(file: String, text: String) {
        guard text.utf8.count <= Self.longest else { return nil }
        self.file = file
        self.text = text
    }
}

extension LessonText: Hashable {
    /// Byte by byte: letters may have many marks.
    package static func == (one: Self, other: Self) -> Bool {
        one.file == other.file && one.text.utf8.count == other.text.utf8.count
            && one.text.utf8.elementsEqual(other.text.utf8)
    }

    /// By what is short of it.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(file)
        hasher.combine(text.utf8.count)
    }
}

extension Course {
    /// The same course with a lesson as somebody else has it, in its place by number where it is
    /// not here; nil where it is the same already, or no lesson.
    package func taking(_ other: LessonText) -> Course? {
        guard let id = Self.lessonID(of: other.file), other.text.utf8.count <= LessonText.longest
        else { return nil }
        var lessons = lessons
        let index = lessons.firstIndex { $0.id == id }
        if let index, lessons[index].text == other { return nil }
        let taken = PreparedLesson(id: id, text: other) {
            Lesson.parse(other.text, file: other.file)
        }
        if let index {
            lessons[index] = taken
        } else {
            let number = Self.lessonNumber(other.file) ?? .max
            let next = lessons.firstIndex {
                Self.lessonNumber($0.lesson.file) ?? .max > number
            }
            lessons.insert(taken, at: next ?? lessons.count)
        }
        return Course(lessons: lessons, folder: folder, facts: facts)
    }
}
