import AttentionEngine
import ModelCatalog
import TerminalCanvas
import TestSupport
import Testing

@testable import CourseContent
@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("Every legal g at once")
struct GroupsTests {
    private func rows(_ app: CourseApp) -> [GroupFigures.Row] { figures(app).rows }
    private func figures(_ app: CourseApp) -> GroupFigures { GroupFigures(GroupsSpec(), app.scene) }

    /// Exploring at a setting, from a lesson's step.
    private func exploring(
        _ text: String, model: String? = nil, size: Size = .wide, glyphs: Glyphs = .unicode
    ) throws -> CourseApp {
        var app = ShippedCourse.app("gqa", "from-end-to-end", size: size, glyphs: glyphs)
        app.press("e")
        if let model { app.session.take(try #require(Catalog.model(id: model))) }
        try app.session.apply(CacheSetting.changes(text: text))
        app.session.notice = nil
        return app
    }

    private static let settings = [
        "l=32,b=1,n=32,g=8,h=128,s=8192,bytes=2", "l=96,b=3,n=96,g=12,h=128,s=1024,bytes=1",
        "l=7,b=64,n=12,g=4,h=80,s=131072,bytes=0.5", "l=1,b=1,n=1,g=1,h=1,s=1,bytes=4",
    ]

    @Test("counts bytes, share and users as by hand", arguments: settings)
    func byHand(text: String) throws {
        let app = try exploring(text)
        let (setting, rows) = (app.setting, self.rows(app))
        let legal = (1...setting.queryHeads).filter { setting.queryHeads % $0 == 0 }
        #expect(rows.map(\.kind) == legal.reversed().map { .heads($0) })
        for (row, heads) in zip(rows, legal.reversed()) {
            let bits =
                setting.layers * heads * setting.headDimension * setting.tokens * 2
                * setting.numberWidth.bits
            #expect(row.size.bytes == setting.batch * bits / 8)
            #expect(row.share == Double(heads) / Double(setting.queryHeads))
            #expect(row.shape?.groupSize == setting.queryHeads / heads)
            #expect(row.users == .number(80_000_000_000 / (bits / 8)))
        }
        #expect(rows[figures(app).current].kind == .heads(setting.keyValueHeads))
    }

    @Test("counts a model's weights, and says which g is its own")
    func model() throws {
        let app = try exploring("s=8192,g=4", model: "llama3-8b")
        let rows = self.rows(app)
        let weights = try #require(app.session.servedShape.weights?.size.bytes)
        for row in rows {
            let users = (80_000_000_000 - weights) / row.size.bytes
            #expect(row.users == .number(users))
            #expect(row.remarks == (row.kind == .heads(8) ? ["as built"] : []))
        }
        let plan = try app.session.servingPlan()
        #expect(rows[figures(app).current].users == plan.mostRequests)
        #expect(
            app.words.contains(
                "on 1 GPU of 80.0 GB, beside 16.1 GB of weights (about: 8.03B parameters of 2 "
                    + "bytes)."))
    }

    @Test("takes the GPUs of their page, and says where they cannot share out the heads")
    func gpus() throws {
        var app = try exploring("l=96,n=96,g=8,h=128,s=1024")
        #expect(app.words.contains("weights not known"))
        app.session.set(.gpus, to: 8)
        let rows = self.rows(app)
        for row in rows {
            let heads = try #require(row.shape?.keyValueHeads)
            #expect((row.users == nil) == (heads % 8 != 0 && 8 % heads != 0), "\(heads)")
        }
        #expect(app.words.contains("-: 8 GPUs can neither split nor copy the heads evenly."))
        #expect(app.follower(size: .wide).words.contains("on 8 GPUs of 80.0 GB"))
    }

    @Test("keeps only windows, and has a latent's row where there is one")
    func windowsAndLatents() throws {
        let app = try exploring("l=26,n=8,g=4,h=256,s=131072,wl=22,w=512,c=512,r=64")
        let figures = self.figures(app)
        for row in figures.rows {
            let numbers = row.shape.map { $0.keyValueHeads * 256 * 2 } ?? 512 + 64
            #expect(row.size.bytes == (4 * 131_072 + 22 * 512) * numbers * 2)
        }
        #expect(figures.rows.last?.kind == .latent)
        #expect(figures.current == figures.rows.count - 1)
        #expect(figures.rows.filter { $0.remarks == ["slider"] }.map(\.kind) == [.heads(4)])
    }

    @Test("marks the pinned g, and has a row for what else is pinned")
    func pinned() throws {
        var app = try exploring("l=32,n=32,g=8,h=128,s=8192")
        app.press("a", .left)
        #expect(rows(app).filter { $0.remarks == ["pin"] }.map(\.kind) == [.heads(8)])
        app.press(.tab, .tab, .left)
        let rows = self.rows(app)
        #expect(rows.last?.kind == .pinned)
        #expect(rows.last?.share == 0.5)
        #expect(rows.allSatisfy { $0.remarks.isEmpty })
    }

    @Test("shows the times once they are measured, MHA's first")
    func times() throws {
        var app = try exploring("l=32,n=32,g=8,h=128,s=1024")
        #expect(app.words.contains("press r"))
        #expect(app.press("r") == [.run(.measure(TimesExperiment(app.setting)))])
        app.receive(Teacher.times(app.setting, rows: 2))
        #expect(app.words.contains("timing 33 %"))
        #expect(rows(app).map { $0.time != nil }.filter { $0 }.count == 2)
        app.receive(Teacher.times(app.setting, rows: 6))
        for (index, row) in rows(app).enumerated() {
            #expect(row.time == .seconds(0.002345 / Double(index + 1)))
        }
        let row = try #require(app.rows.first { $0.contains(" 134 MB   1/4 ") })
        #expect(row.hasSuffix(" 0.78 ms"))
        #expect(app.words.contains("Time: one layer, one token, 3 threads, on this machine."))
        // Followers see them too.
        #expect(app.follower(size: .wide).words.contains("3 threads, on that machine."))
        try app.session.apply([.windowLayers: 4, .window: 128])
        #expect(app.words.contains("Time: one full layer, one token"))
        try app.session.apply([.bytesPerNumber: 8])
        #expect(app.words.contains("Only 4- and 2-byte numbers can be timed."))
    }

    @Test("is not timed where it is not seen")
    func noTimesUnseen() throws {
        var app = try exploring("l=32,n=32,g=8,h=128,s=1024", size: .usual)
        #expect(!app.footer.contains("time it"))
        #expect(app.press("r").isEmpty)
    }
}

@Suite("The table of every g")
struct GroupsViewTests {
    private static func scene(_ text: String, units: Units = .both) throws -> Scene {
        Scene(
            setting: try CacheSetting(text: text), units: units, focus: .parameter(.keyValueHeads),
            isVeiled: false)
    }

    /// The rows of g as they are drawn.
    private static func drawn(
        _ scene: Scene, width: Int, height: Int, glyphs: Glyphs = .unicode
    ) -> [String] {
        let view = GroupsView(spec: GroupsSpec(), width: width, scene: scene, glyphs: glyphs)
        var canvas = Canvas(size: Size(width: width, height: height), glyphs: glyphs)
        view.draw(in: canvas.area, on: &canvas)
        return canvas.rows
    }

    @Test("scrolls around the present g where there are fewer rows than g")
    func scrolls() throws {
        for heads in divisors(of: 240) {
            let scene = try Self.scene("l=2,n=240,g=\(heads),h=64,s=512")
            for height in 4...20 {
                let rows = Self.drawn(scene, width: 100, height: height)
                let seen = rows.dropFirst(2).compactMap { row in
                    row.dropFirst().split(separator: " ").first.flatMap { Int($0) }
                }
                #expect(seen.contains(heads) && seen.count <= height - 2)
                #expect(rows.filter { $0.hasPrefix("▸") }.count == 1)
                #expect(rows.contains { $0.hasSuffix("▴") } == !seen.contains(240))
                #expect(rows.contains { $0.hasSuffix("▾") } == !seen.contains(1))
            }
        }
    }

    @Test("loses no figure at any width")
    func widths() throws {
        var wrong: [String] = []
        for units in Units.allCases {
            for text in ["l=32,n=32,g=8,h=128,s=1048576,b=1024", "l=9,n=250,g=1,h=64,s=7,c=9,r=1"] {
                let scene = try Self.scene(text, units: units)
                let figures = GroupFigures(GroupsSpec(), scene)
                for width in stride(from: 58, through: 220, by: SlowTests.extent(3, of: 1)) {
                    for glyphs in Glyphs.both {
                        let view = GroupsView(
                            spec: GroupsSpec(), width: width, scene: scene, glyphs: glyphs)
                        let rows = Self.drawn(
                            scene, width: width, height: view.heights.upperBound, glyphs: glyphs)
                        for (row, line) in zip(figures.rows, rows.dropFirst(2)) {
                            let cells = [
                                figures.name(of: row), figures.size(of: row),
                                figures.share(of: row),
                            ]
                            if cells.contains(where: { !" \(line) ".contains(" \($0) ") }) {
                                wrong.append("\(width): \(line)")
                            }
                        }
                        let words = rows.joined(separator: " ").split(separator: " ")
                            .joined(separator: " ")
                        if !words.contains(figures.aboutUsers) { wrong.append("\(width): notes") }
                    }
                }
            }
        }
        #expect(wrong == [])
    }

    @Test("cuts the bar of the present g into its heads, in their colours")
    func bar() throws {
        let scene = try Self.scene("l=32,n=32,g=8,h=128,s=8192")
        let view = GroupsView(spec: GroupsSpec(), width: 118, scene: scene, glyphs: .unicode)
        let height = view.height(within: 100)
        var canvas = Canvas(size: Size(width: 118, height: height))
        view.draw(in: canvas.area, on: &canvas)
        let here = try #require(canvas.rows.firstIndex { $0.hasPrefix("▸") })
        for row in here..<here + 2 {
            let inks = canvas.row(row).filter { $0.character == "█" }.map(\.style.ink)
            #expect(inks == (0..<8).map { .group(Int8($0 % Ink.groupCount)) })
        }
        #expect(canvas.row(here + 2).allSatisfy { $0.character == " " })
        let others = (2..<height).filter { !(here..<here + 3).contains($0) }
        #expect(
            others.allSatisfy { row in
                canvas.row(row).allSatisfy { $0.character != "█" || $0.style == .faint }
            })
    }

    @Test("hides its figures under an open question")
    func veiled() throws {
        var scene = try Self.scene("l=32,n=32,g=8,h=128,s=8192")
        scene.isVeiled = true
        let text = Self.drawn(scene, width: 118, height: 12).joined()
        for figure in ["1.07 GB", "1/4", "█"] { #expect(!text.contains(figure)) }
        #expect(!GroupFigures(GroupsSpec(), scene).words.map(\.text).joined().contains("1.07"))
    }
}

@Suite("Exploring, its table in place")
struct ExploreArrangementTests {
    private func app(_ size: Size, _ text: String) throws -> CourseApp {
        var app = ShippedCourse.app("gqa", "from-end-to-end", size: size)
        app.press("e")
        try app.session.apply(CacheSetting.changes(text: text))
        app.session.notice = nil
        return app
    }

    @Test("is either the table or bars, whole, and nothing scrolls", arguments: [1, 12, 96, 240])
    func oneOfBoth(heads: Int) throws {
        var wrong: [String] = []
        for width in stride(from: 60, through: 220, by: SlowTests.extent(20, of: 4)) {
            for height in [20, 24, 32, 40, 50, 60] {
                let app = try app(
                    Size(width: width, height: height), "n=\(heads),g=1,h=64,s=1024")
                let layout = app.stepLayout
                let table = layout.sections.filter { $0.part == .widget(.groups(GroupsSpec())) }
                let hasBars = app.rows.contains { $0.contains(" MHA ") && $0.contains("K/V █") }
                // So many heads of one group are scrolled where they are least.
                if layout.flowHeight != nil, heads == 240, height == 20 { continue }
                if table.isEmpty != hasBars { wrong.append("\(width)x\(height): both or none") }
                if layout.scrollLimit > 0 { wrong.append("\(width)x\(height) scrolls") }
                let legal = divisors(of: heads).count
                if let area = table.first?.area, area.height < min(8, 2 + legal) {
                    wrong.append("\(width)x\(height): \(area.height) rows")
                }
                if width >= 120, height >= 40, table.isEmpty {
                    wrong.append("\(width)x\(height): no table")
                }
            }
        }
        #expect(wrong == [])
    }

    @Test("stays in its place while g moves", arguments: [32, 96, 128])
    func stays(heads: Int) throws {
        for size in [Size.wide, Size(width: 160, height: 50), .huge] {
            let areas = try divisors(of: heads).map { keyValueHeads in
                let app = try app(size, "l=32,n=\(heads),g=\(keyValueHeads),h=128,s=1024")
                return app.stepLayout.table?.area
            }
            #expect(Set(areas).count == 1 && areas[0] != nil, "\(size)")
        }
    }

    @Test("has a slider in view where heads are many and rows few")
    func slider() throws {
        let app = try app(.least, "n=128,g=8,h=64,s=1024")
        #expect(app.rows.contains { $0.contains("▸ g  K/V heads") })
    }

    @Test("draws bars as long as their sizes ask, to a part of a cell, a blank row between them")
    func tall() throws {
        let app = try app(.wide, "l=24,n=64,g=8,h=64,s=1024")
        let rows = app.rows
        let bars = try ["1/16", "1/32", "1/64"].map { share in
            let row = try #require(rows.firstIndex { $0.contains(" \(share) ") })
            let blocks = Set("█▉▊▋▌▍▎▏")
            return rows[row...row + 1].map { String($0.filter(blocks.contains)) }
        }
        #expect(Set(bars.map { $0[0] }).count == 3)
        #expect(bars.allSatisfy { $0[1].isEmpty })
    }

    @Test("sets g by a press on a row, and moves that row with the slider")
    func mouse() throws {
        var app = try app(.wide, "n=32,g=8,h=128,s=8192,l=32")
        app.press(.tab)
        let row = try #require(app.rows.firstIndex { $0.contains("134 MB") })
        _ = app.handle(.mouse(Mouse(.press, at: Point(column: 20, row: row))))
        #expect(app.setting.keyValueHeads == 1)
        #expect(app.focused?.parameter == .keyValueHeads)
        #expect(app.rows[row].hasPrefix(" ▸"))
        app.press(.right)
        #expect(!app.rows[row].hasPrefix(" ▸"))
        // The header and the words below are no rows.
        let before = app.setting
        for text in ["heads each", "Users: "] {
            let row = try #require(app.rows.firstIndex { $0.contains(text) })
            _ = app.handle(.mouse(Mouse(.press, at: Point(column: 20, row: row))))
        }
        #expect(app.setting == before)
    }

    @Test("is told as a table, and what fits as g moves")
    func plain() throws {
        var course = PlainCourse(try app(.wide, "n=32,g=8,h=128,s=8192,l=32").session, width: 1_000)
        let told = course.take("again").lines.joined(separator: "\n")
        #expect(
            told.contains(
                "- g: 8; query heads each: 4; cache: 1.07 GB; share of MHA: 1/4; "
                    + "users that fit: 74."))
        #expect(told.contains("Yours is 8 K/V heads, 4 query heads each."))
        let moved = course.take("set g 4").lines.joined(separator: " ")
        #expect(moved.contains("users that fit 74 → 149"))
        #expect(!moved.contains("query heads each: 4"))
    }
}
