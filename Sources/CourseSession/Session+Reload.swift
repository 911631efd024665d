import CourseContent
import Lessons

/// A course whose files are edited while it is open.
extension Session {
    /// Takes on a course's files as they are after an edit. The learner stays at the step of the
    /// same id, or behind the nearest one before it that is left, with their values unless the
    /// step's own are others now.
    ///
    /// A lesson that has errors now keeps its last version without any; the notice says the first.
    package mutating func reload(_ edited: Course) {
        let (lesson, index, before) = (self.lesson, stepIndex, course)
        let own = lessonStep
        course = before.taking(edited)
        kept = kept.named(as: course)
        notice = Self.word(of: edited, shown: course, before: before, first: lesson?.id)
        let found = course.find(position.step)
        guard let now = found.map({ course.lessons[$0.lesson] }) ?? self.lesson else {
            let last = before.lessons.firstIndex { $0.id == lesson?.id } ?? 0
            return enter(lesson: min(last, max(0, course.lessons.count - 1)), step: 0)
        }
        let step = found?.step ?? now.index(nearest: index, of: lesson?.stepIDs ?? [])
        var place = position
        place.step = StepID(lesson: now.id, part: now.steps.isEmpty ? "" : now.steps[step].id)
        // Values of the step's own follow its edits.
        if !isExploring, now.steps.indices.contains(step) {
            let edited = now.steps[step]
            if (edited.setting, edited.dials) != (own?.setting, own?.dials) {
                place.subject = Subject(edited.setting, of: edited.model, dials: edited.dials)
            }
        }
        go(to: place)
    }

    /// Says what is wrong with a lesson from the start, as it is said of one that is edited. The
    /// course inside the program was linted, and is not read whole for that.
    package mutating func tellErrors() {
        if course.folder == nil { return }
        notice = course.lessons.lazy.compactMap(\.firstErrorText).first ?? notice
    }

    /// What is wrong in an edited course, in the lesson on the screen first; else what is new.
    private static func word(
        of edited: Course, shown: Course, before: Course, first: String?
    ) -> String? {
        let broken = edited.lessons.filter { $0.firstError != nil }
        if let lesson = broken.first(where: { $0.id == first }) ?? broken.first,
            let error = lesson.firstErrorText
        {
            let isKept = shown.lessons.contains { $0.id == lesson.id && $0.firstError == nil }
            return error + (isKept ? "; the previous version stays" : "")
        }
        let old = Set(before.lessons.map(\.lesson))
        let new = edited.lessons.map(\.lesson).filter { !old.contains($0) }.map(\.file)
        return new.isEmpty ? nil : "Reloaded: \(new.joined(separator: ", "))"
    }
}

extension Course {
    /// The lessons of an edited course, but the version here of those that only there have errors.
    fileprivate func taking(_ edited: Course) -> Course {
        let lessons = edited.lessons.map { lesson in
            guard lesson.firstError != nil else { return lesson }
            return self.lessons.first { $0.id == lesson.id && $0.firstError == nil } ?? lesson
        }
        return Course(lessons: lessons, folder: edited.folder, facts: edited.facts)
    }
}

extension PreparedLesson {
    fileprivate var firstError: Finding? { findings.first { $0.severity == .error } }

    /// "5-gqa.md:12: …", the first error in it.
    var firstErrorText: String? {
        firstError.map { "\(lesson.file):\($0.place.line): \($0.message)" }
    }

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
