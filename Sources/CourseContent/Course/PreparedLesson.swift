import AttentionEngine
import Lessons
import ModelCatalog

/// A lesson with its blocks in braces and its figures understood.
package struct PreparedLesson: Sendable {
    /// What the parser made of the file.
    package let lesson: Lesson
    /// One line for the contents; empty where the lesson lacks it.
    package let summary: String
    /// The steps in the file's order, as many as the parser found.
    package let steps: [PreparedStep]
    /// What the parser found, and what was found while understanding the rest.
    package let findings: [Finding]

    /// The lesson's title.
    package var title: String { lesson.title }
    /// The lesson's id, one in its course: "gqa" of "5-gqa.md".
    package let id: String
    /// What its file holds; nil where it was made from no file, or from one that is too long to be
    /// handed on.
    package let text: LessonText?
    /// The ids of its steps, in order.
    package var stepIDs: [String] { steps.map(\.id) }
}

extension PreparedLesson {
    /// What a lesson without a setting of its own shows: GPT-3 at 1,024 tokens.
    package static let defaultSetting: CacheSetting = {
        let text = "l=96,b=1,n=96,g=96,h=128,s=1024,bytes=2"
        guard let setting = try? CacheSetting(text: text) else {
            preconditionFailure("the default setting is a constant and tested")
        }
        return setting
    }()

    /// Understands a parsed lesson. What cannot be understood is a finding; nothing fails.
    ///
    /// - Parameters:
    ///   - id: what it is found by, where that is not its own id.
    ///   - text: what its file holds.
    package init(_ lesson: Lesson, id: String? = nil, text: LessonText? = nil) {
        self.lesson = lesson
        self.text = text
        self.id = id ?? lesson.id
        let findings = Findings()
        let front = AttributeReader(
            "the front matter", lesson.frontMatter, at: SourcePlace(line: 1, column: 1),
            keys: KeyDescription.frontMatter, findings: findings)
        summary = front.text("summary") ?? ""
        let (setting, model) = Self.start(front)
        var questions: Set<String> = []
        steps = lesson.steps.map { step in
            PreparedStep(
                step, from: setting, model: model, questions: &questions, findings: findings)
        }
        self.findings = (lesson.findings + findings.all).sorted { $0.place < $1.place }
    }

    private static func start(_ front: AttributeReader) -> (CacheSetting, Model?) {
        let tokens = front.value("tokens", expected: "a whole number") {
            NumberText.plain($0).flatMap { Int($0) }
        }
        if let text = front.text("setting") {
            let place = front.place(of: "setting")
            let setting = front.findings.taken(at: place) { () throws(SettingError) in
                try CacheSetting(text: text)
            }
            if let setting { return (setting, nil) }
        } else if let model = front.model() {
            let place = front.place(of: "model")
            let setting = front.findings.taken(at: place) { () throws(SettingError) in
                try model.setting(tokens: tokens ?? 1024)
            }
            if let setting { return (setting, model) }
        }
        return (defaultSetting, nil)
    }
}
