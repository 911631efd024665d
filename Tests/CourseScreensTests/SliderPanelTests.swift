import AttentionEngine
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CourseScreens
@testable import CourseSession

@Suite("The panel of sliders")
struct SliderPanelTests {
    private static let area = Rect(column: 3, row: 2, width: 78, height: 4)

    private static func scene(_ text: String, focus: Parameter) throws -> Scene {
        let setting = try CacheSetting(text: text)
        return Scene(
            setting: setting, units: .both, focus: .parameter(focus), isVeiled: false)
    }

    private static func panel(_ parameters: [Parameter], _ scene: Scene) -> SliderPanel {
        let sliders = parameters.map { Slider(parameter: $0) }
        return SliderPanel(spec: SlidersSpec(sliders: sliders), scene: scene)
    }

    /// The slider that a press finds, and the value that it asks for.
    private static func hit(
        _ panel: SliderPanel, _ point: Point
    ) -> (slider: Slider, value: Int?)? {
        panel.slider(at: point, in: area).map {
            ($0, panel.value(of: $0, at: point, in: area, isDragged: false))
        }
    }

    @Test("shows the letter, the name and the value of each slider, the focused one marked")
    func letterNameAndValue() throws {
        let scene = try Self.scene("l=32,b=1,n=32,g=8,h=128,s=8192,bytes=2", focus: .tokens)
        var canvas = Canvas(size: Size(width: 78, height: 3))
        Self.panel([.keyValueHeads, .tokens, .bytesPerNumber], scene).draw(
            in: canvas.area, on: &canvas)
        let beginnings = canvas.rows.map { $0.prefix(31).split(separator: " ") }
        #expect(
            beginnings == [
                ["g", "K/V", "heads", "8"], ["▸", "s", "tokens", "8,192"],
                ["bytes", "per", "number", "2"],
            ])
    }

    @Test("finds the slider and the value that stand under the mouse")
    func hits() throws {
        let scene = try Self.scene("l=32,b=1,n=32,g=8,h=128,s=8192,bytes=2", focus: .tokens)
        let panel = Self.panel([.keyValueHeads, .tokens], scene)
        var canvas = Canvas(size: Size(width: 90, height: 8))
        panel.draw(in: Self.area, on: &canvas)
        let row = canvas.rows[Self.area.row]
        let place = try #require(row.firstRange(of: "16"))
        let column = row.distance(from: row.startIndex, to: place.lowerBound)
        func hit(_ column: Int, _ row: Int) -> (slider: Slider, value: Int?)? {
            Self.hit(panel, Point(column: column, row: Self.area.row + row))
        }
        #expect(hit(column, 0)?.slider.parameter == .keyValueHeads)
        #expect(hit(column, 0)?.value == 16)
        #expect(hit(10, 1)?.slider.parameter == .tokens)
        #expect(hit(10, 1)?.value == nil)
        #expect(hit(10, 2) == nil)
    }

    @Test("takes no value from the mouse for a parameter that the setting lacks")
    func parameterNotInPlay() throws {
        let scene = try Self.scene("l=32,b=1,n=32,g=8,h=128,s=8192,bytes=2", focus: .latentRank)
        let latent = Slider(parameter: .latentRank, range: 5000...6000)
        let panel = SliderPanel(spec: SlidersSpec(sliders: [latent]), scene: scene)
        let hit = Self.hit(panel, Point(column: 60, row: 2))
        #expect(hit?.slider == latent)
        #expect(hit?.value == nil)
    }

    @Test("keeps the focused slider in view where not all fit")
    func focusedInView() throws {
        let parameters: [Parameter] = [
            .keyValueHeads, .queryHeads, .tokens, .layers, .headDimension, .batch,
        ]
        for focus in parameters {
            let scene = try Self.scene("l=32,b=1,n=32,g=8,h=128,s=8192,bytes=2", focus: focus)
            var canvas = Canvas(size: Size(width: 78, height: 3))
            Self.panel(parameters, scene).draw(in: canvas.area, on: &canvas)
            let focused = canvas.rows.filter { $0.hasPrefix("▸") }
            #expect(focused.count == 1)
            #expect(focused.first?.contains(focus.name) == true)
        }
    }
}
