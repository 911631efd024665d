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
        case .race(let spec): spec.words(scene)
        case .perspectives(let spec): spec.words(scene)
        case .append(let spec): spec.words(scene)
        case .outputs: scene.sharing?.words(scene.setting.shape) ?? []
        case .times: TimesFigures(scene).words
        case .forms: FormsFigures.words(scene)
        }
    }
}
