import AttentionEngine

/// A step's setting as the learner left it.
public struct KeptSetting: Hashable, Sendable, Codable {
    public var setting: String
    /// The step's own setting then. Where an edited lesson has another, what was kept is dropped.
    public var own: String

    public init(setting: String, own: String) {
        self.setting = setting
        self.own = own
    }
}

/// How a missed question went when it was asked again.
public struct ReviewRecord: Hashable, Sendable, Codable {
    /// How often it was asked again.
    public var times: Int
    /// Whether the first guess was right, the last time.
    public var isRight: Bool
    /// The last time's setting, as text; nil where the question has none of its own.
    public var setting: String?
    public var given: String
    public var date: String?

    public init(
        times: Int, isRight: Bool, setting: String? = nil, given: String, date: String? = nil
    ) {
        self.times = times
        self.isRight = isRight
        self.setting = setting
        self.given = given
        self.date = date
    }
}

/// What the learner noted down at a setting of a step.
public struct Note: Hashable, Sendable, Codable {
    public var text: String
    public var lesson: String
    public var step: String
    /// All parameters, as text.
    public var setting: String
    public var model: String?
    /// Whether all sliders were free.
    public var isExploring: Bool
    /// When it was last changed, "2026-11-23 17:20" by the machine's clock.
    public var date: String?

    public init(
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
    public var key: String {
        "\(lesson)/\(step)\(isExploring ? "/explore" : "") \(setting)"
    }
}
