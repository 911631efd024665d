import AttentionEngine
import CoursePlain
import Foundation
import TerminalCanvas
import TestSupport
import Testing

@testable import CourseContent
@testable import CourseScreens
@testable import CourseSession

@Suite("The picture of one head")
struct HeadPictureTests {
    private static let spec = HeadSpec(tokens: [
        .init(word: "The", key: [0.9, 0.4], value: 2),
        .init(word: "cat", key: [0.5, 2.4], value: 9),
        .init(word: "sat", key: [-1.8, 1.2], value: -4),
    ])

    private func scene(_ dials: String, isVeiled: Bool = false) throws -> Scene {
        Scene(
            setting: try CacheSetting(text: "l=1,b=1,n=8,g=8,h=64,s=16,bytes=2"),
            dials: DialValues(text: dials), units: .both, isVeiled: isVeiled)
    }

    private func canvas(
        _ scene: Scene, of spec: HeadSpec = spec, width: Int, height: Int, glyphs: Glyphs = .ascii
    ) -> Canvas {
        var canvas = Canvas(size: Size(width: width, height: height), glyphs: glyphs)
        HeadPicture(spec: spec, width: width, scene: scene).draw(in: canvas.area, on: &canvas)
        return canvas
    }

    @Test("names both queries before their shares, so that no colour has to tell them apart")
    func namedQueries() throws {
        let rows = canvas(try scene("query=60,second=150"), width: 70, height: 30).rows
        #expect(rows.filter { $0.contains(" query   0.") }.count == 3)
        #expect(rows.filter { $0.contains(" second  0.") }.count == 3)
    }

    @Test("shows scores, shares and what is read, beside the arrows")
    func scores() throws {
        let rows = canvas(try scene("query=60"), width: 70, height: 6).rows
        #expect(rows[0].contains("token   score  scaled  share"))
        #expect(rows[2].contains("cat      4.58    3.24  0.86 #"))
        #expect(rows[4].contains("sat reads 7.76"))
    }

    @Test("shows no share of what comes after the token that asks")
    func mask() throws {
        let figures = HeadFigures(Self.spec, try scene("token=2"))
        #expect(figures.asking == "cat")
        #expect(figures.score(2, figures.queries[0]) == nil)
        let rows = canvas(try scene("token=2"), width: 70, height: 6).rows
        #expect(rows[3].contains("not seen") && rows[2].contains("> cat"))
    }

    @Test("shows a second query's shares beside the first's, or below them")
    func second() throws {
        let scene = try scene("query=75,second=150")
        let small = canvas(scene, width: 70, height: 6).rows
        #expect(small[0].contains("query") && small[0].contains("second"))
        #expect(small[4].contains("query reads 7.54, second -2.25"))
        let large = canvas(scene, width: 90, height: 40).rows.joined(separator: "\n")
        #expect(large.contains("query reads") && large.contains("second reads"))
    }

    @Test("hides scores, shares and what is read while that is asked, in words too")
    func veiled() throws {
        let scene = try scene("query=60", isVeiled: true)
        for (width, height) in [(70, 6), (90, 40)] {
            let text = canvas(scene, width: width, height: height).rows.joined(separator: "\n")
            #expect(!text.contains("4.58") && !text.contains("0.86") && !text.contains("7.76"))
        }
        let told = HeadFigures(Self.spec, scene).told.map(\.text).joined(separator: "\n")
        #expect(told.contains("It reads ?") && told.contains("share ?."))
        #expect(!told.contains("0.86") && !told.contains("4.58"))
    }

    @Test("has queries of tenths that point where they are said to", arguments: HeadSpec.directions)
    func directions(degrees: Int) {
        let query = HeadFigures.query(degrees: degrees)
        let angle = Double(degrees) * .pi / 180
        for (number, exact) in zip(query, [2 * cos(angle), 2 * sin(angle)]) {
            #expect(abs(number - exact) < 0.05)
            #expect(number * 10 == (number * 10).rounded())
        }
    }

    /// The heads that lessons show, with the dials that their step has.
    private static let shipped: [(spec: HeadSpec, dials: DialValues)] = ShippedCourse.places
        .compactMap { place in
            let step = ShippedCourse.app(place).step
            return step.head.map { ($0, step.dials) }
        }

    @Test("shows what the engine's attention gives, for every query and token of the lessons")
    func sameAsEngine() throws {
        #expect(Self.shipped.count > 4)
        var wrong: [String] = []
        for (spec, _) in Self.shipped {
            for degrees in HeadSpec.directions {
                for token in 1...spec.tokens.count {
                    let scene = try scene("query=\(degrees),token=\(token)")
                    let figures = HeadFigures(spec, scene)
                    let outputs = try attention(spec, degrees: degrees)
                    let read = figures.output(figures.queries[0]) ?? .nan
                    // Of a cache of these tokens alone, and, by the mask, of one of all.
                    if !(abs(read - outputs[token - 1]) < 1e-4) {
                        wrong.append("\(degrees) \(token): \(read), \(outputs[token - 1])")
                    }
                }
            }
        }
        #expect(wrong == [])
    }

    /// What each token reads with the same query, by the engine's causal mask over all tokens.
    private func attention(_ spec: HeadSpec, degrees: Int) throws -> [Double] {
        let shape = try AttentionShape(queryHeads: 1, keyValueHeads: 1, headDimension: 2)
        var cache = KVCache(layout: .perHead(keyValueHeads: 1, headDimension: 2), format: .float32)
        cache.append(
            keys: spec.tokens.flatMap { $0.key.map(Float.init) },
            values: spec.tokens.flatMap { [Float($0.value), 0] })
        let query = HeadFigures.query(degrees: degrees).map(Float.init)
        let outputs = AttentionEngine.attention(
            queries: spec.tokens.flatMap { _ in query }, cache: cache, shape: shape, causal: true)
        return stride(from: 0, to: outputs.count, by: 2).map { Double(outputs[$0]) }
    }

    @Test("names every arrow wherever the queries point, and cuts nothing")
    func labels() throws {
        var missing: Set<String> = []
        for (spec, dials) in Self.shipped {
            for degrees in HeadSpec.directions {
                for (width, height) in [(58, 8), (78, 9), (69, 32), (93, 44)] {
                    var scene = try scene("query=\(degrees)")
                    scene.dials[.second] = dials[.second]
                    let height = max(height, spec.tokens.count + 2)
                    for glyphs in Glyphs.both {
                        let canvas = canvas(
                            scene, of: spec, width: width, height: height, glyphs: glyphs)
                        let words = canvas.rows.joined(separator: " ")
                        for token in spec.tokens
                        where words.components(separatedBy: token.word).count < 3 {
                            missing.insert("\(token.word) \(degrees) \(width)x\(height)")
                        }
                        if !canvas.cutTexts.isEmpty { missing.insert("\(canvas.cutTexts)") }
                    }
                }
            }
        }
        #expect(missing == [])
    }

    @Test("unfolds the largest share, each step following from the one before")
    func unfolded() throws {
        var app = ShippedCourse.app("start", "from-scores-to-shares")
        app.press("w")
        for line in ["1.0 × 0.5 = 0.50", "0.50 + 4.08 = 4.58", "4.58 / 1.4142 = 3.239"] {
            #expect(app.words.contains(line))
        }
        #expect(app.words.contains("25.5 / 31.2 = 0.82"))
        var plain = PlainCourse.at("start", "from-scores-to-shares")
        #expect(plain.words("why").contains("share: 25.5 / 31.2 = 0.82."))
        #expect(plain.words("why share") == plain.words("why"))
        #expect(
            plain.words("why cache")
                == "why unfolds the largest share, and nothing else: why, or why share.")
        var sized = PlainCourse.at("gqa", "from-end-to-end")
        #expect(sized.words("why cache") == sized.words("why"))
        #expect(sized.words("why share").contains("and nothing else: why, or why cache."))
    }

    @Test("divides by a root of so many digits that paper agrees, wherever the queries point")
    func onPaper() throws {
        for (spec, _) in Self.shipped where spec.detail == .all {
            for degrees in HeadSpec.directions {
                for token in 1...spec.tokens.count {
                    let scene = try scene("query=\(degrees),token=\(token)")
                    guard case .share(let steps) = HeadFigures(spec, scene).unfolded.content,
                        let step = steps.first(where: { $0.name.hasPrefix("scaled") })
                    else {
                        Issue.record("nothing is scaled")
                        return
                    }
                    let factors = step.sum.components(separatedBy: " / ").compactMap(Double.init)
                    let onPaper = String(format: "%.3f", factors[0] / factors[1])
                    #expect(onPaper == step.result, "\(step.sum) at \(degrees)")
                }
            }
        }
    }

    @Test("is not unfolded before it is told how shares are made")
    func notYet() {
        let app = ShippedCourse.app("start", "what-a-head-does")
        #expect(!app.session.canUnfold && app.action(for: "w") == nil)
    }
}
