import CourseContent

extension ChartSpec {
    func words(_ scene: Scene) -> [Passage] {
        let title = [Passage.paragraph("Chart: \(title).")]
        if scene.isVeiled, rows.allSatisfy(\.isHidden) {
            return title + [.row("hidden until you answer")]
        }
        return title
            + Passage.table(
                header: [""] + series,
                rows: rows.map { [$0.name] + $0.seen(isVeiled: scene.isVeiled) })
    }
}
