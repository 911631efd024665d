import AttentionEngine
import CourseContent
import CourseSession
import Lessons
import TerminalCanvas

/// A step's title and its prose as lines.
typealias WrittenProse = (title: [Line], body: [Line])

/// All that a step's title and prose are written from. Of what costs time in a layout, their lines
/// seldom change.
struct ProseSource: Equatable, Sendable {
    private let title: String
    private let prose: [Block]
    private let problems: [Finding]
    private let file: String?
    private let figures: Figures?
    var width = 0
    var isRoomy = false

    /// What figures are computed from and how they are written.
    private struct Figures: Equatable {
        let expressions: [Figure: FigureExpression]
        let opening: CacheSetting
        let live: CacheSetting
        let veil: Veil
        let units: Units
    }

    init(_ session: Session) {
        let step = session.step
        (title, prose, problems) = (step.title, step.prose, step.problems)
        file = session.lesson?.lesson.file
        figures =
            step.figures.isEmpty
            ? nil
            : Figures(
                expressions: step.figures, opening: step.setting, live: session.setting,
                veil: session.veil, units: session.units)
    }
}

/// A state of an app, equal to itself alone: what was derived from it holds for as long as the app
/// has it, without a look at what it was derived from.
final class Edition: Equatable, Sendable {
    static func == (one: Edition, other: Edition) -> Bool { one === other }
}

/// All that a step's layout is made from.
struct LayoutSource: Equatable, Sendable {
    let size: Size
    let isPresenting: Bool
    let step: PreparedStep
    let prose: ProseSource
    let scene: Scene
    let record: AnswerRecord?
    let answering: Answering?
    let isHintShown: Bool
    let earlierAnswer: String?
}

/// What the room that is kept for every g depends on; it stays while g moves.
struct KeptRoomSource: Equatable, Sendable {
    private let size: Size
    private let isPresenting: Bool
    private let title: String
    private let record: AnswerRecord?
    private let answering: Answering?
    private let isHintShown: Bool
    private let widgets: [WidgetSpec]
    private let isExploring: Bool
    private let scenes: [Scene]

    init(
        _ source: LayoutSource, widgets: [WidgetSpec], isExploring: Bool, _ scenes: [Scene]
    ) {
        (size, isPresenting, title) = (source.size, source.isPresenting, source.step.title)
        (record, answering, isHintShown) = (source.record, source.answering, source.isHintShown)
        (self.widgets, self.isExploring, self.scenes) = (widgets, isExploring, scenes)
    }
}

/// What a widget at every g is made from; it stays while g moves.
struct SiblingsSource: Equatable, Sendable {
    let spec: WidgetSpec
    let width: Int
    let scenes: [Scene]
}
