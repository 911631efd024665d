import CourseContent

/// What ways to keep a cache cost the model that wrote: as the learner measured it, where all that
/// stand beside each other were, or else as the project did its own.
struct WritingLosses {
    private let points: [MeasuredModel.Point]
    /// Where or when the learner measured them, "on this machine"; nil of the project's.
    let place: String?

    /// Of the ways that are shown, of a model's file.
    init(of forms: [MeasuredModel.Form], content: String, _ experiments: ExperimentStatuses) {
        let (experiment, project) = (LossesExperiment(), MeasuredModel.smolLM2)
        if let own = experiments[experiment], own.content == content,
            forms.allSatisfy({ form in own.found.points.contains { $0.form == form } })
        {
            points = own.found.points
            let origin = experiments.origin(of: experiment)
            place = origin.dateBefore.map { "on \($0)" } ?? origin.machine
        } else {
            points = content == project.content ? project.points : []
            place = nil
        }
    }

    func point(_ form: MeasuredModel.Form) -> MeasuredModel.Point? {
        points.first { $0.form == form }
    }
}
