import Testing

@testable import LessonScreens

@Suite("A plot of points")
struct PointPlotTests {
    @Test("Points stand at their place, labels beside them where there is room")
    func plot() {
        let plot = PointPlot(
            title: "accuracy", horizontal: "numbers",
            points: [
                .init(x: 128, y: 1, label: "MHA"), .init(x: 64, y: 0.5, label: "GQA-4"),
                .init(x: 32, y: 0.31, label: "GQA-2"), .init(x: 32, y: 0.29, label: "MLA-32"),
                .init(x: 0, y: 0, mark: "?", label: "none"),
            ], across: 128, line: (0.0625, "chance"))
        #expect(
            plot.text.joined(separator: "\n") == """
                  accuracy
                1.00 +                                                                o MHA
                     |
                     |
                     |
                     |
                0.75 +
                     |
                     |
                     |
                     |
                0.50 +                                o GQA-4
                     |
                     |
                     |
                     |         MLA-32 o GQA-2
                0.25 +
                     |
                     |
                     |
                     |. . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . chance
                0.00 +? none
                     +---------------+---------------+---------------+---------------+
                     0               32              64              96             128
                      numbers
                """)
    }

    @Test("marks its quarters at any height, from 1 at the top to 0 at the bottom")
    func quarters() {
        for rows in 4...30 {
            let plot = PointPlot(
                title: "", horizontal: "", points: [], across: 1, line: (0, ""), rows: rows)
            let marks = plot.text.dropFirst().prefix(rows + 1).filter {
                $0.first?.isNumber == true
            }
            #expect(marks.map { $0.prefix(4) } == ["1.00", "0.75", "0.50", "0.25", "0.00"])
        }
    }
}
