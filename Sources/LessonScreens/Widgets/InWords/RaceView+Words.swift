import AttentionEngine

extension RaceView {
    func words(scene: Scene) -> [Passage] {
        let race = scene.measured.race
        let rows = race.results.filter { spec.variants.contains($0.variant) }.map { result in
            Passage.row(
                "\(result.variant.name): \(result.variant.numbersPerToken) numbers cached for each "
                    + "token, accuracy \(fixed(result.accuracy, decimals: 2)).")
        }
        let chance = "By chance the accuracy is \(fixed(RecallTask.chance, decimals: 2))."
        let corner =
            spec.marksCorner
            ? ["The corner of few numbers and an accuracy near 1 is empty: no g leads there."] : []
        return [.paragraph(headline(race))] + rows
            + ([chance] + corner + [
                "One layer and one made-up task that needs eight perspectives at once: the "
                    + "mechanism, not what a large model loses."
            ]).map { .row($0, mark: "") }
    }

    private func headline(_ race: RaceStanding) -> String {
        let way = "seed \(race.seed), \(grouped(race.steps)) steps."
        return switch race.state {
        case .shipped: "The race, as it came with the program: \(way)"
        case .running(let share, _): "The race is training here: \(Int(share * 100)) %, \(way)"
        case .paused(let share): "The race is paused: \(Int(share * 100)) %, \(way)"
        case .finished: "The race, trained on this machine: \(way)"
        }
    }
}
