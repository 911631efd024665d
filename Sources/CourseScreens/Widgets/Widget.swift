import CourseContent
import CourseSession
import TerminalCanvas

/// A part of a step's screen: a picture of the parameters in some columns.
package protocol Widget: Sendable {
    /// The rows it can do with and the rows it likes. Cost: O(what it draws).
    var heights: ClosedRange<Int> { get }

    /// The rows from which on a blank row beside it does more good than one more of its own.
    var comfortable: Int { get }

    /// The rows it makes use of where it is given some, between its least and liked height.
    func height(within available: Int) -> Int

    /// Draws itself inside an area of its width and at least its least height; a function of what
    /// it is made of and the area.
    func draw(in area: Rect, on canvas: inout Canvas)
}

extension Widget {
    /// Its least, unless it says otherwise.
    package var comfortable: Int { heights.lowerBound }

    func height(within available: Int) -> Int { available }
}

/// A widget that is lines of text, a column from its left edge.
protocol TextWidget: Widget {
    /// Its lines where it has so many rows; what is more is not drawn.
    func lines(height: Int) -> [Line]
}

extension TextWidget {
    func draw(in area: Rect, on canvas: inout Canvas) {
        canvas.draw(lines(height: area.height), column: 1, in: area)
    }
}

extension WidgetSpec {
    /// Whether it is a picture or plot that `t` shows as a table; in ASCII heads' attention is
    /// numbers anyway.
    func hasTable(_ glyphs: Glyphs) -> Bool {
        switch self {
        case .race(let spec): spec.plot != .table
        case .perspectives: !glyphs.isASCII
        case .chart, .diversity, .losses: true
        default: false
        }
    }

    /// What draws it in some columns.
    package func widget(width: Int, scene: Scene, glyphs: Glyphs) -> any Widget {
        switch self {
        case .heads(let spec): HeadsPicture(spec: spec, width: width, scene: scene, glyphs: glyphs)
        case .cache(let spec): CachePicture(spec: spec, scene: scene)
        case .head(let spec): HeadPicture(spec: spec, width: width, scene: scene)
        case .sliders(let spec): SliderPanel(spec: spec, scene: scene)
        case .memory(let spec): MemoryView(spec: spec, width: width, scene: scene, glyphs: glyphs)
        case .race(let spec): RaceView(spec: spec, width: width, scene: scene, glyphs: glyphs)
        case .perspectives(let spec):
            PerspectivesView(spec: spec, width: width, scene: scene, glyphs: glyphs)
        case .append(let spec): AppendView(spec: spec, scene: scene)
        case .outputs: OutputsView(width: width, scene: scene, glyphs: glyphs)
        case .times: TimesView(width: width, scene: scene, glyphs: glyphs)
        case .groups(let spec):
            GroupsView(spec: spec, width: width, scene: scene, glyphs: glyphs)
        case .chart(let spec): ChartView(spec: spec, width: width, scene: scene, glyphs: glyphs)
        case .grid(let spec): GridView(spec: spec, width: width, glyphs: glyphs)
        case .forms: FormsView(width: width, scene: scene, glyphs: glyphs)
        case .clocks(let spec):
            ClocksView(spec: spec, width: width, scene: scene, glyphs: glyphs)
        case .tank: TankView(width: width, scene: scene, glyphs: glyphs)
        case .brackets: BracketPicture(width: width, scene: scene, glyphs: glyphs)
        case .writing(let spec):
            WritingView(spec: spec, width: width, scene: scene, glyphs: glyphs)
        case .looks: LooksView(width: width, scene: scene, glyphs: glyphs)
        case .diversity: DiversityView(width: width, scene: scene, glyphs: glyphs)
        case .losses: LossesView(width: width, scene: scene, glyphs: glyphs)
        case .bigFigure(let spec): BigFigure(spec: spec, width: width, scene: scene, glyphs: glyphs)
        }
    }
}

extension Span {
    /// A piece of text in the style of its tone.
    init(_ phrase: Phrase) {
        let style: Style =
            switch phrase.tone {
            case .plain: .plain
            case .strong: .strong
            case .faint: .faint
            case .figure: .accent
            case .result: .bright
            }
        self.init(phrase.text, style)
    }
}
