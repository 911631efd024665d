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
        units: Units = .both, isVeiled: Bool = false, glyphs: Glyphs = .ascii
    ) throws -> Canvas {
        let setting = try CacheSetting(text: text)
        let scene = Scene(
            setting: setting,
            pinned: try pinned.map { try CacheSetting(text: $0) }, units: units,
            isVeiled: isVeiled)
        let view = MemoryView(spec: spec, width: width, scene: scene, glyphs: glyphs)
        let height = view.heights.upperBound
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
        #expect(bars(canvas) == [])
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
}
