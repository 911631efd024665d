import Lessons

/// A course whose files are edited while it is open.
extension CourseApp {
    /// Takes on a course's files as they are after an edit. The learner stays at the step of the
    /// same id, or behind the nearest one before it that is left, with their values unless the
    /// step's own are others now.
    ///
    /// A lesson that has errors now keeps its last version without any; the notice says the first.
    package mutating func reload(_ edited: Course) {
        defer { updateLayout() }
        // A note belongs to the step that it was opened on, whatever becomes of that.
        if case .note? = overlay {
            keepOpenNote()
            overlay = nil
        }
        let (lesson, step, parameter) = (self.lesson, lessonStep, focused?.parameter)
        let before = course
        course = before.taking(edited)
        notice = Self.word(of: edited, shown: course, before: before, first: lesson?.id)
        guard let index = course.lessons.firstIndex(where: { $0.id == lesson?.id }) else {
            return enter(lesson: min(lessonIndex, max(0, course.lessons.count - 1)), step: 0)
        }
        lessonIndex = index
        stepIndex = course.lessons[index].index(nearest: stepIndex, of: lesson?.stepIDs ?? [])
        recordVisit()
        if let lessonStep, !isExploring, lessonStep.setting != step?.setting {
            setting = lessonStep.setting
            model = lessonStep.model
        }
        focusIndex = self.step.sliders.firstIndex { $0.parameter == parameter } ?? 0
        if !isAnswerPossible { answering = nil }
        if !canPlace { placing = nil }
        if case .contents(let selected) = overlay {
            overlay = .contents(selected: min(selected, contentsEntries().count - 1))
        }
    }

    /// Says what is wrong with a lesson from the start, as it is said of one that is edited.
    package mutating func tellErrors() {
        notice = course.lessons.lazy.compactMap(Self.error(in:)).first ?? notice
    }

    /// "5-gqa.md:12: …", the first error in a lesson.
    static func error(in lesson: PreparedLesson) -> String? {
        lesson.firstError.map { "\(lesson.lesson.file):\($0.place.line): \($0.message)" }
    }

    /// What is wrong in an edited course, in the lesson on the screen first; else what is new.
    private static func word(
        of edited: Course, shown: Course, before: Course, first: String?
    ) -> String? {
        let broken = edited.lessons.filter { $0.firstError != nil }
        if let lesson = broken.first(where: { $0.id == first }) ?? broken.first,
            let error = error(in: lesson)
        {
            let isKept = shown.lessons.contains { $0.id == lesson.id && $0.firstError == nil }
            return error + (isKept ? "; the version before it stays" : "")
        }
        let old = Set(before.lessons.map(\.lesson))
        let new = edited.lessons.map(\.lesson).filter { !old.contains($0) }.map(\.file)
        return new.isEmpty ? nil : "Read again: \(new.joined(separator: ", "))"
    }

    /// Whether the step's question is still of the kind that is being answered.
    private var isAnswerPossible: Bool {
        switch (answering, step.question?.kind) {
        case (nil, _), (.typing, .number), (.typing, .free): true
        case (.choosing(let selected), .choice(let choices)): selected < choices.count
        case (.hunting(let row, let column, _), .find(_, let rows, _)):
            row < rows.count && column < rows[row].count
        default: false
        }
    }
}

extension Course {
    /// The lessons of an edited course, but the version here of those that only there have errors.
    fileprivate func taking(_ edited: Course) -> Course {
        let lessons = edited.lessons.map { lesson in
            guard lesson.firstError != nil else { return lesson }
            return self.lessons.first { $0.id == lesson.id && $0.firstError == nil } ?? lesson
        }
        return Course(lessons: lessons, folder: edited.folder)
    }
}

extension PreparedLesson {
    fileprivate var firstError: Finding? { findings.first { $0.severity == .error } }

    /// The index of the step that an index meant before: the one of the same id, or the one behind
    /// the nearest before it that is still here.
    fileprivate func index(nearest old: Int, of oldIDs: [String]) -> Int {
        for index in stride(from: min(old, oldIDs.count - 1), through: 0, by: -1) {
            if let now = stepIDs.firstIndex(of: oldIDs[index]) {
                return min(index == old ? now : now + 1, stepIDs.count - 1)
            }
        }
        return 0
    }
}
