import AttentionEngine
import CourseContent

/// What ways to keep a cache cost the model that wrote: as the learner measured it, where all that
/// stand beside each other were, or else as the project did its own.
struct WritingLosses {
    private let points: [MeasuredModel.Point]
    /// Of which text and when they were measured, in fewer and fewer words; empty where none were.
    let conditions: [String]

    /// Of the ways that are shown, of a model's file.
    /// - Parameter isDated: whether the picture says elsewhere when the project measured its own.
    init(
        of forms: [MeasuredModel.Form], content: String, _ experiments: ExperimentStatuses,
        isDated: Bool
    ) {
        let (experiment, project) = (LossesExperiment(), MeasuredModel.smolLM2)
        if let own = experiments[experiment], own.content == content,
            forms.allSatisfy({ form in own.found.points.contains { $0.form == form } })
        {
            points = own.found.points
            let (tokens, origin) = (grouped(own.found.tokens), experiments.origin(of: experiment))
            let place = origin.place + (origin.dateBefore.map { ", \($0)" } ?? "")
            conditions = [
                "Loss ± its standard error: over \(tokens) tokens of lessons 3 and 7, measured "
                    + "\(origin.inWords).",
                "Loss ± its error: \(tokens) tokens of lessons 3 and 7, measured \(place).",
                "Loss ± error: \(tokens) tokens of lessons 3, 7; \(place).",
            ]
        } else if content == project.content {
            points = project.points
            let tokens = grouped(points.first?.tokens ?? 0)
            conditions =
                [
                    "Loss ± its standard error: over \(tokens) tokens of lessons 3 and 7, not of this "
                        + "text; by Headroom, \(project.date), weights in 4 bits.",
                    "Loss ± its standard error: by Headroom, \(project.date), \(tokens) tokens of "
                        + "lessons 3 and 7, weights in 4 bits.",
                ]
                + (isDated
                    ? [
                        "Loss ± its standard error: \(tokens) tokens of lessons 3, 7; weights in 4 bits.",
                        "Loss ± error: \(tokens) tokens of lessons 3, 7; 4-bit weights.",
                        "Loss ± error: \(tokens) tokens, lessons 3, 7; 4-bit weights.",
                        "± error: \(tokens) tokens, lessons 3, 7; 4-bit weights.",
                    ]
                    : [
                        "Loss ± error: by Headroom, \(project.date), \(tokens) tokens of lessons 3 and 7."
                    ])
        } else {
            (points, conditions) = ([], [])
        }
    }

    func point(_ form: MeasuredModel.Form) -> MeasuredModel.Point? {
        points.first { $0.form == form }
    }
}
