import AttentionEngine
import Lessons
import ModelCatalog

/// A lesson with its blocks in braces and its figures understood, as soon as anything but its id is
/// asked for.
package struct PreparedLesson: Sendable {
    /// The lesson's id, one in its course: "gqa" of "5-gqa.md".
    package let id: String
    /// What its file holds; nil where it was made from no file, or from one that is too long to be
    /// handed on.
    package let text: LessonText?
    private let content: Lazily<Content>

    /// A lesson that is made when it is first asked for.
    ///
    /// - Parameters:
    ///   - id: what it is found by.
    ///   - text: what its file holds.
    init(id: String, text: LessonText? = nil, lesson: @escaping @Sendable () -> Lesson) {
        (self.id, self.text) = (id, text)
        content = Lazily { Content(lesson()) }
    }

    /// A lesson that the parser made, found by its own id.
    package init(_ lesson: Lesson) { self.init(id: lesson.id) { lesson } }

    /// What the parser made of the file.
    package var lesson: Lesson { content.value.lesson }
    /// One line for the contents; empty where the lesson lacks it.
    package var summary: String { content.value.summary }
    /// The steps in the file's order, as many as the parser found.
    package var steps: [PreparedStep] { content.value.steps }
    /// Where its steps stand, by id.
    var stepIndices: [String: Int] { content.value.stepIndices }
    /// What the parser found, and what was found while understanding the rest.
    package var findings: [Finding] { content.value.findings }
    /// The lesson's title.
    package var title: String { lesson.title }
    /// The ids of its steps, in order.
    package var stepIDs: [String] { steps.map(\.id) }

    /// All of a lesson but its id. An object, since it is asked for many times at every key.
    private final class Content: Sendable {
        let lesson: Lesson
        let summary: String
        let steps: [PreparedStep]
        let stepIndices: [String: Int]
        let findings: [Finding]

        /// Understands a parsed lesson. What cannot be understood is a finding; nothing fails.
        init(_ lesson: Lesson) {
            self.lesson = lesson
            let findings = Findings()
            let front = AttributeReader(
                "the front matter", lesson.frontMatter, at: SourcePlace(line: 1, column: 1),
                keys: KeyDescription.frontMatter, findings: findings)
            summary = front.text("summary") ?? ""
            let known = findings.all.count
            let (setting, model) = PreparedLesson.start(front)
            // Front matter that could not be read names no values, and has its finding.
            let isUnread =
                lesson.frontMatter.entries.isEmpty
                && lesson.findings.contains {
                    [TextRule.yaml, .frontMatter, .encoding].map(\.rawValue).contains($0.rule)
                }
            let isStartKnown = findings.all.count == known && !isUnread
            var questions: Set<String> = []
            steps = lesson.steps.map { step in
                PreparedStep(
                    step, from: setting, model: model, isStartKnown: isStartKnown,
                    questions: &questions, findings: findings)
            }
            stepIndices = Dictionary(steps.enumerated().map { ($1.id, $0) }) { first, _ in first }
            self.findings = (lesson.findings + findings.all).sorted { $0.place < $1.place }
        }
    }
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

    fileprivate static func start(_ front: AttributeReader) -> (CacheSetting, Model?) {
        let tokens = front.value("tokens", expected: "a whole number") {
            NumberText.plain($0).flatMap { Int($0) }
        }
        if front.attributes["model"] == nil, front.attributes["tokens"] != nil {
            front.findings.add(
                Finding(
                    "setting", at: front.place(of: "tokens"),
                    "'tokens' goes with 'model'; write s=... in 'setting'"))
        }
        if let text = front.text("setting") {
            if front.attributes["model"] != nil {
                front.findings.add(
                    Finding(
                        "setting", at: front.place(of: "model"),
                        "a lesson starts with 'setting' or with 'model', and 'setting' stands "
                            + "here too; remove one"))
            }
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
