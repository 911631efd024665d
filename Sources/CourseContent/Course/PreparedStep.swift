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
    package internal(set) var prose: [Block]
    /// What each figure in the prose computes; figures that cannot be computed are absent.
    package var figures: [Figure: FigureExpression] = [:]
    /// The parameters that the step begins with.
    package let setting: CacheSetting
    /// Whether that is what the lesson asks for; else it could not be read.
    package var isSettingKnown = true
    /// The model the setting came from, where it came from one.
    @Boxed package var model: Model? = nil
    /// Where the dials of its pictures stand as it begins.
    package var dials = DialValues()
    /// What is shown, in the order of the screen: pictures, sliders, results.
    package var widgets: [WidgetSpec] = []
    /// What is asked before the figure is shown; nil where nothing is.
    @Boxed package var question: Question? = nil
    /// What the teacher wants to remember here, in paragraphs.
    package var notes: [String] = []
    /// What stands between its pauses; empty of a step without any.
    package var portions: [Portion] = []
    /// When a class should be here, in minutes since the lesson began.
    package var minute: Int?
    /// What is wrong with blocks that could not be understood, told in place of them.
    package var problems: [Finding] = []

    /// All sliders of its panels, from above.
    package var sliders: [Slider] {
        widgets.flatMap { if case .sliders(let spec) = $0 { spec.sliders } else { [Slider]() } }
    }

    /// The dials of its pictures, each with the values that mean something to all of them and that
    /// its slider allows.
    package var dialRanges: [Dial: ClosedRange<Int>] {
        sliders.reduce(into: widgets.dials) { ranges, slider in
            guard case .dial(let dial) = slider.moved, let range = slider.range else { return }
            ranges[dial] = ranges[dial].map(range.clamped)
        }
    }

    /// Throws where no picture of the step has a dial, or none can show a value of it.
    package func check(_ dial: Dial, is value: Int) throws(SettingError) {
        try dial.check(value, against: dialRanges[dial])
    }

    /// Where the dials stand once the answer to its question is shown.
    package var answeredDials: DialValues {
        var values = dials
        for (dial, value) in question?.shows ?? [:] { values[dial] = value }
        return values.held(to: dialRanges)
    }

    /// The memory view of the step, where it has one.
    package var memory: MemorySpec? {
        widgets.lazy.compactMap { if case .memory(let spec) = $0 { spec } else { nil } }.first
    }

    /// The head that is computed by hand, where it has one.
    package var head: HeadSpec? {
        widgets.lazy.compactMap { if case .head(let spec) = $0 { spec } else { nil } }.first
    }

    /// The table of every g, where it has one.
    package var groups: GroupsSpec? {
        widgets.lazy.compactMap { if case .groups(let spec) = $0 { spec } else { nil } }.first
    }
}

extension PreparedStep {
    /// - Parameter isStartKnown: whether the lesson's own values could be read. Where they, or the
    ///   step's, could not, its figures are not held against others: that would tell one mistake
    ///   many times.
    init(
        _ step: Step, from base: CacheSetting, model: Model?, isStartKnown: Bool,
        questions: inout Set<String>, findings: Findings
    ) {
        var isSettingKnown = isStartKnown
        var setting = base
        var model = model
        var dials = DialValues()
        var asked: [(dial: Dial, value: Int, place: SourcePlace)] = []
        var widgets: [WidgetSpec] = []
        var question: Question?
        var prose: [Block] = []
        let problems = Findings()
        var cuts: [(blocks: Int, widgets: Int, asks: Bool)] = []
        for (index, block) in step.blocks.enumerated() {
            if step.pauses.contains(where: { $0.blocks == index }) {
                cuts.append((prose.count, widgets.count, question != nil))
            }
            guard case .directive(let directive) = block else {
                if case .code("{setting}", _, _) = block { isSettingKnown = false }
                prose.append(block)
                continue
            }
            let known = problems.all.count
            switch DirectiveReader.read(directive, findings: problems) {
            case .setting(let change):
                if problems.all.count > known { isSettingKnown = false }
                let changed = problems.taken(at: change.place) { () throws(SettingError) in
                    try change.applied(to: setting)
                }
                guard let changed else {
                    isSettingKnown = false
                    continue
                }
                setting = changed
                model = change.model ?? model
                for case (let dial, let value?) in Dial.allCases.map({ ($0, change.dials[$0]) }) {
                    dials[dial] = value
                    asked.append((dial, value, change.place))
                }
            case .widget(let spec): widgets.append(spec)
            case .question(let asked):
                if question != nil {
                    problems.add(.repeated("a step's question", at: directive.place))
                } else if !questions.insert(asked.id).inserted {
                    problems.add(.repeated("the question id '\(asked.id)'", at: directive.place))
                }
                question = question ?? asked
            case nil: break
            }
        }
        if let question {
            asked += question.shows.map { ($0.key, $0.value, question.place) }
        }
        let ranges = widgets.dials
        self.init(
            id: step.id, title: step.title, prose: prose, setting: setting,
            model: model.flatMap { $0.describes(setting) ? $0 : nil }, dials: dials,
            widgets: widgets.enumerated()
                .sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
                .map { $0.element.beginning(at: setting, beside: ranges) },
            question: question, notes: step.notes, minute: step.minute, problems: problems.all)
        for case .dial(let dial) in sliders.map(\.moved) where ranges[dial] == nil {
            problems.add(.noPicture(for: dial, at: step.place))
        }
        let allowed = dialRanges
        for (dial, value, place) in asked {
            _ = problems.taken(at: place) { () throws(SettingError) in
                try dial.check(value, against: allowed[dial])
            }
        }
        for (dial, value) in widgets.statedStops where ranges[dial] != nil {
            _ = problems.taken(at: step.place) { () throws(SettingError) in
                try dial.check(value, against: ranges[dial])
            }
        }
        self.dials = dials.held(to: allowed)
        self.isSettingKnown = isSettingKnown
        if !cuts.isEmpty {
            // They stand in another order than in the file: pictures, sliders, results.
            let offsets = widgets.indices.sorted {
                (widgets[$0].order, $0) < (widgets[$1].order, $1)
            }
            let shares = cuts + [(prose.count, widgets.count, question != nil)]
            let ends = step.pauses.map(\.notes) + [step.notes.count]
            portions = shares.indices.map { index in
                Portion(
                    blocks: shares[index].blocks,
                    widgets: Set(offsets.indices.filter { offsets[$0] < shares[index].widgets }),
                    asks: shares[index].asks,
                    notes: Array(step.notes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]))
            }
        }
        if isSettingKnown {
            for slider in sliders {
                if let finding = slider.stopsNeverMet(in: self, at: step.place) {
                    problems.add(finding)
                }
            }
        }
        problems.all.forEach(findings.add)
        readFigures(findings)
        for link in prose.flatMap(\.inlines).flatMap(\.links).map(\.destination)
        where FigureExpression.Quantity(rawValue: link) != nil {
            findings.add(
                Finding(
                    "figure", at: step.place,
                    "a link in this step goes to '\(link)'; did you mean the figure '\(link):'?"))
        }
        if isSettingKnown, case .number(.figure(let answer), _)? = question?.kind,
            let place = question?.place, answer.value(at: setting) == nil
        {
            findings.add(.notComputable("answer", at: place))
        }
    }

    /// Understands the figures in the prose and in the question, and holds what is written against
    /// what is computed.
    private mutating func readFigures(_ findings: Findings) {
        for figure in prose.flatMap(\.figures) + (question?.allWords.flatMap(\.figures) ?? []) {
            do throws(Finding) {
                let expression = try FigureExpression(figure)
                figures[figure] = expression
                guard isSettingKnown else { continue }
                guard let value = expression.value(at: setting) else {
                    throw .notComputable(figure.address, at: figure.place)
                }
                guard value.text == figure.written else {
                    throw Finding(
                        "figure-disagrees", at: figure.place,
                        "written '\(figure.written)', computed '\(value.text)'")
                }
            } catch {
                findings.add(error)
            }
        }
    }
}

extension PreparedStep {
    /// Words of the step as plain text, their figures at the step's own values; a figure that
    /// cannot be computed as it is written.
    package func text(of words: Words) -> String {
        PlainWriter { figure in
            figures[figure]?.value(at: setting)?.text
                ?? figure.written
        }.text(words.inlines).replacing("\u{A0}", with: " ")
    }
}

extension Model {
    /// Whether a setting still has the model's layers, heads and widths; g may differ.
    package func describes(_ setting: CacheSetting) -> Bool {
        guard let own = try? self.setting(tokens: setting.tokens) else { return false }
        return own.layers == setting.layers && own.queryHeads == setting.queryHeads
            && own.headDimension == setting.headDimension && own.latent == setting.latent
    }
}
