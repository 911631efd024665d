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
        #expect(canvas.rows.joined().contains("a cell each as far as they fit."))
    }

    @Test("draw a latent as wide as its numbers, whatever n is", arguments: [12, 30])
    func latentWidth(height: Int) throws {
        func cells(n: Int, c: Int) throws -> Int {
            let setting = try CacheSetting(
                text: "l=1,b=1,n=\(n),g=\(n),h=64,s=16,bytes=2,c=\(c),r=0")
            var canvas = Canvas(size: Size(width: 80, height: height))
            let scene = Scene(setting: setting, units: .both, isVeiled: false)
            HeadsPicture(spec: HeadsSpec(), width: 80, scene: scene, glyphs: .unicode)
                .draw(in: canvas.area, on: &canvas)
            return canvas.rows.map { $0.count { $0 == "█" } }.max() ?? 0
        }
        let width = try cells(n: 4, c: 256)
        #expect(width > 0)
        #expect(try cells(n: 8, c: 256) == width)
        #expect(try cells(n: 8, c: 512) == 2 * width)
        #expect(try cells(n: 4, c: 1024) == 4 * width)
    }
}
