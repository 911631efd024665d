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

/// What was measured under a step is kept with the progress.
extension CourseApp {
    /// Keeps what an experiment found that has just ended.
    mutating func keepTimes(_ report: ExperimentReport) {
        switch report {
        case .times(let standing):
            guard !standing.isRunning, standing.rows.count == standing.steps.count,
                let step = standing.steps.first
            else { return }
            let shape = step.shape
            keep(
                "One layer's decode step: \(counted(shape.queryHeads, "query head")) of width "
                    + "\(grouped(shape.headDimension)), \(grouped(step.tokens)) tokens, "
                    + "\(step.format.numberWidth.bytesText) bytes a number, "
                    + counted(standing.threads, "thread"),
                standing.rows.map { row in
                    KeptMeasurement.Row(
                        name: "g = \(row.step.shape.keyValueHeads)",
                        result: row.shared.inMilliseconds)
                })
        case .forms(let standing):
            guard !standing.isRunning, standing.isFinished else { return }
            keep(
                "One layer's step of latent attention: "
                    + "\(counted(standing.queryHeads, "query head")), "
                    + "\(grouped(standing.tokens)) tokens",
                [(LatentForm.expanded, "expanded"), (.absorbed, "absorbed")].map { form, name in
                    KeptMeasurement.Row(
                        name: name, result: (standing.times[form] ?? .zero).inMilliseconds)
                })
        case .race(let plan, let progress, _):
            // A whole race is kept by itself.
            guard case .layer(let variant) = plan.field, progress.phase == .finished,
                let found = progress.lanes.first?.result
            else { return }
            keep(
                "One layer trained: \(variant.name), \(plan.inWords)",
                [
                    .init(name: "accuracy", result: "\(threeDigits(found.accuracy * 100)) % right"),
                    .init(name: "perspectives", result: "\(found.perspectives) of 8"),
                    .init(
                        name: "heads differ by",
                        result: "\(fixed(found.headDivergenceBits, decimals: 2)) bits"),
                ])
        case .kept: break
        }
    }

    private mutating func keep(_ what: String, _ rows: [KeptMeasurement.Row]) {
        let measurement = KeptMeasurement(what: what, date: now, rows: rows)
        progress.measurements[what] = measurement
    }
}
