import AttentionEngine

extension CourseApp {
    /// Takes on how an experiment stands that runs beside the app.
    public mutating func receive(_ report: ExperimentReport) {
        measured.receive(report)
    }

    /// The engine under the step that `r` runs; nil where there is none.
    var engine: Engine? { step.widgets.lazy.compactMap(\.engine).first }

    /// Runs the step's engine once more, on the spot or beside the app.
    mutating func runEngine() -> [Effect] {
        switch engine {
        case .race: [.run(.race(measured.race.nextOrder))]
        case nil: []
        }
    }
}
