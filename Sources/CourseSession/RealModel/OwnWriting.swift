import CourseContent

extension Session {
    /// What the learner had written at other widths or bytes than those of a step now, with the
    /// ways that are the same, so that no slider puts the project's text in place of their own;
    /// or what is being written there now, before what is asked for here.
    /// nil where they had nothing written, or what the project had.
    func written(
        beside experiment: WritingExperiment
    ) -> (status: WritingStatus, origin: ExperimentStatuses.Origin)? {
        let all = written(by: experiment.siblings)
        let now = withModel(experiment)
        let running = all.first {
            $0.status.isRunning && $0.status.content == now.model?.content
                && $0.status.beginning == now.words
        }
        let found = running == nil ? all.filter(\.status.isOwn) : all
        // What the model that is open would go on with now, or else any.
        let chosen =
            running
            ?? found.first {
                $0.status.content == now.model?.content && $0.status.beginning == now.words
            } ?? found.first
        guard let chosen else { return nil }
        let rows = Self.rows(experiment.forms, of: chosen.status, in: found)
        let origin = rows.first?.origin ?? chosen.origin
        let status = WritingStatus(
            model: chosen.status.model, content: chosen.status.content,
            beginning: chosen.status.beginning,
            rows: rows.map { row, own in
                var row = row
                row.date = own == origin ? nil : own.dateBefore
                return row
            },
            doing: running.map { $0.status.doing.isEmpty ? Self.nextWords : $0.status.doing } ?? "",
            share: running?.status.share ?? 1, isRunning: running != nil,
            built: chosen.status.built)
        return (status, origin)
    }

    /// What is done of a setting that was chosen while another is written.
    private static let nextWords = "What was begun before ends, then this is written."

    /// Writes what the step shows now, where a slider moved while a text was under way, in place
    /// of that one: with the same model and words, and what is the same not written again. What
    /// was stopped is not gone on with.
    mutating func writeOn(behind report: ExperimentReport) -> [Effect] {
        guard !isFollowing, case .measured(let measured) = report,
            let begun = measured.experiment as? WritingExperiment,
            let status = measured.status as? WritingStatus, status.isRunning || status.share == 1,
            let experiment = experiment as? WritingExperiment, experiment.key != begun.key,
            experiment.siblings.contains(where: { $0.key == begun.key })
        else { return [] }
        var next = withModel(experiment)
        guard next.model?.content == status.content, next.words == status.beginning,
            next.status(in: experiments).map({ $0.share < 1 }) ?? (kept.found(by: next) == nil)
        else { return [] }
        let known = Self.rows(next.forms, of: status, in: written(by: next.siblings))
        next.known = known.filter { $0.origin == .here && $0.row.end == nil }.map(\.row)
        runOwn()
        return [.run(.measure(next))]
    }

    /// What is written now, or was as far as it came, with what is known already of the ways that
    /// it has not come to.
    func filled(_ status: WritingStatus, of experiment: WritingExperiment) -> WritingStatus {
        let others = experiment.siblings.filter { $0.key != experiment.key }
        let missing = experiment.forms.filter { form in
            !status.rows.contains { $0.form == form.id }
        }
        if missing.isEmpty { return status }
        let known = Self.rows(missing, of: status, in: written(by: others)).map { row, origin in
            var row = row
            row.date = origin.dateBefore
            return row
        }
        return WritingStatus(
            model: status.model, content: status.content, beginning: status.beginning,
            rows: status.rows + known, doing: status.doing, share: status.share,
            isRunning: status.isRunning, built: status.built)
    }

    private typealias Written = (status: WritingStatus, origin: ExperimentStatuses.Origin)
    private typealias Row = (row: WritingStatus.Row, origin: ExperimentStatuses.Origin)

    /// The longest text of each of some ways that the same model went on with from the same words.
    private static func rows(
        _ forms: [MeasuredModel.Form], of status: WritingStatus, in found: [Written]
    ) -> [Row] {
        let same = found.filter {
            ($0.status.content, $0.status.beginning) == (status.content, status.beginning)
        }
        let rows: [Row] = same.flatMap { written in
            written.status.rowsWithEnds.map { ($0, written.origin) }
        }
        return forms.compactMap { form in
            let own = rows.filter { $0.row.form == form.id }
            let most = own.map(\.row.pieces.count).max()
            return own.first { $0.row.end == nil } ?? own.first { $0.row.pieces.count == most }
        }
    }

    private func written(by experiments: [WritingExperiment]) -> [Written] {
        experiments.compactMap { experiment -> Written? in
            if let status = experiment.status(in: self.experiments) { return (status, .here) }
            guard followed == nil else { return nil }
            return kept.found(by: withModel(experiment)).map { ($0.status, .before(date: $0.date)) }
        }
    }
}

extension WritingStatus {
    /// Its texts that were begun, each with the reason why it is no longer, where it was not
    /// written to its end.
    fileprivate var rowsWithEnds: [Row] {
        rows.enumerated().compactMap { index, row in
            if row.pieces.isEmpty { return nil }
            let isCut = index == rows.count - 1 && row.pieces.count < WritingSpec.mostWritten
            var row = row
            row.end = !isCut ? nil : isRunning ? .goesOn : share < 1 ? .stopped : nil
            return row
        }
    }
}
