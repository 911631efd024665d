import AttentionEngine
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CourseScreens
@testable import CourseSession

@Suite("The boxes of heads")
struct HeadBoxesTests {
    @Test(
        "in the largest boxes show the numbers of a head, and that there are more",
        arguments: [8, 64])
    func numbers(headDimension: Int) throws {
        let setting = try CacheSetting(
            text: "l=1,b=1,n=8,g=2,h=\(headDimension),s=16,bytes=2")
        let scene = Scene(setting: setting, units: .both, isVeiled: false)
        let picture = HeadsPicture(
            spec: HeadsSpec(showsCache: false), width: 130, scene: scene, glyphs: .unicode)
        var canvas = Canvas(size: Size(width: 130, height: picture.heights.upperBound))
        picture.draw(in: canvas.area, on: &canvas)
        #expect(canvas.cutTexts.isEmpty)
        let cells = canvas.rows.joined().count { $0 == "▒" }
        let dots = canvas.rows.joined().count { $0 == "…" }
        // A query has three rows of 11 cells, a key or a value three of 5.
        #expect(dots == (headDimension == 8 ? 0 : 8 + 2 * 2))
        #expect(cells == (headDimension == 8 ? (8 + 2 * 2) * 8 : 8 * 32 + 2 * 2 * 14))
        #expect(canvas.rows.joined().contains("a cell each."))
    }
}
