import AttentionEngine
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CourseScreens
@testable import CourseSession

@Suite("A chart of published figures")
struct ChartTests {
    private let spec = ChartSpec(
        title: "percent right", series: ["MHA", "MQA"],
        rows: [
            .init(name: "BBH", values: [40, 20], texts: ["40.0", "20.0"]),
            .init(name: "time", values: [10, 5], texts: ["10", "5"]),
        ])

    private func lines(
        _ spec: ChartSpec, height: Int, width: Int = 40, table: Bool = false,
        isVeiled: Bool = false
    ) throws -> [String] {
        let setting = try CacheSetting(text: "l=1,b=1,n=8,g=8,h=64,s=16,bytes=2")
        let scene = Scene(
            setting: setting, units: .both, isVeiled: isVeiled, showsTable: table)
        let view = ChartView(spec: spec, width: width, scene: scene, glyphs: .ascii)
        return view.lines(height: height).map { $0.map(\.text).joined() }
    }

    @Test("has a bar for each figure, all on one scale")
    func bars() throws {
        #expect(
            try lines(spec, height: 7) == [
                "percent right", "",
                "BBH   MHA  ###################### 40.0", "      MQA  ########### 20.0",
                "",
                "time  MHA  ###### 10", "      MQA  ### 5",
            ])
    }

    @Test("has a scale for each row where they are apart, and bars that begin where it says")
    func scales() throws {
        var apart = spec
        apart.isApart = true
        let drawn = try lines(apart, height: 5, width: 60)
        #expect(drawn[0] == "percent right; each row to its own scale")
        #expect(try lines(apart, height: 5)[3] == "time  MHA  ###################### 10")
        #expect(try lines(apart, height: 4, width: 60)[0] == "percent right")
        var late = spec
        late.from = 10
        let rows = try lines(late, height: 5)
        #expect(rows[0] == "percent right; bars begin at 10")
        #expect(rows[2] == "      MQA  ####### 20.0")
    }

    @Test("hides its figures while the question is open, or those alone that it names")
    func hidden() throws {
        let all = try lines(spec, height: 7, isVeiled: true)
        #expect(all.filter { $0.hasSuffix("?") }.count == 4)
        var one = spec
        one.rows[0].isHidden = false
        let rows = try lines(one, height: 7, isVeiled: true)
        #expect(rows[2] == "BBH   MHA  ###################### 40.0")
        #expect(rows[5...6].allSatisfy { $0.hasSuffix("?") })
        let app = ShippedCourse.app("question", "and-quality")
        #expect(app.words.contains("37.9") && !app.words.contains("41.2"))
    }

    @Test("is a table where rows are few, and where t asks for it")
    func tables() throws {
        let table = try lines(spec, height: 4)
        #expect(table == (try lines(spec, height: 40, table: true)))
        #expect(table.last?.split(separator: " ") == ["time", "10", "5"])
    }

    @Test("offers t where there is room for bars, and says so where there is none")
    func offered() {
        let roomy = ShippedCourse.app("compare", "two-papers", size: Size(width: 120, height: 40))
        #expect(roomy.rows.last?.contains("t table") == true)
        let small = ShippedCourse.app("compare", "two-papers")
        #expect(small.rows.last?.contains("t table") == false)
        #expect(small.pressing("t").notice == "There are too few rows here for the plot.")
        // What was a table elsewhere can still be a plot again.
        var table = small
        table.session.toggleTable()
        #expect(table.pressing("t").session.showsTable == false)
    }

    @Test("stays a table from step to step, while texts that were unfolded are folded again")
    func kept() {
        var writing = ShippedCourse.app("real", "as-mha").session
        writing.toggleTable()
        #expect(writing.showsTable)
        writing.goOn()
        #expect(!writing.showsTable)
        writing.goBack()
        #expect(!writing.showsTable)
        var plot = ShippedCourse.app("question", "the-empty-corner").session
        plot.toggleTable()
        plot.goOn()
        plot.goBack()
        #expect(plot.showsTable)
    }

    @Test("is a table where the width leaves bars no room, however tall")
    func narrow() throws {
        let narrow = try lines(spec, height: 100, width: 24)
        #expect(narrow == (try lines(spec, height: 4, width: 24)))
        #expect(narrow.last?.split(separator: " ") == ["time", "10", "5"])
    }

    @Test("lets names take what leaves bars 16 columns")
    func names() throws {
        var long = spec
        long.rows[0] = .init(
            name: "peak memory of the process, GiB", values: [40, 20], texts: ["40.0", "20.0"])
        let rows = try lines(long, height: 5, width: 64)
        #expect(rows[1].hasPrefix("peak memory of the process, GiB  MHA  ####"))
        let tight = try lines(long, height: 5, width: 55)
        #expect(tight[1].hasPrefix("peak memory of the pr") && tight[1].contains("  MHA  "))
        #expect(tight[1].filter { $0 == "#" }.count == 16)
    }

    @Test("asks for the rows of its table where t shows that, however few its bars take")
    func tableRows() throws {
        let setting = try CacheSetting(text: "l=1,b=1,n=8,g=8,h=64,s=16,bytes=2")
        let scene = Scene(setting: setting, units: .both, isVeiled: false, showsTable: true)
        let view = ChartView(spec: spec, width: 40, scene: scene, glyphs: .ascii)
        #expect(view.heights.lowerBound == view.lines(height: 40).count)
    }

    @Test("hides its figures and their bars while its question is open, also in words")
    func veiled() throws {
        for height in [4, 6, 20] {
            let text = try lines(spec, height: height, isVeiled: true).joined()
            #expect(!text.contains("40") && !text.contains("#") && text.contains("?"))
        }
        var app = ShippedCourse.app("mqa", "measured-in-2024")
        let chart = app.session.step.widgets[0]
        #expect(!"\(chart.words(app.scene))".contains("33.2") && !app.words.contains("33.2"))
        app.session.reveal()
        #expect("\(chart.words(app.scene))".contains("33.2") && app.words.contains("33.2"))
    }
}
