import AttentionEngine
import Lessons

extension CourseLint {
    /// A race that marks the slider's g stands at the shape of the race's own layers.
    @Sendable static func raceRule(_ lesson: PreparedLesson) -> [Finding] {
        zip(lesson.steps, lesson.lesson.steps).compactMap { step, source in
            let marksG = step.widgets.contains {
                if case .race(let spec) = $0 { spec.marksG } else { false }
            }
            let shape = step.setting.shape
            guard marksG, step.isSettingKnown,
                shape.queryHeads != RecallTask.queryHeads
                    || shape.headDimension != RecallTask.headDimension
            else { return nil }
            return Finding(
                "race", at: source.place,
                "{race} with 'g: true' needs the race's own shape, n = "
                    + "\(RecallTask.queryHeads) and h = \(RecallTask.headDimension), in the "
                    + "step's {setting}")
        }
    }
}
