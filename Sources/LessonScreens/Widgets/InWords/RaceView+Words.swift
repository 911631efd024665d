import AttentionEngine

extension RaceView {
    func words(scene: Scene) -> [Passage] {
        let race = race(scene)
        let rows = shown(race.rows).map { row in
            Passage.row(
                "\(row.variant.name): \(row.variant.numbersPerToken) numbers cached for each token, "
                    + "accuracy \(fixed(row.accuracy, decimals: 2))" + measures(row, scene)
                    + way(row, race)
                    + ".")
        }
        var notes = ["By chance the accuracy is \(fixed(RecallTask.chance, decimals: 2))."]
        if spec.plot == .curves {
            notes.insert(
                "On the way: after a quarter, a half and three quarters of the steps.", at: 0)
        }
        let atG = atG(scene).map(\.text).joined()
        if spec.marksG, !atG.isEmpty { notes.insert("You are at \(atG).", at: 0) }
        if spec.marksCorner {
            notes.append(
                "The corner of few numbers and an accuracy near 1 is empty: no g leads there.")
        }
        if spec.proposal != nil {
            let whose = scene.isProposalThere ? "Their" : "Your"
            notes.append(
                scene.proposal.map {
                    "\(whose) proposal: \($0.numbers) numbers cached, accuracy "
                        + "\(fixed($0.accuracy, decimals: 2))."
                } ?? "\(whose) proposal is not placed yet.")
        }
        notes.append(
            "One layer and one made-up task that needs eight perspectives at once: the mechanism, "
                + "not what a large model loses.")
        return [.paragraph(headline(race, in: scene.experiments))] + rows
            + notes.map { .row($0, mark: "") }
    }

    /// How a curve climbed; nothing where no curve is drawn.
    private func way(_ row: RaceRow, _ race: RaceStatus) -> String {
        guard spec.plot == .curves else { return "" }
        let quarters = (1...3).compactMap { quarter in
            row.curve.last { $0.step <= race.plan.steps * quarter / 4 }
        }
        guard quarters.count == 3 else { return "" }
        return "; on the way "
            + quarters.map { fixed($0.accuracy, decimals: 2) }.joined(separator: ", ")
    }

    /// What else was measured: for widened layers beside those of the usual width, in a table how
    /// differently the heads look.
    private func measures(_ row: RaceRow, _ scene: Scene) -> String {
        var parts: [String] = []
        if spec.isWidened {
            let usual = scene.experiments.unwidened?.rows.first { $0.variant == row.unwidened }
            parts += usual.map { ["not widened \(fixed($0.accuracy, decimals: 2))"] } ?? []
            parts.append("\(grouped(row.variant.parameters)) parameters")
        }
        if let measured = row.measured {
            parts.append("\(measured.perspectives) of \(RecallTask.attributes) perspectives")
            if spec.plot == .table, !spec.isWidened {
                parts.append("heads differ by \(fixed(measured.bits, decimals: 2)) bits")
            }
        }
        return parts.map { ", " + $0 }.joined()
    }

    private func headline(_ race: RaceStatus, in statuses: ExperimentStatuses) -> String {
        let name = spec.isWidened ? "The race of widened layers" : "The race"
        if let run = race.run {
            return
                "\(name) \(run.isPaused ? "is paused" : "is training " + statuses.place(of: spec.experiment)): "
                + "\(Int(run.share * 100)) %, \(race.plan.inWords)."
        }
        return race.results.date.map {
            "\(name), trained \(statuses.machine(of: spec.experiment)) on \($0): \(race.plan.inWords)."
        } ?? "\(name), as it came with the program: \(race.plan.inWords)."
    }
}
