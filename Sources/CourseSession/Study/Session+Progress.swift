import AttentionEngine

/// What is kept of each step, and brought back where the course was left.
extension Session {
    /// What is to be kept: also where the learner is and what the step is set to.
    package var progress: CourseProgress {
        guard followed == nil, review == nil, let own = lessonStep?.setting else { return kept }
        var progress = kept
        progress.position = position.told
        progress.visited.insert(position.step)
        let left =
            if case .explore(let back) = position.mode { back?.subject.setting ?? own } else {
                setting
            }
        progress.settings[position.step] =
            left == own ? nil : KeptSetting(setting: left.text, own: own.text)
        return progress
    }

    /// Takes on what other programs have written to the same file.
    package mutating func adopt(_ progress: CourseProgress) {
        kept = progress.clipped.named(as: course)
    }

    /// Goes where the course was left: to the setting that the step was left with, unless its
    /// lesson says another now. False where nothing was kept, or the lesson is gone.
    mutating func resume() -> Bool {
        let before = kept
        let last = before.position
        guard let lesson = course.lessons.firstIndex(where: { $0.id == last.step.lesson }) else {
            return false
        }
        let step = course.lessons[lesson].stepIDs.firstIndex(of: last.step.part)
        enter(lesson: lesson, step: step ?? 0)
        if let left = before.settings[position.step], left.own == setting.text,
            let own = try? CacheSetting(text: left.setting)
        {
            let subject = Subject(own, of: last.subject?.model ?? model)
            go(to: Position(position.step, subject: subject, focus: position.focus))
        }
        if step != nil, let dials = last.subject?.dials { position.subject?.dials = dials }
        if last.isExploring, step != nil, let subject = last.subject {
            go(
                to: Position(
                    position.step, mode: .explore(back: position.visit), subject: subject,
                    focus: last.focus))
        }
        return true
    }
}
