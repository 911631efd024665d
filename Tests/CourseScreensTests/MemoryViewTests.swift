import AttentionEngine
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CourseScreens
@testable import CourseSession

@Suite("The view of the memory")
struct MemoryViewTests {
    private static let gpt3 = "l=96,b=1,n=96,g=8,h=128,s=1024,bytes=2"

    private func canvas(
        _ spec: MemorySpec, _ text: String = gpt3, width: Int = 78, pinned: String? = nil,
        units: Units = .both, isVeiled: Bool = false, isRoomy: Bool = false,
        glyphs: Glyphs = .ascii
    ) throws -> Canvas {
        let setting = try CacheSetting(text: text)
        let scene = Scene(
            setting: setting,
            pinned: try pinned.map { try CacheSetting(text: $0) }, units: units,
            isVeiled: isVeiled)
        let view = MemoryView(spec: spec, width: width, scene: scene, glyphs: glyphs)
        let heights = view.heights
        let height =
            isRoomy ? heights.upperBound : heights.lowerBound + (spec.showsBars ? 1 : 0)
        var canvas = Canvas(size: Size(width: width, height: height), glyphs: glyphs)
        view.draw(in: canvas.area, on: &canvas)
        return canvas
    }

    /// The cells of each row that a bar fills, in eighths.
    private func bars(_ canvas: Canvas) -> [Int] {
        let eighths: [Character: Int] = [
            "█": 8, "▉": 7, "▊": 6, "▋": 5, "▌": 4, "▍": 3, "▎": 2, "▏": 1,
        ]
        return (0..<canvas.size.height).map { row in
            canvas.row(row).reduce(0) { $0 + (eighths[$1.character] ?? 0) }
        }.filter { $0 > 0 }
    }

    @Test("writes the formula with its numbers and its result")
    func formula() throws {
        let rows = try canvas(MemorySpec()).rows
        #expect(
            rows.prefix(2) == [
                " cache = l 96 x b 1 x g 8 x h 128 x s 1,024 x 2 (K and V) x 2 bytes",
                "       = 403 MB (384 MiB), 1/12 of MHA",
            ])
    }

    @Test("builds the formula from the factors it is given, counting numbers until bytes are one")
    func factors() throws {
        let some = MemorySpec(
            factors: [.parameter(.headDimension), .keyAndValue], showsBars: false)
        #expect(
            try canvas(some).rows == [" cache = h 128 x 2 (K and V)", "       = 256 numbers"])
        let all: Set<MemorySpec.Factor> = Set(
            Parameter.allCases.map { .parameter($0) } + [.keyAndValue])
        #expect(
            try canvas(MemorySpec(factors: all, showsBars: false)).rows
                == (try canvas(MemorySpec(showsBars: false)).rows))
    }

    @Test("draws all bars on one scale, the longest the largest")
    func oneScale() throws {
        for width in [58, 78, 115] {
            let lengths = bars(try canvas(MemorySpec(), width: width, glyphs: .unicode))
            #expect(lengths.count == 3)
            #expect(lengths[0] % 8 == 0)
            for (length, share) in zip(lengths, [1, 8.0 / 96, 1.0 / 96]) {
                let exact = Double(lengths[0]) * share
                #expect(abs(Double(length) - exact) <= 1)
            }
        }
    }

    @Test("draws a bar, however short, for everything that takes memory")
    func shortBars() throws {
        let text = "l=1,b=1,n=256,g=1,h=64,s=1,bytes=2"
        #expect(bars(try canvas(MemorySpec(), text, glyphs: .unicode)).allSatisfy { $0 >= 1 })
    }

    @Test("has a bar for MLA where the setting has a latent, and for what is pinned")
    func moreBars() throws {
        func names(_ canvas: Canvas) -> [Substring] {
            canvas.rows.compactMap { row in
                row.split(separator: " ").first.flatMap {
                    ["MHA", "GQA", "MQA", "MLA", "pin"].contains($0) ? $0 : nil
                }
            }
        }
        #expect(names(try canvas(MemorySpec())) == ["MHA", "GQA", "MQA"])
        let deepSeek = "l=61,b=1,n=128,g=128,h=128,s=1000,bytes=2,c=512,r=64"
        #expect(
            names(try canvas(MemorySpec(), deepSeek, pinned: Self.gpt3)) == [
                "MHA", "GQA", "MQA", "MLA", "pin",
            ])
        #expect(names(try canvas(MemorySpec(named: [.mha]))) == ["MHA"])
        #expect(names(try canvas(MemorySpec(showsBars: false))) == [])
    }

    @Test("gives no size away while a question is open")
    func veiled() throws {
        let canvas = try canvas(MemorySpec(), pinned: Self.gpt3, isVeiled: true, glyphs: .unicode)
        #expect(bars(canvas) == [], "and no bar is drawn")
        #expect(canvas.rows.filter { $0.contains("B") && !$0.contains("bytes") } == [])
        #expect(canvas.rows.filter { $0.contains("?") }.count == 5)
    }

    @Test("writes every size whole at the least width, in all units")
    func wholeSizes() throws {
        for text in [Self.gpt3, "l=96,b=1024,n=96,g=96,h=128,s=1048576,bytes=4"] {
            let report = MemoryReport(try CacheSetting(text: text))
            for units in Units.allCases {
                let rows = try canvas(MemorySpec(), text, width: 58, units: units).rows
                for size in report.variants {
                    #expect(rows.contains { $0.contains(units.short(size.size)) })
                }
                #expect(rows.contains { $0.contains(units.text(report[.gqa]!.size)) })
                #expect(rows.contains { $0.hasSuffix("< here") || $0.hasSuffix("< = MHA") })
            }
        }
    }

    // MARK: With room

    @Test("writes a factor a row with what they make up to there, the last the size itself")
    func ladder() throws {
        for (text, spec) in [
            (Self.gpt3, MemorySpec()), (Self.gpt3, MemorySpec(named: [.mha, .mqa])),
            ("l=32,b=4,n=32,g=8,h=128,s=8192,bytes=0.5", MemorySpec()),
            ("l=61,b=1,n=128,g=128,h=128,s=1000,bytes=2,c=512,r=64", MemorySpec()),
        ] {
            let setting = try CacheSetting(text: text)
            let variant = spec.formulaVariant(at: setting)
            let size = try #require(MemoryReport(setting)[variant])
            let rows = try canvas(spec, text, isRoomy: true).rows
            let rungs = rows.prefix { !$0.hasPrefix("       -") }
            #expect(rungs.count == size.factors.count)
            var bits = 1
            for (row, factor) in zip(rungs, size.factors) {
                bits *= factor.value
                #expect(row.contains(" \(factor.valueText) "))
                let isLast = factor.kind == .parameter(.bytesPerNumber)
                let product = isLast ? ByteCount(bits: bits).exact : grouped(bits)
                #expect(row.hasSuffix(product) == (row != rungs.first && factor.value > 1))
            }
            #expect(rungs.last?.hasSuffix(size.size.exact) == true)
        }
    }

    @Test("cuts a thick bar into its K/V heads, each in its ink, where they can be told apart")
    func cutBars() throws {
        let text = "l=32,b=1,n=32,g=8,h=128,s=8192,bytes=2"
        let canvas = try canvas(MemorySpec(), text, width: 110, isRoomy: true, glyphs: .unicode)
        let row = try #require(canvas.rows.firstIndex { $0.hasPrefix(" GQA") })
        let inks = canvas.row(row).compactMap { cell -> Int8? in
            if case .group(let number) = cell.style.ink { number } else { nil }
        }
        #expect(Set(inks).count == Ink.groupCount)
        let changes = zip(inks, inks.dropFirst()).filter { $0 != $1 }
        #expect(changes.count == 8 - 1)
        // Of 32 heads none can be told from the next.
        let most = try #require(canvas.rows.firstIndex { $0.hasPrefix(" MHA") })
        #expect(Set(canvas.row(most).map(\.style.ink)).isSubset(of: [.text, .faint]))
    }

    @Test("shows what one token leaves in every layer: a key and a value of each K/V head")
    func tokenShare() throws {
        let rows = try canvas(
            MemorySpec(), "l=12,b=1,n=12,g=4,h=64,s=1024,bytes=2", isRoomy: true, glyphs: .unicode
        ).rows
        #expect(
            rows.joined(separator: " ").split(separator: " ").joined(separator: " ").contains(
                "In each of 12 layers, one token adds a key and a value of 64 numbers for each of "
                    + "4 K/V heads."))
        let layers = rows.filter { $0.hasSuffix("▒▒ ▒▒ ▒▒ ▒▒") }
        #expect(layers.count == 12)
        #expect(rows.contains { $0.contains("▒▒: a key and a value.") })
        // Of one head, every number is a cell.
        let some = MemorySpec(
            factors: [.parameter(.headDimension), .keyAndValue], showsBars: false)
        let cells = try canvas(some, isRoomy: true, glyphs: .unicode).rows.joined()
        #expect(cells.filter { $0 == "▒" }.count == 2 * 128)
        // Where rows are few, the first of them and a mark that there are more.
        let share = try #require(
            MemoryFigures(
                some,
                Scene(
                    setting: CacheSetting(text: "l=1,b=1,n=1,g=1,h=256,s=1,bytes=2"), units: .both,
                    isVeiled: false)
            ).tokenShare)
        let view = TokenShareView(share: share, width: 78, glyphs: .unicode)
        let few = view.lines(height: view.heights.lowerBound).map { $0.map(\.text).joined() }
        #expect(few.filter { $0.hasSuffix(" …") }.count == 2)
        #expect(!view.lines(height: view.heights.upperBound).contains { $0.last?.text == " …" })
    }

    @Test("follows the tokens with a bar for each stop of their slider, in the engine's sizes")
    func tokenBars() throws {
        var app = ShippedCourse.app("mha", "a-size-needs-its-context", size: .wide)
        func sizes(_ app: CourseApp) -> [String] {
            app.rows.filter { $0.contains("█") }.compactMap { $0.split(separator: "█").last }
                .map { $0.trimmingPrefix { !$0.isNumber } }.filter { $0.hasSuffix("B") }.map {
                    String($0)
                }
        }
        let expected = try [128, 256, 512, 1024, 2048].map {
            let setting = try app.session.setting.setting([.tokens: $0])
            return try #require(MemoryReport(setting)[.mha]).size.decimal
        }
        #expect(sizes(app) == expected)
        #expect(app.rows.contains { $0.contains("▸  2,048  █") })
        app.press(.left)
        #expect(sizes(app) == expected)
        #expect(app.rows.contains { $0.contains("▸  1,024  █") })
        #expect(app.words.contains("4.83 GB (4.50 GiB)"))
        // They would tell the answer.
        let asked = ShippedCourse.app("mha", "twice-the-text", size: .wide)
        #expect(!asked.rows.contains { $0.contains("█") })
    }

    @Test("puts layers side by side that keep one head's, and counts heads that share a cell")
    func fewAndMany() throws {
        func rows(_ text: String, _ variant: AttentionVariant) throws -> [String] {
            let spec = MemorySpec(named: [variant])
            return try canvas(spec, text, isRoomy: true, glyphs: .unicode).rows
        }
        let one = try rows("l=61,b=1,n=8,g=1,h=64,s=16,bytes=2", .mqa)
        let pairs = one.filter { $0.contains(" ▒▒ ▒▒") }.map { $0.split(separator: " ") }
        #expect(pairs.map(\.first) == ["1-21", "22-42", "43-61"])
        #expect(pairs.map { $0.count - 1 } == [21, 21, 19])
        let many = try rows("l=96,b=1,n=96,g=96,h=128,s=16,bytes=2", .mha)
        #expect(many.contains { $0.contains("▒: keys and values of 2 heads.") })
        #expect(many.contains { $0.hasSuffix(" " + String(repeating: "▒", count: 48)) })
    }

    @Test("keeps to the rows it is given, whatever they are")
    func everyHeight() throws {
        let setting = try CacheSetting(text: Self.gpt3)
        let scene = Scene(setting: setting, units: .both, isVeiled: false)
        for width in [20, 58, 90, 133] {
            let view = MemoryView(spec: MemorySpec(), width: width, scene: scene, glyphs: .unicode)
            for height in view.heights {
                let used = view.height(within: height)
                #expect(used <= height && view.lines(height: used).count == used)
            }
        }
    }
}
