import Lessons

/// The lessons in their order.
package struct Course: Sendable {
    /// The lessons by number.
    package let lessons: [PreparedLesson]
    /// Where a course of one's own was read from; nil for the course inside the program.
    package let folder: String?
    /// What it says of itself.
    package let facts: CourseFacts
    /// Steps that are no more, each with the step that its name leads to.
    private let former: Lazily<[StepID: StepID]>
    /// Where lessons stand: asked for at every key.
    private let lessonIndices: [String: Int]

    /// A course of lessons in the order given.
    package init(
        lessons: [PreparedLesson], folder: String? = nil, facts: CourseFacts = CourseFacts()
    ) {
        self.lessons = lessons
        self.facts = facts
        self.folder = folder
        former = Lazily { Dictionary(lessons.flatMap(\.formerSteps)) { first, _ in first } }
        lessonIndices = Dictionary(lessons.enumerated().map { ($1.id, $0) }) { first, _ in first }
    }

    /// A course from files (name and text); those whose name is no lesson's are left out. A second
    /// lesson with an id is found by its file's name, which is no id, so that places stay apart.
    ///
    /// Each lesson is read when something in it is asked for: the program begins with one of them.
    package init(files: [(name: String, text: String)], folder: String? = nil) {
        var ids: Set<String> = []
        let lessons = files.filter { Self.isLesson($0.name) }
            .sorted { Self.order($0.name) < Self.order($1.name) }
            .map { file in
                let id = Lesson.id(file: file.name)
                let isFirst = ids.insert(id).inserted
                return PreparedLesson(
                    id: isFirst ? id : file.name,
                    text: LessonText(file: file.name, text: file.text)
                ) { Lesson.parse(file.text, file: file.name) }
            }
        let own = files.first { $0.name == CourseFile.name }
        self.init(
            lessons: lessons, folder: folder,
            facts: own.map { CourseFacts($0.text) } ?? CourseFacts())
    }

    /// Whether a file's name is that of a lesson.
    package static func isLesson(_ name: String) -> Bool { lessonNumber(name) != nil }

    /// The id of the lesson in a file: "gqa" of "5-gqa.md"; nil where it is none.
    package static func lessonID(of name: String) -> String? {
        isLesson(name) ? String(name.drop { $0 != "-" }.dropFirst().dropLast(3)) : nil
    }

    /// The number of "5-gqa.md"; nil where a name is not of that form.
    static func lessonNumber(_ name: String) -> Int? {
        let digits = name.prefix { $0.isASCII && $0.isNumber }
        let rest = name.dropFirst(digits.count)
        guard let number = Int(digits), number > 0, rest.hasPrefix("-"), rest.hasSuffix(".md"),
            rest.count > 4,
            rest.dropLast(3).allSatisfy({
                $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-")
            })
        else { return nil }
        return number
    }

    private static func order(_ name: String) -> (Int, String) {
        (lessonNumber(name) ?? Int.max, name)
    }

    /// The index of a lesson given by id, number or the beginning of its id.
    package func index(of name: String) -> Int? {
        if let number = Int(name) {
            return 0 < number && number <= lessons.count ? number - 1 : nil
        }
        return lessons.firstIndex { $0.id == name }
            ?? lessons.firstIndex { $0.id.hasPrefix(name.lowercased()) }
    }

    /// The present name of a step that may have had another: its own where the course has the step,
    /// or knows no other.
    package func current(_ id: StepID) -> StepID {
        // A course that was not begun is at no step, and no lesson need be read to know.
        id.part.isEmpty || place(of: id) != nil ? id : former.value[id] ?? id
    }

    /// The present name of a question that may have been asked in another lesson: of that name, in
    /// a step that one of that lesson's leads to now. Elsewhere a question of that name is another.
    package func current(_ id: QuestionID) -> QuestionID {
        guard find(id) == nil else { return id }
        let names = former.value.compactMap { name, now -> String? in
            guard name.lesson == id.lesson, let place = place(of: now) else { return nil }
            let step = lessons[place.lesson].steps[place.step]
            return step.question?.id == id.part ? now.lesson : nil
        }
        return names.min().map { QuestionID(lesson: $0, part: id.part) } ?? id
    }

    /// Where a step stands, by its present or a former name: the indices of its lesson and of it
    /// there; nil where the course has no such step.
    package func find(_ id: StepID) -> (lesson: Int, step: Int)? { place(of: current(id)) }

    /// Where the lesson of an id stands; nil where the course has none.
    package func lessonIndex(of id: String) -> Int? { lessonIndices[id] }

    /// The indices of a step's lesson and of it there; nil where no step has that name now.
    package func place(of id: StepID) -> (lesson: Int, step: Int)? {
        guard let lesson = lessonIndices[id.lesson],
            let step = lessons[lesson].stepIndices[id.part]
        else { return nil }
        return (lesson, step)
    }

    /// Where the step stands that asks a question; nil where the course does not ask it. Looks at
    /// the steps of its lesson until it is found.
    package func find(_ id: QuestionID) -> (lesson: Int, step: Int)? {
        guard let lesson = lessonIndices[id.lesson] else { return nil }
        let step = lessons[lesson].steps.firstIndex { $0.question?.id == id.part }
        return step.map { (lesson, $0) }
    }
}
