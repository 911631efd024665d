import CourseContent
import Lessons
import Synchronization
import TerminalCanvas

/// The newest layout of a step beside what it was made from: keys and screen ask for it many times
/// between two changes. A memory of a pure function, so that copies of an app may share it.
final class LayoutMemo: Sendable {
    private struct State {
        var source: LayoutSource?
        var layout: StepLayout?
        /// Of what costs time in a layout, the lines of the prose seldom change.
        var prose: WrittenProse?
    }

    private let state = Mutex(State())

    func layout(of app: CourseApp) -> StepLayout {
        let source = LayoutSource(app)
        let kept = state.withLock { $0 }
        let (layout, prose) = source.layout(app, reusing: kept.prose)
        state.withLock { $0 = State(source: source, layout: layout, prose: prose) }
        return layout
    }
}

/// All that a step's layout is made from.
struct LayoutSource: Sendable {
    private let size: Size
    private let isPresenting: Bool
    private let title: String
    private let prose: [Block]
    private let problems: [Finding]
    private let figures: [Figure: FigureExpression]
    private let widgets: [WidgetSpec]
    private let scene: Scene
    private let setting: Subject
    private let veil: Veil
    private let question: Question?
    private let record: AnswerRecord?
    private let answering: Answering?
    private let isHintShown: Bool

    init(_ app: CourseApp) {
        let (session, step) = (app.session, app.session.step)
        size = app.size
        isPresenting = session.isPresenting
        title = step.title
        prose = step.prose
        problems = step.problems
        figures = step.figures
        widgets = step.widgets
        scene = app.scene
        setting = session.subject
        veil = session.veil
        question = step.question
        record = session.record
        answering = app.answering
        isHintShown = session.isHintShown
    }

    /// Whether prose is written with the same words.
    private func hasSameProse(as other: LayoutSource) -> Bool {
        (title, isPresenting, setting) == (other.title, other.isPresenting, other.setting)
            && prose == other.prose && problems == other.problems && figures == other.figures
            && veil == other.veil && scene.units == other.scene.units
    }

    func layout(_ app: CourseApp, reusing kept: WrittenProse?) -> (StepLayout, WrittenProse) {
        let step = app.session.step
        var written =
            kept.flatMap { $0.source.hasSameProse(as: self) ? $0 : nil } ?? WrittenProse(source: self)
        func layout(_ widgets: [WidgetSpec]) -> StepLayout {
            StepLayout(
                size: size,
                content: StepContent(
                    widgets: widgets, hasQuestion: question != nil,
                    hasTable: prose.contains { if case .table = $0 { true } else { false } },
                    mostColumns: isPresenting ? CourseApp.presentedColumns : nil, scene: scene,
                    glyphs: app.glyphs,
                    prose: { width in
                        if let lines = written.lines[width] { return lines }
                        let lines = app.proseLines(step, width: width)
                        written.lines[width] = lines
                        return lines
                    },
                    question: { app.questionPanel(width: $0).lines().lines }))
        }
        let roomy = layout(app.shownWidgets(step))
        let chosen = isPresenting && roomy.scrollLimit > 0 ? layout(widgets) : roomy
        return (chosen, written)
    }
}

/// A step's title and prose as lines, by width, and what they were written from.
struct WrittenProse: Sendable {
    let source: LayoutSource
    var lines: [Int: (title: [Line], body: [Line])] = [:]
}
