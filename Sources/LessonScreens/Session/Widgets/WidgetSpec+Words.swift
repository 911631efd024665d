import CourseContent

extension WidgetSpec {
    /// What its picture shows at a scene, told in words for those who read it as text.
    package func words(_ scene: Scene) -> [Passage] {
        switch self {
        case .heads(let spec): spec.words(scene)
        case .cache(let spec): spec.words(scene)
        case .sliders(let spec): spec.words(scene)
        case .memory(let spec): MemoryFigures(spec, scene).words
        case .bigFigure(let spec):
            [.paragraph("In large figures: \(MemoryFigures(spec, scene).shortResult).")]
        case .race(let spec): RaceView(spec: spec).words(scene: scene)
        case .perspectives(let spec): PerspectivesView(spec: spec).words(scene: scene)
        case .append(let spec): AppendView(spec: spec).words(scene: scene)
        case .outputs: OutputsView().words(scene: scene)
        case .times: TimesView().words(scene: scene)
        case .forms: FormsView().words(scene: scene)
        }
    }
}
