/// What is found in the learner's own model, as far as it is.
protocol LiveFound: Hashable, Codable, Sendable {
    /// The share of the work that is done.
    var share: Double { get }
    /// Whether it can have been found.
    var isPossible: Bool { get }
}

/// An experiment that measures the learner's own model: what was found of another file than the
/// one that is open is not shown.
protocol MeasureExperiment<Found>: Experiment, SlicedExperiment {
    associatedtype Found: LiveFound
    /// What is measured; nil for one that is only looked up.
    var model: LiveModel? { get set }
}

extension MeasureExperiment {
    /// A measurement is of one file.
    var keptKey: ExperimentKey {
        var key = key
        key.source = model?.content
        return key
    }
    var showsNewest: Bool { model == nil }
}

extension MeasureExperiment where Status == LiveReport<Found> {
    func accepts(_ status: Status) -> Bool {
        model.map { $0.content == status.content } ?? true
    }

    func status(in experiments: Experiments) -> Status? {
        var own = self
        own.model = experiments.liveModel
        return experiments.statuses[self].flatMap { status in
            status.isRunning || own.accepts(status) ? status : nil
        }
    }
}

/// How finding something in the learner's own model stands.
struct LiveReport<Found: LiveFound>: ExperimentStatus {
    /// What the model is called, and what tells its file from others.
    let model, content: String
    let found: Found
    let isRunning: Bool

    /// What was found so far in a model; the text of none where none is open.
    init(of model: LiveModel?, _ found: Found, isRunning: Bool) {
        self.init(
            model: model?.name ?? "", content: model?.content ?? "", found: found,
            isRunning: isRunning)
    }

    init(model: String, content: String, found: Found, isRunning: Bool) {
        (self.model, self.content) = (model, content)
        (self.found, self.isRunning) = (found, isRunning)
    }

    var isPossible: Bool {
        model.count <= WritingStatus.mostName && content.count <= 64 && found.isPossible
    }

    /// Whether all of it is found.
    var isWhole: Bool { !isRunning && found.share == 1 }
}
