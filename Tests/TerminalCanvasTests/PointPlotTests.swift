import Testing

@testable import TerminalCanvas

@Suite("A plot of points")
struct PointPlotTests {
    @Test("Points stand at their place, labels beside them where there is room")
    func plot() {
        let frame = PlotFrame(
            title: "accuracy", horizontal: "numbers", across: 128, line: (0.0625, "chance"))
        let plot = PointPlot(
            frame: frame,
            points: [
                .init(x: 128, y: 1, label: "MHA"), .init(x: 64, y: 0.5, label: "GQA-4"),
                .init(x: 32, y: 0.31, label: "GQA-2"), .init(x: 32, y: 0.29, label: "MLA-32"),
                .init(x: 0, y: 0, mark: "?", label: "none"),
            ])
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
                     +----------------+---------------+---------------+---------------+
                      0              32              64              96              128
                      numbers
                """)
    }

    @Test("marks heights from 1 at the top to 0 at the bottom, evenly and at any number of rows")
    func ticks() {
        for rows in 4...30 {
            let points = [1, 0.5, 0].map { PointPlot.Point(x: 0, y: $0, label: "") }
            let frame = PlotFrame(
                title: "", horizontal: "", across: 1, line: (0, ""), rows: rows)
            let body = PointPlot(frame: frame, points: points).text.dropFirst().dropLast(3)
            let marked = body.enumerated().filter { $1.first?.isNumber == true }
            let quarters = ["1.00", "0.75", "0.50", "0.25", "0.00"]
            let marks = marked.map { String($1.prefix(4)) }
            #expect(marks == quarters || rows < 8 && marks == ["1.00", "0.50", "0.00"])
            #expect((rows - 3...rows).contains(body.count - 1))
            let distances = zip(marked.dropFirst(), marked).map { $0.offset - $1.offset }
            #expect(Set(distances).count == 1, "\(rows) rows")
            // A sign at a tick's height stands in the tick's row.
            let signs = body.filter { $0.contains("o") }.map { String($0.prefix(4)) }
            #expect(signs == ["1.00", "0.50", "0.00"])
        }
    }

    @Test("a label without room loses its figures, then moves by a row, away from other signs")
    func labels() {
        let frame = PlotFrame(
            title: "", across: 128, line: (0.75, "chance"), columns: 36, rows: 4, glyphs: .ascii)
        let plot = PointPlot(
            frame: frame,
            points: [
                .init(x: 64, y: 0.3, label: "four 0.30", short: "four"),
                .init(x: 32, y: 0.25, label: "two 0.25", short: "two"),
                .init(x: 16, y: 0.2, label: "one 0.20", short: "the one"),
                .init(x: 32, y: 0.5, label: "other"),
            ])
        #expect(
            plot.text.joined(separator: "\n") == """
                  
                1.00 +
                0.75 +. . . . . . . . . . . . . . . . . . . chance
                0.50 +         o other
                0.25 +     o   o two    o four 0.30
                0.00 +       the one
                     +---------+--------+--------+--------+
                      0       32       64       96       128
                """)
    }

    @Test("points between which no label has room have one, their names")
    func together() {
        let frame = PlotFrame(
            title: "", across: 128, line: (0.75, ""), columns: 36, rows: 4, glyphs: .ascii)
        let plot = PointPlot(
            frame: frame,
            points: [
                .init(x: 64, y: 0.49, label: "four 0.49", short: "four"),
                .init(x: 68, y: 0.51, mark: "x", label: "five 0.51", short: "five"),
                .init(x: 71, y: 0.51, mark: "y", label: "six 0.51", short: "six"),
            ])
        #expect(plot.text.contains("0.50 +                  oxy four, five, six"))
    }

    @Test("where labels must stand beside their points, one without room joins a neighbour's")
    func joined() {
        let frame = PlotFrame(
            title: "", across: 128, line: (0.75, ""), columns: 36, rows: 4, glyphs: .ascii)
        let points: [PointPlot.Point] = [
            .init(x: 64, y: 0.5, label: "four 0.50", short: "four"),
            .init(x: 80, y: 0.5, label: "five 0.50", short: "five"),
            .init(x: 104, y: 0.5, label: "six 0.50", short: "six"),
        ]
        let plot = PointPlot(frame: frame, points: points, isStrict: true)
        #expect(plot.text.contains("0.50 +       four, five o    o     o six 0.50"))
        // Never over one that stays without.
        let wide = PointPlot(
            frame: frame,
            points: points[...0] + [
                .init(x: 80, y: 0.5, label: "a label without room", short: "one without any room"),
                .init(x: 98, y: 0.5, label: "six and a half 0.50", short: "six"),
            ], isStrict: true)
        #expect(!wide.text.contains { $0.contains("four, six") })
    }

    @Test("the axis has its ticks below the points at their numbers")
    func ticksAcross() {
        let frame = PlotFrame(title: "", across: 8, line: (0, ""), columns: 40, rows: 4)
        let points = [0, 2, 4, 6, 8].map { PointPlot.Point(x: $0, y: 1, label: "") }
        let rows = PointPlot(frame: frame, points: points).text.map(Array.init)
        let signs = rows[1].indices.filter { rows[1][$0] == "o" }
        let ticks = rows[rows.count - 2].indices.filter { rows[rows.count - 2][$0] == "+" }
        #expect(signs.dropFirst() == ticks.dropFirst()[...])
        #expect(rows[rows.count - 1][signs[0]] == "0")
    }
}

extension PointPlot {
    fileprivate var text: [String] { lines.map { $0.map(\.text).joined() } }
}
