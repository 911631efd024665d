import CourseContent

extension BigFigure {
    func words(scene: Scene) -> [Passage] {
        [.paragraph("In large figures: \(MemoryView(spec: spec).shortResult(scene)).")]
    }
}
