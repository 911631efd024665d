import AttentionEngine
import CourseContent
import ModelCatalog

/// What the figures on a screen are about: a setting, the model it came from as long as its layers,
/// heads and widths are still the model's, and where dials stand.
package struct Subject: Hashable, Sendable {
    /// What the figures are computed from.
    package let setting: CacheSetting
    /// The model it came from; nil where none describes it.
    @Boxed package private(set) var model: Model?
    /// Where the pictures' dials stand.
    package var dials: DialValues

    /// The setting, and the dials that stand elsewhere than where others do:
    /// "l=1,…,bytes=2,written=3".
    func text(from others: DialValues = DialValues()) -> String {
        [setting.text, dials.text(from: others)].filter { !$0.isEmpty }.joined(separator: ",")
    }

    /// A model that no longer describes the setting is dropped.
    package init(
        _ setting: CacheSetting, of model: Model? = nil, dials: DialValues = DialValues()
    ) {
        self.setting = setting
        self.model = model.flatMap { $0.describes(setting) ? $0 : nil }
        self.dials = dials
    }
}

/// What a step is left with when all sliders are freed or questions are asked again.
package struct Visit: Hashable, Sendable {
    let subject: Subject
    let focus: Movable?
}

/// What is done at a step; never two things at once.
package indirect enum Mode: Hashable, Sendable {
    /// The step as the lesson has it.
    case lesson
    /// All sliders are free. What the lesson goes on with; nil takes the step as it opens.
    case explore(back: Visit?)
    /// Missed questions are asked again.
    case review(Review)
}

/// Where somebody is in a course: the one value that progress, notes, shared screens and the text
/// of `y` keep, and that `Session.go(to:)` brings back.
package struct Position: Hashable, Sendable {
    /// The lesson's step, also while exploring or reviewing.
    package var step: StepID
    /// What is done there.
    package var mode: Mode
    /// nil takes the step's own values.
    package var subject: Subject?
    /// Whose slider the arrow keys move; nil takes the step's first.
    package var focus: Movable?
    /// How many portions of a step that pauses are shown; nil is as many as are, or the first of
    /// another step.
    package var shown: Int?
    /// The text of a setting that could not be read, kept as it was.
    private var unread: String?
    /// Whether it was written by a program that knew no dials, so that they are the step's own.
    private var lacksDials = false

    /// A place in the course; of its step's own values where no subject is given.
    package init(
        _ step: StepID, mode: Mode = .lesson, subject: Subject? = nil, focus: Movable? = nil
    ) {
        self.step = step
        self.mode = mode
        self.subject = subject
        self.focus = focus
    }

    /// Exploring at a setting as older programs wrote it.
    init(exploring setting: String, at step: StepID) {
        self.init(step, mode: .explore(back: nil))
        subject = (try? CacheSetting(text: setting)).map { Subject($0) }
        unread = subject == nil ? setting : nil
    }

    /// Whether all sliders are free.
    package var isExploring: Bool { if case .explore = mode { true } else { false } }

    /// The setting as text, whether it can be read or not.
    package var settingText: String { subject?.setting.text ?? unread ?? "" }

    /// The same with the dials that were moved.
    package var text: String { subject?.text() ?? settingText }

    /// Sets dials that were not kept as the step has them.
    mutating func takeMissingDials(of step: PreparedStep) {
        if lacksDials { subject?.dials = step.dials }
        lacksDials = false
    }

    /// Sets dials that were not kept as the step has them, and any to what its pictures can show.
    mutating func settleDials(at step: PreparedStep) {
        takeMissingDials(of: step)
        if let dials = subject?.dials { subject?.dials = dials.held(to: step.dialRanges) }
    }

    var visit: Visit? { subject.map { Visit(subject: $0, focus: focus) } }

    /// The part of it that is kept and told: of a review where it began, since its questions are
    /// the learner's own.
    var told: Position {
        var position = self
        switch mode {
        case .lesson: break
        case .explore: position.mode = .explore(back: nil)
        case .review(let review): position = review.back.told
        }
        return position
    }
}

extension Position: Codable {
    private enum CodingKeys: String, CodingKey {
        case lesson, step, setting, model, dials, isExploring, slider, shown
    }

    /// Of a setting that cannot be read the text is kept; a model that does not describe it is not.
    /// A step is as it opens where the rest is of no known form.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func text(_ key: CodingKeys) -> String? { try? values.decode(String.self, forKey: key) }
        step = StepID(
            lesson: try values.value(of: .lesson, or: ""),
            part: try values.value(of: .step, or: ""))
        let isExploring = try? values.decode(Bool.self, forKey: .isExploring)
        mode = isExploring == true ? .explore(back: nil) : .lesson
        let setting = text(.setting).flatMap { $0.isEmpty ? nil : $0 }
        let model = text(.model).flatMap(Catalog.model)
        let dials = text(.dials)
        subject = (try? setting.map(CacheSetting.init))?.map {
            Subject($0, of: model, dials: DialValues(text: dials ?? ""))
        }
        lacksDials = subject != nil && dials == nil
        unread = subject == nil ? setting : nil
        focus = text(.slider).flatMap(Movable.init(letter:))
        shown = try? values.decode(Int.self, forKey: .shown)
    }

    package func encode(to encoder: any Encoder) throws {
        let told = told
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(step.lesson, forKey: .lesson)
        try values.encode(step.part, forKey: .step)
        try values.encode(told.settingText, forKey: .setting)
        try values.encodeIfPresent(told.subject?.model?.id, forKey: .model)
        if !told.lacksDials {
            try values.encodeIfPresent(told.subject?.dials.text, forKey: .dials)
        }
        try values.encode(told.isExploring, forKey: .isExploring)
        try values.encodeIfPresent(told.focus?.letter, forKey: .slider)
        try values.encodeIfPresent(told.shown, forKey: .shown)
    }
}
