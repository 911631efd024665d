import Testing

@testable import TerminalCanvas

@Suite("A plot of curves")
struct CurvePlotTests {
    private func plot(_ glyphs: Glyphs) -> [String] {
        let frame = PlotFrame(
            title: "accuracy (up), steps (across)", across: 100, line: (0.25, "chance"),
            columns: 20, rows: 8, glyphs: glyphs)
        let plot = CurvePlot(
            frame: frame,
            curves: [
                .init(points: [(0, 0), (100, 1)], mark: "A", label: "up 1.00", style: .plain),
                .init(points: [(0, 0.5), (50, 0.5)], mark: "B", label: "flat", style: .plain),
                .init(points: [(0, 0.5), (50, 0.49)], mark: "C", label: "less", style: .plain),
                .init(points: [], mark: "D", label: "none", style: .plain),
            ])
        return plot.lines.map { $0.map(\.text).joined() }
    }

    @Test("Curves are dots that rise and fall, their labels at their ends in the order of heights")
    func braille() {
        #expect(
            plot(.unicode).joined(separator: "\n") == """
                  accuracy (up), steps (across)
                1.00 ┤                   ⢀A up 1.00
                     │                 ⣠⠞⠉
                0.75 ┤              ⢀⡴⠋⠁
                     │            ⣠⠞⠉       flat B
                0.50 ┤⠠⠤⠤⠤⠤⠤⠤⠤⠤⢤C⠋⠁         less
                     │       ⣠⠞⠉
                0.25 ┤. . ⢀⡴⠋⠁. . . . . . . chance
                     │  ⣠⠞⠉
                0.00 ┤⠐⠋⠁
                     └─────┴────┴────┴────┴
                      0   25   50   75   100
                """)
    }

    @Test("In ASCII a curve is drawn in its sign")
    func ascii() {
        #expect(
            plot(.ascii).joined(separator: "\n") == """
                  accuracy (up), steps (across)
                1.00 +                   AA up 1.00
                     |                 AA
                0.75 +              AAA
                     |            AA        flat B
                0.50 +CCCCCCCCCCCA          less
                     |       AA
                0.25 +. . AAA . . . . . . . chance
                     |  AA
                0.00 +AA
                     +-----+----+----+----+
                      0   25   50   75   100
                """)
    }

    @Test("Where signs meet, the one is seen whose label stands beside it")
    func crowded() {
        let frame = PlotFrame(
            title: "", across: 100, line: (0, "chance"), columns: 20, rows: 4, glyphs: .ascii)
        let ends = [("A", 0.37), ("B", 0.30), ("C", 0.18)]
        for order in [ends, ends.reversed()] {
            let plot = CurvePlot(
                frame: frame,
                curves: order.map { mark, y in
                    .init(points: [(100, y)], mark: Character(mark), label: mark, style: .plain)
                })
            let rows = plot.lines.map { $0.map(\.text).joined() }
            #expect(rows[4].hasSuffix(" B B"))
            #expect(rows[3].hasSuffix(" A A") && rows[5].hasSuffix(" C C"))
        }
    }

    @Test("Numbers below the axis stand in the middle below their ticks")
    func ticks() {
        let frame = PlotFrame(
            title: "", across: 128, line: (0, ""), columns: 40, rows: 4, glyphs: .ascii)
        let rows = PointPlot(frame: frame, points: []).lines.suffix(2).map {
            $0.map(\.text).joined()
        }
        #expect(rows[0] == "     +----------+---------+---------+---------+")
        #expect(rows[1] == "      0        32        64        96        128")
    }

    @Test("A track is as high between two points as the line that joins them")
    func track() {
        let track = PlotTrack(points: [(10, 0.25), (20, 0.5), (40, 0)])
        #expect(
            [5, 10, 15, 20, 30, 40, 41].map(track.height) == [nil, 0.25, 0.375, 0.5, 0.25, 0, nil])
        #expect(PlotTrack(points: []).height(at: 0) == nil)
    }

    @Test("A path between points may be covered by labels, and never covers a point")
    func path() {
        let frame = PlotFrame(
            title: "", across: 100, line: (0, "chance"), columns: 20, rows: 4, glyphs: .ascii)
        let plot = PointPlot(
            frame: frame, points: [.init(x: 0, y: 0.5, mark: "o", label: "one")],
            path: [(0, 0.5), (100, 0.5)])
        #expect(plot.lines[3].map(\.text).joined() == "0.50 +o one :::::::::::::::")
    }
}
