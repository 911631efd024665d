import AttentionEngine
import Lessons
import ModelCatalog

/// A lesson with its directives and figures understood, ready to be drawn.
package struct PreparedLesson: Sendable {
    package let lesson: Lesson
    package let summary: String
    let steps: [PreparedStep]
    /// What the parser found, and what was found while understanding the rest.
    package let findings: [Finding]

    package var title: String { lesson.title }
    package var id: String { lesson.id }
    package var stepIDs: [String] { steps.map(\.id) }
}

/// One step, ready to be drawn.
struct PreparedStep: Sendable {
    let id: String
    let title: String
    /// Blocks in the file's order, without the directives that were understood.
    let prose: [Block]
    /// What each figure in the prose computes; figures that cannot be computed are absent.
    let figures: [Figure: FigureExpression]
    let setting: CacheSetting
    /// The model the setting came from, where it came from one.
    let model: Model?
    let widgets: [WidgetSpec]
    let question: Question?
    /// What the teacher wants to remember here, in paragraphs.
    var notes: [String] = []
    /// When a class should be here, in minutes since the lesson began.
    var minute: Int?
    /// Blocks that could not be understood, drawn in place of what they asked for.
    let problems: [Finding]

    var sliders: [Slider] {
        widgets.flatMap { if case .sliders(let spec) = $0 { spec.sliders } else { [Slider]() } }
    }
}

extension PreparedLesson {
    /// What a lesson without a setting of its own shows: GPT-3 at 1,024 tokens.
    static let defaultSetting = "l=96,b=1,n=96,g=96,h=128,s=1024,bytes=2"

    package init(_ lesson: Lesson) {
        self.lesson = lesson
        var findings = lesson.findings
        var front = AttributeReader(
            "the front matter", lesson.frontMatter, at: SourcePlace(line: 1, column: 1))
        front.allow(KeyDescription.frontMatter)
        summary = front.text("summary") ?? ""
        let (setting, model) = Self.start(&front)
        findings += front.findings
        var questions: Set<String> = []
        steps = lesson.steps.map { step in
            PreparedStep(
                step, from: setting, model: model, questions: &questions, findings: &findings)
        }
        self.findings = findings.sorted { $0.place < $1.place }
    }

    private static func start(_ front: inout AttributeReader) -> (CacheSetting, Model?) {
        let tokens = front.wholeNumber("tokens") ?? 1024
        if let text = front.text("setting") {
            do throws(SettingError) {
                return (try CacheSetting(text: text), nil)
            } catch {
                front.findings.append(.badSetting(error, at: front.place(of: "setting")))
            }
        } else if let id = front.text("model") {
            if let model = Catalog.model(id: id) {
                do throws(SettingError) {
                    if let setting = try model.setting(tokens: tokens) { return (setting, model) }
                    front.findings.append(.noSetting(of: model, at: front.place(of: "model")))
                } catch {
                    front.findings.append(.badSetting(error, at: front.place(of: "model")))
                }
            } else {
                front.findings.append(.unknownModel(id, at: front.place(of: "model")))
            }
        }
        guard let setting = try? CacheSetting(text: defaultSetting) else {
            preconditionFailure("the default setting is a constant and tested")
        }
        return (setting, nil)
    }
}

extension PreparedStep {
    init(
        _ step: Step, from base: CacheSetting, model: Model?, questions: inout Set<String>,
        findings: inout [Finding]
    ) {
        var setting = base
        var model = model
        var widgets: [WidgetSpec] = []
        var question: Question?
        var problems: [Finding] = []
        var prose: [Block] = []
        for block in step.blocks {
            guard case .directive(let directive) = block else {
                prose.append(block)
                continue
            }
            var own: [Finding] = []
            switch DirectiveReader.read(directive, findings: &own) {
            case .setting(let change):
                do throws(SettingError) {
                    setting = try change.applied(to: setting)
                    model = change.model ?? model
                } catch {
                    own.append(.badSetting(error, at: change.place))
                }
            case .widget(let spec): widgets.append(spec)
            case .question(let asked):
                if question != nil {
                    own.append(.repeated("a step's question", at: directive.place))
                } else if !questions.insert(asked.id).inserted {
                    own.append(.repeated("the question id '\(asked.id)'", at: directive.place))
                }
                question = question ?? asked
            case nil: break
            }
            problems += own
        }
        findings += problems
        var figures: [Figure: FigureExpression] = [:]
        let asked = question?.allWords.flatMap(\.figures) ?? []
        for figure in prose.flatMap(\.figures) + asked {
            var own: [Finding] = []
            if let expression = FigureExpression.read(figure, findings: &own) {
                figures[figure] = expression
                own += Self.check(figure, expression, at: setting)
            }
            findings += own
        }
        let links = prose.flatMap(\.inlines).flatMap(\.destinations)
        findings += links.filter { FigureExpression.Quantity(rawValue: $0) != nil }
            .map { .figureWithoutColon($0, at: step.place) }
        if case .number(.figure(let answer), _)? = question?.kind, let place = question?.place,
            answer.value(step: setting, live: setting, units: .both) == nil
        {
            findings.append(.notComputable("answer", at: place))
        }
        id = step.id
        title = step.title
        self.prose = prose
        self.figures = figures
        self.setting = setting
        self.model = model.flatMap { $0.describes(setting) ? $0 : nil }
        self.widgets = widgets.enumerated()
            .sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
            .map(\.element)
        self.question = question
        self.problems = problems
        notes = step.notes
        minute = step.minute
    }

    /// The figure's written text against the computed one.
    private static func check(
        _ figure: Figure, _ expression: FigureExpression, at setting: CacheSetting
    ) -> [Finding] {
        guard let value = expression.value(step: setting, live: setting, units: .both) else {
            return [.notComputable(figure.address, at: figure.place)]
        }
        return value.text == figure.written
            ? []
            : [
                .figureDisagrees(
                    written: figure.written, computed: value.text, at: figure.place)
            ]
    }
}

extension Block {
    /// All pieces of text in it, in reading order.
    var inlines: [Inline] {
        switch self {
        case .paragraph(let inlines), .heading(_, let inlines): inlines
        case .list(_, let items): items.flatMap { $0.flatMap(\.inlines) }
        case .quote(let blocks): blocks.flatMap(\.inlines)
        case .table(let table):
            table.header.flatMap { $0 } + table.rows.flatMap { $0.flatMap { $0 } }
        case .code, .directive: []
        }
    }

    var figures: [Figure] { inlines.flatMap(\.figures) }
}

extension Inline {
    /// The addresses of the ordinary links in it.
    var destinations: [String] {
        switch self {
        case .link(let inner, let destination): [destination] + inner.flatMap(\.destinations)
        case .emphasis(let inner), .strong(let inner): inner.flatMap(\.destinations)
        case .text, .code, .figure, .lineBreak: []
        }
    }

    var figures: [Figure] {
        switch self {
        case .figure(let figure): [figure]
        case .emphasis(let inner), .strong(let inner), .link(let inner, _): inner.flatMap(\.figures)
        case .text, .code, .lineBreak: []
        }
    }
}
