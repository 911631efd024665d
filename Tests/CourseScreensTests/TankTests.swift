import AttentionEngine
import ModelCatalog
import TerminalCanvas
import TestSupport
import Testing

@testable import CourseContent
@testable import CourseScreens
@testable import CourseSession

@Suite("The tank")
struct TankTests {
    private func app(size: Size = .wide, glyphs: Glyphs = .unicode) -> CourseApp {
        ShippedCourse.app("gqa", "why-so-often-eight", size: size, glyphs: glyphs)
    }

    private func answered(size: Size = .wide) -> CourseApp {
        var app = app(size: size)
        app.press("2", .enter)
        return app
    }

    /// Users that fit, counted one by one: weights share out evenly, and a GPU keeps the K/V heads
    /// that its query heads read.
    private func users(heads: Int, gpus: Int, tokens: Int, memory: Int) -> Int {
        let queries = 64 / gpus
        let kept = Set((0..<queries).map { $0 * heads / 64 }).count
        var room = memory - (141_200_000_000 + gpus - 1) / gpus
        var count = 0
        while true {
            room -= 80 * kept * 128 * 2 * tokens * 2
            if room < 0 { return count }
            count += 1
        }
    }

    @Test("counts the users that fit as the page of the GPUs does, and as one by one")
    func counts() throws {
        var app = answered()
        for machine in ["A100", "H200", "MI300X"] {
            let memory = try #require(Accelerator.all.first { $0.name == machine }?.memory)
            for gpus in [2, 4, 8, 16] {
                app.session.position.subject?.dials = DialValues(
                    text: "machine=\(machine),devices=\(gpus)")
                let figures = TankFigures(app.scene)
                app.session.set(.memory, to: memory.bytes)
                for (heads, filling) in figures.rows {
                    let filling = try #require(filling)
                    let counted = users(
                        heads: heads, gpus: gpus, tokens: 65_536, memory: memory.bytes)
                    #expect(filling.users == .number(counted), "g = \(heads) on \(gpus) \(machine)")
                    app.session.change([.keyValueHeads: heads])
                    app.session.set(.gpus, to: gpus)
                    #expect(try app.session.servingPlan().mostRequests == filling.users)
                }
            }
        }
    }

    @Test("says what the lessons ask: as many with g = 4, and what a latent costs on eight GPUs")
    func lessons() throws {
        let rows = TankFigures(answered().scene).rows
        func users(_ heads: Int) -> ServingPlan.Most? {
            rows.first { $0.keyValueHeads == heads }?.filling?.users
        }
        #expect(users(8) == .number(23) && users(4) == .number(23) && users(16) == .number(11))
        var app = ShippedCourse.app("mla", "the-price-copies", size: .wide)
        let one = TankFigures(app.scene)
        #expect(one.here?.users == .number(2) && one.latent?.users == .number(8))
        app.press("3", .enter)
        let eight = TankFigures(app.scene)
        #expect(eight.here?.users == .number(64) && eight.latent?.users == .number(28))
        #expect(eight.latent?.copies == 8)
    }

    @Test("gives every GPU the heads that its query heads read, and marks those kept before")
    func heads() throws {
        var app = answered()
        for gpus in [1, 2, 4, 8, 16] {
            app.session.position.subject?.dials = DialValues(text: "devices=\(gpus)")
            let figures = TankFigures(app.scene)
            for case (let count, let filling?) in figures.rows {
                var seen: Set<Int> = []
                for gpu in 0..<gpus {
                    let queries = gpu * 64 / gpus..<(gpu + 1) * 64 / gpus
                    let read = Set(queries.map { $0 * count / 64 })
                    let (heads, isCopy) = figures.heads(on: gpu, of: filling)
                    #expect(Set(heads) == read)
                    #expect(isCopy == read.isSubset(of: seen))
                    seen.formUnion(read)
                }
                #expect(seen.count == count)
            }
        }
    }

    @Test("draws a brick for each user and hatches copies, in ASCII too")
    func bricks() throws {
        var app = answered()
        app.press(.right, .right)
        // Each of eleven users takes more than a row; the highest cell of each is cut.
        let picture = app.canvas().rows.compactMap { $0.split(separator: "│").dropFirst().first }
        #expect(picture.contains { $0.contains("▇") })
        #expect(!app.words.contains("▒"))
        app.press(.left, .left)
        #expect(app.words.contains("▒") && app.words.contains("░"))
        #expect(app.words.contains("every head kept twice"))
        // The signs stand where they are explained, and on small screens too.
        for size in [Size.usual, .wide] {
            let words = answered(size: size).words
            #expect(words.contains("on each █ 17.7 GB of weights"))
            #expect(words.contains("█ 23 users: 2.68 GB"))
            #expect(words.contains("▒░ every head kept twice"))
        }
        var plain = self.app(glyphs: .ascii)
        plain.press("2", .enter, .left)
        #expect(plain.words.contains("|##") && plain.words.contains("="))
    }

    @Test("names what each tank holds, in its floor where there is no row for that")
    func labels() {
        var app = ShippedCourse.app("mla", "the-price-copies")
        #expect(app.rows.contains { $0.contains("kv0-kv7─") && $0.contains("─MLA─") })
        app.press("3", .enter)
        #expect(app.rows.contains { $0.contains("─kv7─") && $0.contains("─MLA─") })
        #expect(app.words.contains("6.04 GB each, ▒░ all of it kept 8 times"))
    }

    @Test("hides users, sizes and copies while they are asked for")
    func veiled() {
        var app = app()
        app.press(.left)
        #expect(app.setting.keyValueHeads == 4)
        let words = "\(TankFigures(app.scene).words)"
        for part in ["2.68", "twice", "185"] { #expect(!words.contains(part)) }
        #expect(app.words.contains("? users"))
        #expect(!app.words.contains("▒") && !app.words.contains("twice"))
    }

    @Test("says where the GPUs cannot share out the heads, and where no weights are known")
    func refusals() throws {
        var scene = Scene(
            setting: try CacheSetting(text: "l=32,b=1,n=12,g=6,h=128,s=8192,bytes=2"),
            dials: DialValues(text: "devices=4"), units: .both, isVeiled: false)
        let figures = TankFigures(scene)
        #expect(figures.here == nil)
        #expect(figures.caches[0].text == "4 GPUs can neither split nor copy 6 K/V heads evenly")
        #expect(figures.titles[0].text.hasSuffix("weights not known and not counted"))
        for width in 40...220 {
            for dials in [
                "devices=4", "devices=16,mla=on", "devices=1", "devices=8,mla=on,machine=L4",
            ] {
                scene.dials = DialValues(text: dials)
                for height in [6, 9, 14, 20, 34] {
                    var canvas = Canvas(size: Size(width: width, height: height), glyphs: .ascii)
                    TankView(width: width, scene: scene, glyphs: .ascii)
                        .draw(in: canvas.area, on: &canvas)
                    #expect(canvas.cutTexts.isEmpty, "\(width) \(dials)")
                }
            }
        }
    }
}
