import AttentionEngine
import TerminalCanvas
import TestSupport
import Testing

@testable import CourseContent
@testable import CourseScreens
@testable import CourseSession

@Suite("The picture of heads")
struct HeadsPictureTests {
    @Test("with a latent show the one thing that is kept, below what is made again from it")
    func latent() throws {
        for (glyphs, bar) in [(Glyphs.unicode, "███"), (.ascii, "###")] {
            for size in Size.supported {
                let app = ShippedCourse.app(
                    "mla", "one-latent-for-all-heads", size: size, glyphs: glyphs)
                let words = app.words
                #expect(words.contains("rebuilt, not kept"))
                #expect(words.contains("ept: c 512 numbers a token"))
                #expect(words.contains("8 query heads, their K and V rebuilt from one latent"))
                // One bar, or a box with a row for each token below.
                let boxed = app.rows.contains { $0.contains("latent  ") }
                #expect(boxed || app.rows.contains { $0.contains(bar) && $0.contains("kept: c") })
            }
        }
        // Every head has its own, whatever g the bars beside it have.
        let setting = try CacheSetting(text: "l=1,b=1,n=8,g=2,h=64,s=16,bytes=2,c=512,r=64")
        var canvas = Canvas(size: Size(width: 70, height: 30))
        let scene = Scene(setting: setting, units: .both, isVeiled: false)
        HeadsPicture(spec: HeadsSpec(), width: 70, scene: scene, glyphs: .unicode)
            .draw(in: canvas.area, on: &canvas)
        #expect(canvas.rows.contains { $0.ranges(of: "k").count == 8 })
        let words = canvas.rows.flatMap { $0.split(separator: " ") }.joined(separator: " ")
        #expect(words.contains("Kept: c 512 + r 64 numbers a token"))
        // A lesson that shows the model as MHA draws no latent.
        var other = ShippedCourse.app("mha", "deepseeks-heads")
        other.press(.character("m"))
        other.type(characters: "deepseek-v3")
        other.press(.enter)
        #expect(!other.words.contains("latent"))
    }

    /// What stands for a K/V head: the mark that is printed and the ink it is printed in.
    struct Sign: Hashable {
        let mark: Character
        let ink: Ink
    }

    private static func sign(_ keyValueHead: Int, _ glyphs: Glyphs) -> Sign {
        let marks = glyphs.groupMarks
        return Sign(
            mark: marks[keyValueHead % marks.count],
            ink: .group(Int8(keyValueHead % Ink.groupCount)))
    }

    /// A cell that shows a head.
    struct Drawn: Hashable {
        let sign: Sign
        let point: Point
    }

    /// The heads on a canvas: K/V heads are bold, query heads are not.
    private static func heads(_ canvas: Canvas) -> (queries: [Drawn], keyValues: [Drawn]) {
        var queries: [Drawn] = []
        var keyValues: [Drawn] = []
        for (index, cell) in canvas.cells.enumerated() {
            guard case .group = cell.style.ink, canvas.glyphs.groupMarks.contains(cell.character)
            else { continue }
            let drawn = Drawn(
                sign: Sign(mark: cell.character, ink: cell.style.ink),
                point: Point(column: index % canvas.size.width, row: index / canvas.size.width))
            if cell.style.attributes.contains(.bold) {
                keyValues.append(drawn)
            } else {
                queries.append(drawn)
            }
        }
        return (queries, keyValues)
    }

    private static func scene(_ shape: AttentionShape) throws -> Scene {
        let setting = try CacheSetting(layers: 1, shape: shape, tokens: 1)
        return Scene(
            setting: setting, units: .both, isVeiled: false)
    }

    private static func picture(
        _ shape: AttentionShape, _ mapping: HeadsSpec.Mapping = .repeat, width: Int,
        glyphs: Glyphs = .unicode
    ) throws -> HeadsPicture {
        HeadsPicture(
            spec: HeadsSpec(mapping: mapping), width: width, scene: try scene(shape),
            glyphs: glyphs)
    }

    private static func draw(
        _ shape: AttentionShape, width: Int, height: Int, glyphs: Glyphs
    ) throws -> Canvas {
        var canvas = Canvas(size: Size(width: width, height: height), glyphs: glyphs)
        try picture(shape, width: width, glyphs: glyphs).draw(in: canvas.area, on: &canvas)
        return canvas
    }

    private static func counts(_ drawn: [Drawn]) -> [Sign: Int] {
        drawn.reduce(into: [:]) { $0[$1.sign, default: 0] += 1 }
    }

    private static func shapes(_ queryHeads: Int) throws -> [AttentionShape] {
        try divisors(of: queryHeads).map {
            try AttentionShape(queryHeads: queryHeads, keyValueHeads: $0, headDimension: 64)
        }
    }

    @Test("holds every query head once, marked as the K/V head it reads, and every K/V head once")
    func everyHeadOnce() throws {
        let some = Array(1...48) + [64, 71, 96, 128, 255, 256]
        var wrong: [String] = []
        for queryHeads in SlowTests.extent(some, of: Array(1...256)) {
            for shape in try Self.shapes(queryHeads) {
                var queries: [Sign: Int] = [:]
                var keyValues: [Sign: Int] = [:]
                for head in 0..<shape.queryHeads {
                    let sign = Self.sign(shape.keyValueHead(ofQueryHead: head), .unicode)
                    queries[sign, default: 0] += 1
                }
                for head in 0..<shape.keyValueHeads {
                    keyValues[Self.sign(head, .unicode), default: 0] += 1
                }
                for width in [51, 75, 115] {
                    let heights = try Self.picture(shape, width: width).heights
                    for height in Set([heights.lowerBound, heights.upperBound]) {
                        let drawn = Self.heads(
                            try Self.draw(shape, width: width, height: height, glyphs: .unicode))
                        if Self.counts(drawn.queries) != queries
                            || Self.counts(drawn.keyValues) != keyValues
                        {
                            wrong.append(
                                "n \(queryHeads) g \(shape.keyValueHeads) \(width)x\(height)")
                        }
                    }
                }
            }
        }
        #expect(wrong == [])
    }

    @Test("of more heads than any model has leaves out whole groups, the last, and says so")
    func leftOut() throws {
        for queryHeads in [257, 300, 512, 1000] {
            for shape in try Self.shapes(queryHeads) where shape.groupSize <= 46 {
                for width in [51, 75, 115] {
                    let heights = try Self.picture(shape, width: width).heights
                    let canvas = try Self.draw(
                        shape, width: width, height: heights.lowerBound, glyphs: .unicode)
                    let drawn = Self.heads(canvas)
                    let count = drawn.keyValues.count
                    var queries: [Sign: Int] = [:]
                    var keyValues: [Sign: Int] = [:]
                    for head in 0..<count {
                        queries[Self.sign(head, .unicode), default: 0] += shape.groupSize
                        keyValues[Self.sign(head, .unicode), default: 0] += 1
                    }
                    let context = Comment(
                        rawValue: "n \(queryHeads) g \(shape.keyValueHeads) width \(width)")
                    #expect(heights.lowerBound <= 8, context)
                    #expect(count > 0, context)
                    #expect(Self.counts(drawn.queries) == queries, context)
                    #expect(Self.counts(drawn.keyValues) == keyValues, context)
                    let words = " \(count) of \(grouped(shape.keyValueHeads)) K/V heads drawn, "
                    let saysSo = canvas.rows.contains { $0.hasPrefix(words) }
                    #expect(saysSo == (count < shape.keyValueHeads), context)
                }
            }
        }
    }

    @Test("puts each K/V head under query heads of its own", arguments: Glyphs.both)
    func keyValueHeadUnderItsGroup(glyphs: Glyphs) throws {
        for queryHeads in [1, 2, 7, 12, 32, 64, 71, 96, 128, 233, 256] {
            for shape in try Self.shapes(queryHeads) {
                for width in [51, 75, 115] {
                    let heights = try Self.picture(shape, width: width, glyphs: glyphs).heights
                    for height in Set([heights.lowerBound, heights.upperBound]) {
                        let drawn = Self.heads(
                            try Self.draw(shape, width: width, height: height, glyphs: glyphs))
                        let places = Dictionary(
                            uniqueKeysWithValues: drawn.queries.map { ($0.point, $0.sign) })
                        for head in drawn.keyValues {
                            // One row above, two where a line ties them, more where the last row
                            // of a wrapped group is short or heads are boxes of up to seven rows.
                            let above = (1...8).lazy.compactMap { up in
                                places[Point(column: head.point.column, row: head.point.row - up)]
                            }.first
                            #expect(above == head.sign)
                        }
                    }
                }
            }
        }
    }

    @Test("gives neighbouring groups different marks and inks", arguments: Glyphs.both)
    func neighboursDiffer(glyphs: Glyphs) {
        for head in 0..<255 {
            let sign = Self.sign(head, glyphs)
            let next = Self.sign(head + 1, glyphs)
            #expect(sign.mark != next.mark)
            #expect(sign.ink != next.ink)
        }
    }

    @Test("is never wider than its area, however its groups are arranged")
    func arrangementInsideWidth() throws {
        let some = Array(1...48) + [64, 71, 96, 128, 255, 256]
        var wrong: [String] = []
        for queryHeads in SlowTests.extent(some, of: Array(1...256)) {
            for shape in try Self.shapes(queryHeads) {
                for width in [1, 9, 46, 70, 110] {
                    let best = [5, 12, 25, 60].map {
                        HeadsArrangement.best(shape, width: width, height: $0)
                    }
                    let marks = HeadsArrangement.all(shape, width: width)
                        .filter { $0.form == .marks }
                    for arrangement in best + marks {
                        let groups = arrangement.bands.flatMap { Array($0) }
                        let ends = groups.map {
                            arrangement.column(ofGroup: $0) + arrangement.groupWidth
                        }
                        if groups != Array(0..<shape.keyValueHeads)
                            || !ends.allSatisfy({ $0 <= width })
                        {
                            wrong.append("\(shape), \(arrangement.form) in \(width) columns")
                        }
                    }
                }
            }
        }
        #expect(wrong == [])
    }

    @Test("takes the roomiest arrangement that the height allows, and the tightest where none fits")
    func bestArrangement() throws {
        for queryHeads in [8, 32, 96, 128, 256] {
            for shape in try Self.shapes(queryHeads) {
                for height in 1...40 {
                    let best = HeadsArrangement.best(shape, width: 70, height: height)
                    let all = HeadsArrangement.all(shape, width: 70)
                    if all.contains(where: { $0.rows <= height }) {
                        #expect(best.rows <= height)
                    } else {
                        #expect(best == all.last)
                    }
                }
            }
        }
    }

    @Test("says in words which query heads read which K/V head, as far as there is room")
    func words() throws {
        let shape = try AttentionShape(queryHeads: 8, keyValueHeads: 4, headDimension: 64)
        let roomy = try Self.draw(shape, width: 115, height: 4, glyphs: .ascii).rows.last
        #expect(
            roomy == " 8 query heads on 4 K/V heads, 2 query heads each: "
                + "q0-q1 -> kv0, q2-q3 -> kv1, q4-q5 -> kv2, q6-q7 -> kv3")
        let narrow = try Self.draw(shape, width: 75, height: 4, glyphs: .ascii).rows.last
        #expect(
            narrow == " 8 query heads on 4 K/V heads, 2 query heads each: q0-q1 -> kv0 ...")
    }

    @Test("of repeat against tile marks each query head by the K/V head it reads under both")
    func repeatAgainstTile() throws {
        let shape = try AttentionShape(queryHeads: 12, keyValueHeads: 3, headDimension: 64)
        let picture = try Self.picture(shape, .both, width: 78)
        var canvas = Canvas(size: Size(width: 78, height: 5))
        picture.draw(in: canvas.area, on: &canvas)
        let queries = Self.heads(canvas).queries
        let signs = { (row: Int) in queries.filter { $0.point.row == row }.map(\.sign) }
        #expect(signs(0) == (0..<12).map { Self.sign($0 / 4, .unicode) })
        #expect(signs(2) == (0..<12).map { Self.sign($0 % 3, .unicode) })
        #expect(
            canvas.rows[3] == " 6 of 12 query heads read another K/V head under tile")
    }

    // MARK: With room

    /// How often a text stands on a screen.
    private static func count(_ text: String, in rows: [String]) -> Int {
        rows.reduce(0) { $0 + $1.ranges(of: text).count }
    }

    /// Rows as one line, a blank between words.
    private static func inOne(_ rows: [String]) -> String {
        rows.joined(separator: " ").split(separator: " ").joined(separator: " ")
    }

    @Test("draws heads as boxes, and as ghosts the K/V heads that MHA would keep besides")
    func ghosts() throws {
        for queryHeads in [2, 6, 8, 12] {
            for shape in try Self.shapes(queryHeads) {
                let rows = try Self.draw(shape, width: 115, height: 30, glyphs: .unicode).rows
                let g = shape.keyValueHeads
                #expect(Self.count("┏", in: rows) == g)
                #expect(Self.count("╭╌", in: rows) == queryHeads - g)
                #expect(
                    Self.count("Dotted: K/V heads that sharing saves.", in: [Self.inOne(rows)])
                        == (g < queryHeads ? 1 : 0))
                for head in 0..<queryHeads { #expect(Self.count("q\(head) ", in: rows) > 0) }
            }
        }
    }

    @Test("keeps each token's keys and values below their heads, those left out as one row of dots")
    func cache() throws {
        for (tokens, shown) in [(1, 1), (3, 3), (16, 16), (8192, 15)] {
            let shape = try AttentionShape(queryHeads: 8, keyValueHeads: 2, headDimension: 64)
            let scene = Scene(
                setting: try CacheSetting(layers: 1, shape: shape, tokens: tokens), units: .both,
                isVeiled: false)
            func rows(_ spec: HeadsSpec) -> [String] {
                let picture = HeadsPicture(spec: spec, width: 90, scene: scene, glyphs: .unicode)
                var canvas = Canvas(size: Size(width: 90, height: 40))
                picture.draw(in: canvas.area, on: &canvas)
                return canvas.rows
            }
            let drawn = rows(HeadsSpec())
            // A key and a value of three cells each, of two heads.
            let kept = drawn.filter { $0.ranges(of: "▒▒▒ ▒▒▒").count == 2 }
            #expect(kept.count == shown - 1)
            #expect(drawn.filter { $0.ranges(of: "███ ███").count == 2 }.count == 1)
            #expect(drawn.contains { $0 == " …" } == (tokens > 16))
            #expect(!rows(HeadsSpec(showsCache: false)).contains { $0.contains("▒") })
        }
    }

    @Test("stays where it is while g moves, where heads are boxes")
    func staysInPlace() {
        for size in [Size.usual, .wide, .huge] {
            var app = ShippedCourse.app("gqa", "between-the-ends", size: size)
            let places = [Key.home, .right, .right, .right].map { key in
                app.press(key)
                return app.rows.firstIndex { $0.contains("g  K/V heads") }
            }
            #expect(Set(places).count == 1)
        }
    }
}
