import CourseContent
import CourseSession
import TerminalCanvas

extension WidgetSpec {
    /// Whether it is a picture or plot that `t` shows as a table; in ASCII heads' attention is
    /// numbers anyway.
    func hasTable(_ glyphs: Glyphs) -> Bool {
        switch self {
        case .race(let spec): spec.plot != .table
        case .perspectives: !glyphs.isASCII
        default: false
        }
    }

    /// What draws it.
    package var widget: any Widget {
        switch self {
        case .heads(let spec): HeadsPicture(spec: spec)
        case .cache(let spec): CachePicture(spec: spec)
        case .sliders(let spec): SliderPanel(spec: spec)
        case .memory(let spec): MemoryView(spec: spec)
        case .race(let spec): RaceView(spec: spec)
        case .perspectives(let spec): PerspectivesView(spec: spec)
        case .append(let spec): AppendView(spec: spec)
        case .outputs: OutputsView()
        case .times: TimesView()
        case .forms: FormsView()
        case .bigFigure(let spec): BigFigure(spec: spec)
        }
    }
}
