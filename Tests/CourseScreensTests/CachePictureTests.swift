import AttentionEngine
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CourseScreens
@testable import CourseSession

@Suite("The picture of the cache")
struct CachePictureTests {
    private func rows(_ spec: CacheSpec, width: Int, glyphs: Glyphs = .ascii) throws -> [String] {
        var canvas = Canvas(size: Size(width: width, height: 6), glyphs: glyphs)
        CachePicture(spec: spec).draw(in: canvas.area, on: &canvas)
        return canvas.rows
    }

    @Test("shows the newest token's key and value made, and the others' kept")
    func kept() throws {
        let words = ["The", "cat", "sat"]
        #expect(
            try rows(CacheSpec(words: words, mode: .kept), width: 78) == [
                " token     The   cat   sat",
                " query     <---------- q",
                " keys      ===== ===== #####",
                " values    ===== ===== #####",
                "",
                " ## made in this step: 1 key and 1 value   == kept in the cache: 2 of each",
            ])
    }

    @Test("shows all made again where nothing is kept")
    func recomputed() throws {
        let words = ["The", "cat", "sat"]
        #expect(
            try rows(CacheSpec(words: words, mode: .recomputed), width: 78).suffix(4) == [
                " keys      ##### ##### #####",
                " values    ##### ##### #####",
                "",
                " ## made in this step: 3 keys and 3 values",
            ])
    }

    @Test("says the same uncut where it is narrow, and counts tokens that have no room")
    func narrow() throws {
        let words = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"]
        let rows = try rows(CacheSpec(words: words, mode: .kept), width: 58)
        #expect(rows[0] == " token   ~ f     g     h     i     j     k     l")
        #expect(rows[5] == " ## made now: 1 key and 1 value   == kept: 11 of each")
    }

    @Test("of a single token has nothing kept to point at")
    func single() throws {
        let rows = try rows(CacheSpec(words: ["The"], mode: .kept), width: 78)
        #expect(rows[1] == " query     q")
        #expect(rows[5].hasSuffix("kept in the cache: 0 of each"))
    }
}
