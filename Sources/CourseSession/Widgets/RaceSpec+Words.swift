import AttentionEngine
import CourseContent

extension RaceSpec {
    func words(_ scene: Scene) -> [Passage] {
        let race = self.race(scene)
        let rows = shown(race.rows).map { row in
            Passage.row(
                "\(row.variant.name): \(row.variant.numbersPerToken) numbers cached for each token, "
                    + "accuracy \(fixed(row.accuracy, decimals: 2))" + measures(row, scene)
                    + way(row, race)
                    + ".")
        }
        let atG = atG(scene).text
        let notes = [
            marksG && !atG.isEmpty ? "You are at \(atG)." : nil,
            plot == .curves
                ? "On the way: after a quarter, a half and three quarters of the steps." : nil,
            "By chance the accuracy is \(fixed(RecallTask.chance, decimals: 2)).",
            marksCorner
                ? "The corner of few numbers and an accuracy near 1 is empty: no g leads there."
                : nil,
            proposal == nil ? nil : aboutProposal(scene),
            "One layer and one made-up task that needs eight perspectives at once: the mechanism, "
                + "not what a large model loses.",
        ]
        return [.paragraph(headline(race, from: origin(scene)))] + rows
            + notes.compactMap(\.self).map { .row($0, mark: "") }
    }

    private func aboutProposal(_ scene: Scene) -> String {
        let whose = scene.isProposalThere ? "Their proposal" : "Your proposal"
        guard let proposal = scene.proposal else { return "\(whose) is not placed yet." }
        return "\(whose): \(proposal.numbers) numbers cached, accuracy "
            + "\(fixed(proposal.accuracy, decimals: 2))."
    }

    /// How a curve climbed; nothing where no curve is drawn.
    private func way(_ row: RaceRow, _ race: RaceStatus) -> String {
        guard plot == .curves else { return "" }
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
        if isWidened {
            let usual = scene.experiments.unwidened?.rows.first { $0.variant == row.unwidened }
            parts += usual.map { ["not widened \(fixed($0.accuracy, decimals: 2))"] } ?? []
            parts.append("\(grouped(row.variant.parameters)) parameters")
        }
        if let measured = row.measured {
            parts.append("\(measured.perspectives) of \(RecallTask.attributes) perspectives")
            if plot == .table, !isWidened {
                parts.append("heads differ by \(fixed(measured.bits, decimals: 2)) bits")
            }
        }
        return parts.map { ", " + $0 }.joined()
    }

    private func headline(_ race: RaceStatus, from origin: ExperimentStatuses.Origin) -> String {
        let name = isWidened ? "The race of widened layers" : "The race"
        if let run = race.run {
            return
                "\(name) \(run.isPaused ? "is paused" : "is training " + origin.place): "
                + "\(Int(run.share * 100)) %, \(race.plan.inWords)."
        }
        return race.results.date.map {
            "\(name), trained \(origin.machine) on \($0): \(race.plan.inWords)."
        } ?? "\(name), trained beforehand: \(race.plan.inWords)."
    }

    /// How the race stands that is shown.
    package func race(_ scene: Scene) -> RaceStatus { scene.experiments.race(experiment) }

    /// The rows of the variants that are shown.
    package func shown(_ rows: [RaceRow]) -> [RaceRow] {
        rows.filter { variants.contains($0.unwidened) }
    }

    /// The race's variant with the g that the sliders stand at; nil where the race has none.
    package func variant(atG scene: Scene) -> RecallVariant? {
        RecallVariant(sharing: scene.setting.shape)
    }

    /// "g = 2, GQA-2: 32 numbers cached, accuracy 0.30"; nothing where the race has no such
    /// variant.
    package func atG(_ scene: Scene) -> [Phrase] {
        guard let variant = variant(atG: scene),
            let row = race(scene).rows.first(where: { $0.variant == variant })
        else { return [] }
        var phrases = [
            Phrase("g = \(scene.setting.shape.keyValueHeads)", .result),
            Phrase(", \(variant.name): "),
            Phrase("\(variant.numbersPerToken)", .figure), Phrase(" numbers cached, accuracy "),
            Phrase(fixed(row.accuracy, decimals: 2), .figure),
        ]
        if let measured = row.measured {
            phrases += [
                Phrase(", perspectives "),
                Phrase("\(measured.perspectives) of \(RecallTask.attributes)", .figure),
            ]
        }
        return phrases
    }

    /// Where the race was or is run.
    package func origin(_ scene: Scene) -> ExperimentStatuses.Origin {
        scene.experiments.origin(of: experiment)
    }
}

extension Scene {
    /// The race as the widened one was or is run, with the same seed and as long; nil where none is
    /// known.
    package var unwidened: RaceResults? { experiments.unwidened }
    /// How the race of the usual width stands.
    package var usualRace: RaceStatus { experiments.race(.usual) }
}
