import CourseContent

/// Something measured on this machine, as it is told in the notebook, and as it is shown again.
package struct KeptMeasurement: Hashable, Sendable, Codable {
    /// One figure that was found.
    package struct Row: Hashable, Sendable, Codable {
        /// "g = 8"
        package var name: String
        /// As it was shown: "0.12 ms".
        package var result: String
    }

    /// What was measured, in words.
    package var what: String
    /// When, by the machine's clock: "2026-11-23 17:20".
    package var date: String?
    /// The figures that were found, in the order of the experiment.
    package var rows: [Row]
    /// How the experiment stood at its end, for its step to show; nil where that is not shown again,
    /// and in files of older programs.
    var found: SharedExperiments?
}

extension CourseProgress {
    /// What was measured before of an experiment with all its parameters, and when; nil where it
    /// never was. Measurements of older programs stand under other names and are only listed.
    func found<Kind: Experiment>(by experiment: Kind) -> (status: Kind.Status, date: String)? {
        guard let kept = measurements[experiment.key.text], let date = kept.date,
            let status = kept.found.flatMap({ experiment.status(in: $0) })
        else { return nil }
        return (status, date)
    }

    /// Keeps a measurement in place of the one before it.
    mutating func keep(_ measurement: KeptMeasurement, of key: ExperimentKey) {
        measurements[key.text] = measurement
        // Older programs kept it under its words.
        measurements[measurement.what] = nil
    }
}
