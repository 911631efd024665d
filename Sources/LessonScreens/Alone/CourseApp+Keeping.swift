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
    package mutating func adopt(_ progress: CourseProgress) {
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
            let name = Self.timed(
                step.shape, tokens: step.tokens, numberWidth: step.format.numberWidth)
            keep(
                name + counted(standing.threads, "thread"),
                standing.rows.map { row in
                    KeptMeasurement.Row(
                        name: "g = \(row.step.shape.keyValueHeads)",
                        result: row.shared.inMilliseconds)
                })
        case .forms(let standing):
            guard !standing.isRunning, standing.isFinished else { return }
            keep(
                Self.computed(queryHeads: standing.queryHeads, tokens: standing.tokens),
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

    /// What timing a step is called, but for the threads.
    private static func timed(
        _ shape: AttentionShape, tokens: Int, numberWidth: NumberWidth
    ) -> String {
        "One layer's decode step: \(counted(shape.queryHeads, "query head")) of width "
            + "\(grouped(shape.headDimension)), \(grouped(tokens)) tokens, "
            + "\(numberWidth.bytesText) bytes a number, "
    }

    private static func computed(queryHeads: Int, tokens: Int) -> String {
        "One layer's step of latent attention: "
            + "\(counted(queryHeads, "query head")), \(grouped(tokens)) tokens"
    }

    /// When the step's own measurement was made here before, at this setting; nil where it never
    /// was, or where another's screen is followed.
    var measuredBefore: String? {
        guard following == nil, let engine else { return nil }
        let name: String
        switch engine {
        case .times:
            name = Self.timed(
                setting.shape, tokens: setting.tokens, numberWidth: setting.numberWidth)
        case .forms:
            name = Self.computed(queryHeads: setting.queryHeads, tokens: setting.tokens)
        case .race, .widened, .layer, .append: return nil
        }
        return progress.measurements.values.filter { $0.what.hasPrefix(name) }
            .compactMap(\.date).max()
    }

    private mutating func keep(_ what: String, _ rows: [KeptMeasurement.Row]) {
        let measurement = KeptMeasurement(what: what, date: now, rows: rows)
        progress.measurements[what] = measurement
    }
}
