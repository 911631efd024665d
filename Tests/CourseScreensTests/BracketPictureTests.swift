import AttentionEngine
import Lessons
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CourseScreens
@testable import CourseSession

@Suite("The picture of moving brackets")
struct BracketPictureTests {
    private static let deepSeek = "l=61,b=1,n=128,g=128,h=128,s=100000,bytes=2,c=512,r=64"
    private static let small = "l=2,b=3,n=6,g=6,h=4,s=9,bytes=2,c=16,r=3"

    private static func scene(
        _ dials: String, _ setting: String = deepSeek, isVeiled: Bool = false
    ) throws -> Scene {
        Scene(
            setting: try CacheSetting(text: setting), dials: DialValues(text: dials), units: .both,
            isVeiled: isVeiled)
    }

    private static func figures(
        _ dials: String, _ setting: String = deepSeek
    ) throws -> BracketFigures {
        try #require(BracketFigures(try scene(dials, setting)))
    }

    private static func canvas(
        _ scene: Scene, width: Int, height: Int, glyphs: Glyphs = .unicode
    ) -> Canvas {
        let picture = BracketPicture(width: width, scene: scene, glyphs: glyphs)
        let height = max(picture.heights.lowerBound, picture.height(within: height))
        var canvas = Canvas(size: Size(width: width, height: height), glyphs: glyphs)
        picture.draw(in: canvas.area, on: &canvas)
        return canvas
    }

    private static let states = [
        "", "bracket=absorbed", "bracket=1", "bracket=6", "matrix=copies",
        "bracket=absorbed,matrix=copies", "bracket=3,matrix=copies",
    ]

    @Test("shows keys made one by one, and none once the query is taken through W")
    func walls() throws {
        let start = Self.canvas(try Self.scene(""), width: 78, height: 14).words
        #expect(start.contains("q × W × latents"))
        #expect(start.contains("none made"))
        let made = Self.canvas(try Self.scene("bracket=2"), width: 78, height: 14).words
        #expect(made.contains("q × (W × latents)"))
        #expect(made.contains("2 of 6 made"))
        let absorbed = Self.canvas(try Self.scene("bracket=absorbed"), width: 78, height: 14).words
        #expect(absorbed.contains("(q × W) × latents"))
        #expect(absorbed.contains("no key is made"))
        #expect(
            absorbed.contains("MQA with one key of c + r = 576 numbers and one value of c = 512"))
    }

    @Test("names the rotated part of the query and its term in every width, where there is one")
    func rotatedQuery() throws {
        let scene = try Self.scene("bracket=absorbed")
        let none = try Self.scene("", "l=1,b=1,n=8,g=8,h=128,s=16,bytes=2,c=512,r=0")
        for (width, term) in [
            (58, "+ q × rotary keys"), (78, "+ rotated q × rotary keys"),
            (120, "+ rotated q × rotary keys"),
        ] {
            let words = Self.canvas(scene, width: width, height: 40).words
            let small = Self.canvas(scene, width: width, height: 1).words
            #expect(words.contains("q: 128 + 64"))
            #expect(small.contains(term) && small.contains("q: 128 + 64"))
            #expect(!Self.canvas(none, width: width, height: 40).words.contains("rot"))
        }
    }

    @Test("writes the same scores whichever way they are found")
    func sameScores() throws {
        func scores(_ dials: String) throws -> [String] {
            let figures = try Self.figures(dials)
            return figures.found.map { fixed(Double($0), decimals: 2) }
        }
        #expect(try scores("bracket=6") == scores("bracket=absorbed"))
        #expect(try scores("bracket=6").count == 6)
        #expect(try Self.figures("bracket=4").agreement?.hasPrefix("equal both ways") == true)
        for number in try scores("bracket=absorbed") {
            let scene = try Self.scene("bracket=absorbed")
            #expect(Self.canvas(scene, width: 130, height: 60).words.contains(number))
        }
    }

    /// Does the products one by one, and counts them.
    private static func counted(
        h: Int, c: Int, r: Int, tokens: Int, form: LatentForm
    ) -> Int {
        var count = 0
        if form == .absorbed { for _ in 0..<c { for _ in 0..<h { count += 1 } } }
        for _ in 0..<tokens {
            if form == .expanded { for _ in 0..<h { for _ in 0..<c { count += 1 } } }
            for _ in 0..<(form == .expanded ? h : c) + r { count += 1 }
        }
        return count
    }

    @Test("counts the multiplications that one head's scores take", arguments: [1, 4, 6])
    func counts(tokens: Int) throws {
        let figures = try Self.figures("bracket=\(tokens)", Self.small)
        for way in figures.ways {
            let count = Self.counted(h: 4, c: 16, r: 3, tokens: tokens, form: way.form)
            #expect(way.multiplications == Double(count))
        }
        let absorbed = try Self.figures("bracket=absorbed", Self.small)
        let count = Self.counted(h: 4, c: 16, r: 3, tokens: 6, form: .absorbed)
        #expect(absorbed.ways.last?.multiplications == Double(count))
        // As many columns are kept, so copies leave the products of the key they copy.
        let copies = try Self.figures("bracket=\(tokens),matrix=copies", Self.small)
        #expect(copies.ways.map(\.multiplications) == [Double(tokens * 7), Double(tokens * 7)])
    }

    @Test("counts a whole step as the engine does, and with copies as MHA's scores and mixing")
    func wholeStep() throws {
        let setting = try CacheSetting(text: Self.small)
        let step = try #require(LatentStep(setting))
        for way in try Self.figures("", Self.small).ways {
            #expect(way.wholeStep == step.multiplications(way.form) * 6)
        }
        let unturned = Self.deepSeek.replacing("r=64", with: "r=0")
        let figure = try FigureExpression(
            try #require(
                Figure(
                    address: "multiplications:", written: "",
                    place: SourcePlace(line: 1, column: 1))))
        let right = figure.value(at: try CacheSetting(text: unturned))?.text
        for way in try Self.figures("matrix=copies", unturned).ways {
            #expect(BracketFigures.text(way.wholeStep) == right)
        }
    }

    @Test("lets heads copy the keys that GQA lets them read")
    func copiedKeys() throws {
        let figures = try Self.figures("matrix=copies")
        #expect(figures.copiedHeads == 2)
        let shape = try AttentionShape(queryHeads: 128, keyValueHeads: 2, headDimension: 128)
        #expect((0..<128).map(figures.copiedKey) == (0..<128).map(shape.keyValueHead))
        let words = try Self.figures("matrix=copies,bracket=1").caption
        #expect(words.hasPrefix("Heads 0 to 63 copy k0, heads 64 to 127 copy k1."))
        let short = Self.deepSeek.replacing("c=512", with: "c=255")
        #expect(try Self.figures("matrix=copies", short).caption.contains("too short"))
        for (n, c) in [(6, 16), (6, 32), (5, 24), (128, 40), (7, 56)] {
            let text = "l=1,b=1,n=\(n),g=\(n),h=4,s=9,bytes=2,c=\(c),r=0"
            let figures = try Self.figures("matrix=copies,bracket=1", text)
            let keys = (0..<n).map(figures.copiedKey)
            let last = figures.copiedHeads - 1
            #expect(keys.last == last)
            func named(_ key: Int, _ heads: String) -> String {
                let (first, last) = (keys.firstIndex(of: key)!, keys.lastIndex(of: key)!)
                return first == last
                    ? "ead \(first) copies \(heads)" : "eads \(first) to \(last) copy \(heads)"
            }
            #expect(figures.caption.contains(named(0, "k0")))
            #expect(figures.caption.contains(named(last, "k\(last)")))
        }
        #expect(try !Self.figures("matrix=copies", short).isCopied)
    }

    @Test("hides what it costs and what it comes to while something is asked", arguments: states)
    func veiled(dials: String) throws {
        let scene = try Self.scene(dials, isVeiled: true)
        let drawn = Self.canvas(scene, width: 130, height: 60).words
        let told = BracketFigures.words(scene).map(\.text).joined(separator: " ")
        for text in [drawn, told] {
            #expect(!text.contains("trillion") && !text.contains("billion"))
            #expect(!text.contains("MQA") && !text.contains("65,536"))
        }
    }

    @Test("cuts no text without a mark, at any width and height", arguments: states)
    func uncut(dials: String) throws {
        var cut: Set<String> = []
        for setting in [Self.deepSeek, Self.deepSeek.replacing("r=64", with: "r=0"), Self.small] {
            let scene = try Self.scene(dials, setting)
            for width in stride(from: 40, through: 220, by: 3) {
                for (height, glyphs) in [(13, Glyphs.ascii), (24, .unicode), (60, .unicode)] {
                    let canvas = Self.canvas(scene, width: width, height: height, glyphs: glyphs)
                    cut.formUnion(canvas.cutTexts.map { "\(width)x\(height): \($0)" })
                }
            }
        }
        #expect(cut == [])
    }

    @Test("grows with its room: more rows, other heads' weights, bars")
    func grows() throws {
        let scene = try Self.scene("bracket=3")
        let heights = [13, 20, 33, 50].map {
            Self.canvas(scene, width: 90, height: $0).size.height
        }
        #expect(heights == heights.sorted() && Set(heights).count == heights.count)
        let large = Self.canvas(scene, width: 90, height: 50).words
        #expect(large.contains("head 127"))
        #expect(large.contains("For the whole step: 61 layers, 128 heads, 100,000 tokens"))
    }
}

extension Canvas {
    /// All that is written, in rows from above, with single blanks between words.
    fileprivate var words: String {
        rows.joined(separator: " ").split(separator: " ").joined(separator: " ")
    }
}
