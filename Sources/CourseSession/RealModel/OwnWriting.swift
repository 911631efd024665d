import CourseContent

extension Session {
    /// What the learner had written at other widths or bytes than those of a step now, with the
    /// ways that are the same, so that no slider puts the project's text in place of their own.
    /// nil where they had nothing written, or what the project had.
    func written(
        beside experiment: WritingExperiment
    ) -> (status: WritingStatus, origin: ExperimentStatuses.Origin)? {
        let found = experiment.siblings.compactMap { sibling in
            written(by: sibling).flatMap { $0.status.isOwn ? $0 : nil }
        }
        let now = withModel(experiment)
        // What the model that is open would go on with now, or else any.
        let chosen =
            found.first {
                $0.status.content == now.model?.content && $0.status.beginning == now.words
            } ?? found.first
        guard let chosen else { return nil }
        let rows = found.lazy.map(\.status).filter {
            ($0.content, $0.beginning) == (chosen.status.content, chosen.status.beginning)
        }.flatMap(\.whole)
        let status = WritingStatus(
            model: chosen.status.model, content: chosen.status.content,
            beginning: chosen.status.beginning,
            rows: experiment.forms.compactMap { form in rows.first { $0.form == form.id } },
            doing: "", share: 1, isRunning: false, built: chosen.status.built)
        return (status, chosen.origin)
    }

    private func written(
        by experiment: WritingExperiment
    ) -> (status: WritingStatus, origin: ExperimentStatuses.Origin)? {
        if let status = experiment.status(in: experiments) { return (status, .here) }
        guard followed == nil else { return nil }
        return kept.found(by: withModel(experiment)).map { ($0.status, .before(date: $0.date)) }
    }
}

extension WritingStatus {
    /// What was written to its end.
    fileprivate var whole: [Row] {
        share == 1 && !isRunning
            ? rows : rows.filter { $0.pieces.count == WritingSpec.mostWritten }
    }
}
