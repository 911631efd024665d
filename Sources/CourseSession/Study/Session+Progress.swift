import AttentionEngine
import CourseContent
import ModelCatalog

/// What is kept of each step, and brought back where the course was left.
extension Session {
    /// What is to be kept: also where the learner is and what the step is set to.
    package var progress: CourseProgress {
        guard followed == nil, review == nil, let step = lessonStep else { return kept }
        var progress = kept
        progress.position = position.told
        progress.visited.insert(position.step)
        let own = openingSubject(of: step)
        let left =
            if case .explore(let back) = position.mode { back?.subject ?? own } else { subject }
        let isOwn = (left.setting, left.dials) == (own.setting, own.dials)
        progress.settings[position.step] =
            isOwn
            ? nil
            : KeptSetting(
                setting: left.setting.text, own: own.setting.text, dials: left.dials.text,
                ownDials: own.dials.text)
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
        guard let lesson = course.lessonIndex(of: last.step.lesson) else {
            return false
        }
        let step = course.place(of: last.step)?.step
        enter(lesson: lesson, step: step ?? 0)
        if let left = before.settings[position.step] { takeUp(left, of: last.subject?.model) }
        if last.isExploring, step != nil, let subject = last.subject {
            go(
                to: Position(
                    position.step, mode: .explore(back: position.visit), subject: subject,
                    focus: last.focus))
        }
        return true
    }

    /// Sets the step as it was left: its setting, unless it opens on another now, and so its dials.
    private mutating func takeUp(_ left: KeptSetting, of kept: Model?) {
        var subject = subject
        if left.own == setting.text, let setting = try? CacheSetting(text: left.setting) {
            subject = Subject(setting, of: kept ?? model, dials: subject.dials)
        }
        if let dials = left.dials, let step = lessonStep,
            left.ownDials == openingSubject(of: step).dials.text
        {
            subject.dials = DialValues(text: dials)
        }
        go(to: Position(position.step, subject: subject, focus: position.focus))
    }
}
