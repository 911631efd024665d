import AttentionEngine
import CourseContent
import ModelCatalog

@testable import CourseScreens
@testable import CourseSession

extension CourseProgress {
    /// Progress by names, as a file has them.
    init(
        lesson: String = "", step: String = "", exploring: String? = nil,
        visited: Set<String> = [], settings: [String: KeptSetting] = [:],
        answers: [String: AnswerRecord] = [:],
        reviews: [String: ReviewRecord] = [:], notes: [String: Note] = [:],
        measurements: [String: KeptMeasurement] = [:], proposal: Proposal? = nil
    ) {
        self.init()
        let id = StepID(lesson: lesson, part: step)
        position = exploring.map { Position(exploring: $0, at: id) } ?? Position(id)
        self.visited = Set(visited.compactMap { StepID($0) })
        for (name, setting) in settings { self.settings[StepID(name)!] = setting }
        for (name, answer) in answers { self.answers[QuestionID(name)!] = answer }
        for (name, review) in reviews { self.reviews[QuestionID(name)!] = review }
        self.notes = notes
        self.measurements = measurements
        self.proposal = proposal
    }
}

extension Note {
    init(
        text: String, lesson: String, step: String, setting: String, model: Model? = nil,
        focus: Parameter? = nil, isExploring: Bool = false, date: String? = nil
    ) {
        let id = StepID(lesson: lesson, part: step)
        var position = Position(exploring: setting, at: id)
        position.subject = position.subject.map { Subject($0.setting, of: model) }
        position.focus = focus.map(Movable.parameter)
        if !isExploring { position.mode = .lesson }
        self.init(text: text, position: position, date: date)
    }
}
