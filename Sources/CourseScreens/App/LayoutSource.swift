import CourseContent
import CourseSession
import Lessons
import TerminalCanvas

/// All that a step's layout is made from.
struct LayoutSource: Equatable, Sendable {
    private let size: Size
    private let isPresenting: Bool
    private let prose: ProseSource
    private let widgets: [WidgetSpec]
    private let scene: Scene
    private let question: Question?
    private let record: AnswerRecord?
    private let answering: Answering?
    private let isHintShown: Bool

    init(_ app: CourseApp) {
        let (session, step) = (app.session, app.session.step)
        size = app.size
        isPresenting = session.isPresenting
        prose = ProseSource(session, width: 0)
        widgets = step.widgets
        scene = app.scene
        question = step.question
        record = session.record
        answering = app.answering
        isHintShown = session.isHintShown
    }

    /// The layout of the app that this is of; its prose is written where it is not known.
    func layout(_ app: CourseApp, _ written: Memo<ProseSource, WrittenProse>) -> StepLayout {
        func layout(_ widgets: [WidgetSpec]) -> StepLayout {
            StepLayout(
                size: size,
                content: StepContent(
                    widgets: widgets, hasQuestion: question != nil, hasTable: prose.hasTable,
                    mostColumns: isPresenting ? CourseApp.presentedColumns : nil, scene: scene,
                    glyphs: app.glyphs,
                    prose: { width in
                        written.value(of: prose.at(width)) { _ in app.proseLines(width: width) }
                    },
                    question: { app.questionPanel(width: $0).lines().lines }))
        }
        let roomy = layout(app.shownWidgets)
        return isPresenting && roomy.scrollLimit > 0 ? layout(widgets) : roomy
    }
}

/// A step's title and its prose as lines.
typealias WrittenProse = (title: [Line], body: [Line])

/// All that a step's title and prose are written from. Of what costs time in a layout, their lines
/// seldom change.
struct ProseSource: Equatable, Sendable {
    private let title: String
    private let blocks: [Block]
    private let problems: [Finding]
    private let figures: [Figure: FigureExpression]
    private let subject: Subject
    private let veil: Veil
    private let units: Units
    private var width: Int

    init(_ session: Session, width: Int) {
        let step = session.step
        title = step.title
        blocks = step.prose
        problems = step.problems
        figures = step.figures
        subject = session.subject
        veil = session.veil
        units = session.units
        self.width = width
    }

    func at(_ width: Int) -> ProseSource {
        var copy = self
        copy.width = width
        return copy
    }

    var hasTable: Bool { blocks.contains { if case .table = $0 { true } else { false } } }
}
