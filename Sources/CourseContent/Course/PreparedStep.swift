import AttentionEngine
import Lessons
import ModelCatalog

/// One step with its blocks in braces and its figures understood.
package struct PreparedStep: Equatable, Sendable {
    /// The step's id, one in the lesson.
    package let id: String
    /// The heading above it.
    package let title: String
    /// Blocks in the file's order, without the directives that were understood.
    package let prose: [Block]
    /// What each figure in the prose computes; figures that cannot be computed are absent.
    package let figures: [Figure: FigureExpression]
    /// The parameters that the step begins with.
    package let setting: CacheSetting
    /// The model the setting came from, where it came from one.
    package let model: Model?
    /// What is shown, in the order of the screen: pictures, sliders, results.
    package let widgets: [WidgetSpec]
    /// What is asked before the figure is shown; nil where nothing is.
    package let question: Question?
    /// What the teacher wants to remember here, in paragraphs.
    package var notes: [String] = []
    /// When a class should be here, in minutes since the lesson began.
    package var minute: Int?
    /// What is wrong with blocks that could not be understood, told in place of them.
    package let problems: [Finding]

    /// A step that stands in no lesson's file.
    package init(
        id: String, title: String, prose: [Block], figures: [Figure: FigureExpression] = [:],
        setting: CacheSetting, model: Model? = nil, widgets: [WidgetSpec] = [],
        question: Question? = nil
    ) {
        self.id = id
        self.title = title
        self.prose = prose
        self.figures = figures
        self.setting = setting
        self.model = model
        self.widgets = widgets
        self.question = question
        problems = []
    }

    /// All sliders of its panels, from above.
    package var sliders: [Slider] {
        widgets.flatMap { if case .sliders(let spec) = $0 { spec.sliders } else { [Slider]() } }
    }

    /// The memory view of the step, where it has one.
    package var memory: MemorySpec? {
        widgets.lazy.compactMap { if case .memory(let spec) = $0 { spec } else { nil } }.first
    }

    /// The view of a cache that is filled by hand, where the step has one.
    package var appended: AppendSpec? {
        widgets.lazy.compactMap { if case .append(let spec) = $0 { spec } else { nil } }.first
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

extension PreparedStep {
    /// Words of the step as plain text, their figures at the step's own values; a figure that
    /// cannot be computed as it is written.
    package func text(of words: Words) -> String {
        PlainWriter { figure in
            figures[figure]?.value(step: setting, live: setting, units: .both)?.text
                ?? figure.written
        }.text(words).replacing("\u{A0}", with: " ")
    }
}
