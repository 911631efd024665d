import AttentionEngine

/// A step's setting as the learner left it.
package struct KeptSetting: Hashable, Sendable, Codable {
    package var setting: String
    /// The step's own setting then. Where an edited lesson has another, what was kept is dropped.
    package var own: String

    package init(setting: String, own: String) {
        self.setting = setting
        self.own = own
    }
}

/// How a missed question went when it was asked again.
package struct ReviewRecord: Hashable, Sendable, Codable {
    /// How often it was asked again.
    package var times: Int
    /// Whether the first guess was right, the last time.
    package var isRight: Bool
    /// The last time's setting, as text; nil where the question has none of its own.
    package var setting: String?
    package var given: String
    package var date: String?

    package init(
        times: Int, isRight: Bool, setting: String? = nil, given: String, date: String? = nil
    ) {
        self.times = times
        self.isRight = isRight
        self.setting = setting
        self.given = given
        self.date = date
    }
}

/// Something measured on this machine.
package struct KeptMeasurement: Hashable, Sendable, Codable {
    package struct Row: Hashable, Sendable, Codable {
        package var name: String
        /// As it was shown: "0.12 ms".
        package var result: String

        package init(name: String, result: String) {
            self.name = name
            self.result = result
        }
    }

    package var what: String
    package var date: String?
    package var rows: [Row]

    package init(what: String, date: String? = nil, rows: [Row]) {
        self.what = what
        self.date = date
        self.rows = rows
    }
}

/// What the learner noted down at a setting of a step.
package struct Note: Hashable, Sendable, Codable {
    package var text: String
    package var lesson: String
    package var step: String
    /// All parameters, as text.
    package var setting: String
    package var model: String?
    /// Whether all sliders were free.
    package var isExploring: Bool
    /// When it was last changed, "2026-11-23 17:20" by the machine's clock.
    package var date: String?

    package init(
        text: String, lesson: String, step: String, setting: String, model: String? = nil,
        isExploring: Bool = false, date: String? = nil
    ) {
        self.text = text
        self.lesson = lesson
        self.step = step
        self.setting = setting
        self.model = model
        self.isExploring = isExploring
        self.date = date
    }

    /// What a note is kept under: one for each setting of a step.
    package var key: String {
        "\(lesson)/\(step)\(isExploring ? "/explore" : "") \(setting)"
    }
}
