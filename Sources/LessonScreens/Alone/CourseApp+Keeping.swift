import AttentionEngine

/// What is kept of each step, and brought back where the course was left.
extension CourseApp {
    private var stepKey: String? {
        guard let lesson, let lessonStep else { return nil }
        return "\(lesson.id)/\(lessonStep.id)"
    }

    /// Brings the progress up to what is on the screen; to be called after every event.
    mutating func keepSetting() {
        guard following == nil, review == nil, let stepKey, let own = lessonStep?.setting else {
            return
        }
        progress.exploring = isExploring ? setting.text : nil
        let kept = exploredFrom?.setting ?? setting
        progress.settings[stepKey] =
            kept == own ? nil : KeptSetting(setting: kept.text, own: own.text)
    }

    /// The setting that the step was left with, unless its lesson says another now.
    mutating func bringBackSetting(exploring: String?) {
        if let stepKey, let kept = progress.settings[stepKey], kept.own == setting.text,
            let setting = try? CacheSetting(text: kept.setting)
        {
            take(setting)
        }
        if let exploring, let setting = try? CacheSetting(text: exploring) {
            toggleExplore()
            take(setting)
        }
    }

    /// Takes on what other programs have written to the same file.
    public mutating func adopt(_ progress: CourseProgress) {
        guard progress != self.progress else { return }
        self.progress = progress.clipped
        updateLayout()
    }
}
