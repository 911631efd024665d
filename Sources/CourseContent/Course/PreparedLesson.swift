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
    /// - Parameter id: what it is found by, where that is not its own id.
    package init(_ lesson: Lesson, id: String? = nil) {
        self.lesson = lesson
        self.id = id ?? lesson.id
        let findings = Findings()
        let front = AttributeReader(
            "the front matter", lesson.frontMatter, at: SourcePlace(line: 1, column: 1),
            keys: KeyDescription.frontMatter, findings: findings)
        summary = front.text("summary") ?? ""
        let known = findings.all.count
        let (setting, model) = Self.start(front)
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
        self.findings = (lesson.findings + findings.all).sorted { $0.place < $1.place }
    }

    private static func start(_ front: AttributeReader) -> (CacheSetting, Model?) {
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
