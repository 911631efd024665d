import AttentionEngine
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CourseScreens
@testable import CourseSession

@Suite("The picture of the cache")
struct CachePictureTests {
    private func scene(_ dials: String) throws -> Scene {
        Scene(
            setting: try CacheSetting(text: "l=1,b=1,n=8,g=8,h=64,s=16,bytes=2"),
            dials: DialValues(text: dials), units: .both, isVeiled: false)
    }

    private func rows(_ words: [String], _ dials: String, width: Int, height: Int) throws
        -> [String]
    {
        var canvas = Canvas(size: Size(width: width, height: height), glyphs: .ascii)
        CachePicture(spec: CacheSpec(words: words), scene: try scene(dials))
            .draw(in: canvas.area, on: &canvas)
        #expect(canvas.cutTexts.isEmpty)
        return canvas.rows
    }

    @Test("shows a step's key and value made, and the others' kept")
    func kept() throws {
        let rows = try rows(["The", "cat", "sat"], "written=3,cache=on", width: 60, height: 8)
        #expect(
            rows == [
                "       The      cat      sat",
                " The   ########",
                " cat   ======== ########",
                " sat   ======== ======== ######## < query",
                "",
                " ## a key and a value made   == kept, only read",
                " without a cache ######################### 6 keys, 6 values",
                " with a cache    ############# 3 keys, 3 values",
            ])
    }

    @Test("shows all made again where nothing is kept")
    func recomputed() throws {
        let rows = try rows(["The", "cat", "sat"], "written=2", width: 60, height: 8)
        #expect(rows[2] == " cat   ######## ######## < query")
        #expect(rows[3] == "")
    }

    @Test("shows the last steps and tokens where not all fit, and says that there are others")
    func narrow() throws {
        let words = (1...40).map { "word\($0)" }
        let rows = try rows(words, "written=40", width: 50, height: 9)
        #expect(rows[0] == " ~      ~")
        #expect(rows[1].hasPrefix(" word38 ~ ###### ######"))
        #expect(rows[7].hasSuffix(" 820 keys, 820 values"))
    }

    @Test("hides how many were made while that is asked")
    func veiled() throws {
        var scene = try scene("written=6")
        scene.isVeiled = true
        let figures = CacheFigures(CacheSpec(words: ["a", "b", "c", "d", "e", "f"]), scene)
        #expect(figures.ways.map(\.keys) == [nil, nil])
        #expect(!"\(figures.told)".contains("21"))
    }

    @Test("counts what a head that writes the sentence makes", arguments: 1...12)
    func counts(tokens: Int) throws {
        let words = (1...12).map { "w\($0)" }
        let figures = CacheFigures(CacheSpec(words: words), try scene("written=\(tokens)"))
        // Written out: each step makes the keys that it does not find.
        for isKept in [false, true] {
            var (cache, made) = (Set<Int>(), 0)
            for newest in 1...tokens {
                for token in 1...newest where !cache.contains(token) {
                    made += 1
                    if isKept { cache.insert(token) }
                }
            }
            #expect(figures.made(isKept: isKept) == made)
        }
    }
}
