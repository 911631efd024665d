import AttentionEngine
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CourseScreens
@testable import CourseSession

@Suite("A slider's track")
struct SliderTrackTests {
    private static let labels: [[String]] = [
        ["1"], ["1", "2"], ["1", "2", "4", "8", "16", "32"], ["0.5", "1", "2", "4"],
        ["1", "1,024", "1,048,576"], (0...20).map { grouped(1 << $0) }, (1...16).map(String.init),
        (1...128).map(String.init), (1...256).map(String.init),
    ]

    @Test("keeps its stops inside its width, in rising columns", arguments: labels)
    func columnsRise(labels: [String]) {
        for width in [1, 5, 15, 22, 42, 79, 163] {
            let track = SliderTrack(labels: labels, width: width)
            let starts = labels.indices.map(track.column)
            let ends = labels.indices.map {
                starts[$0] + (track.isLabelled ? labels[$0].count : 1)
            }
            #expect(starts.first.map { $0 >= 0 } == true)
            #expect(ends.allSatisfy { $0 <= width })
            #expect(track.endColumn <= width)
            if track.isLabelled {
                #expect(zip(ends, starts.dropFirst()).allSatisfy { $0 < $1 })
            } else if labels.count <= width - (labels[0] + labels[labels.count - 1]).count {
                #expect(zip(starts, starts.dropFirst()).allSatisfy { $0 < $1 })
            } else {
                #expect(zip(starts, starts.dropFirst()).allSatisfy { $0 <= $1 })
            }
        }
    }

    @Test("gives the mouse every stop back at each of its columns", arguments: labels)
    func foundByMouse(labels: [String]) {
        for width in [1, 5, 15, 22, 42, 79, 163] {
            let track = SliderTrack(labels: labels, width: width)
            for stop in labels.indices {
                let start = track.column(of: stop)
                guard track.isLabelled else {
                    // Several stops share a column where there are more of them than columns.
                    #expect(track.column(of: track.stop(at: start)) == start)
                    continue
                }
                for column in start..<start + labels[stop].count {
                    #expect(track.stop(at: column) == stop, "\(width) \(labels[stop]) \(column)")
                }
            }
        }
    }

    @Test("gives the nearest end to a mouse beside it")
    func besideTheTrack() {
        let track = SliderTrack(labels: ["1", "2", "4"], width: 42)
        #expect(track.stop(at: -10) == 0)
        #expect(track.stop(at: 1000) == 2)
    }
}

@Suite("The panel of sliders")
struct SliderPanelTests {
    private static let area = Rect(column: 3, row: 2, width: 78, height: 4)

    private static func scene(_ text: String, focus: Parameter) throws -> Scene {
        let setting = try CacheSetting(text: text)
        return Scene(
            setting: setting, units: .both, focus: focus, isVeiled: false)
    }

    private static func panel(_ parameters: [Parameter]) -> SliderPanel {
        SliderPanel(spec: SlidersSpec(sliders: parameters.map { Slider(parameter: $0) }))
    }

    /// The slider that a press finds, and the value that it asks for.
    private static func hit(
        _ panel: SliderPanel, _ point: Point, _ scene: Scene
    ) -> (slider: Slider, value: Int?)? {
        panel.slider(at: point, in: area, scene: scene).map {
            ($0, panel.value(of: $0, at: point, in: area, scene: scene, isDragged: false))
        }
    }

    @Test("shows the letter, the name and the value of each slider, the focused one marked")
    func letterNameAndValue() throws {
        let scene = try Self.scene("l=32,b=1,n=32,g=8,h=128,s=8192,bytes=2", focus: .tokens)
        var canvas = Canvas(size: Size(width: 78, height: 3))
        Self.panel([.keyValueHeads, .tokens, .bytesPerNumber]).draw(
            in: canvas.area, on: &canvas, scene: scene)
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
        let panel = Self.panel([.keyValueHeads, .tokens])
        var canvas = Canvas(size: Size(width: 90, height: 8))
        panel.draw(in: Self.area, on: &canvas, scene: scene)
        let row = canvas.rows[Self.area.row]
        let place = try #require(row.firstRange(of: "16"))
        let column = row.distance(from: row.startIndex, to: place.lowerBound)
        func hit(_ column: Int, _ row: Int) -> (slider: Slider, value: Int?)? {
            Self.hit(panel, Point(column: column, row: Self.area.row + row), scene)
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
        let panel = SliderPanel(spec: SlidersSpec(sliders: [latent]))
        let hit = Self.hit(panel, Point(column: 60, row: 2), scene)
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
            Self.panel(parameters).draw(in: canvas.area, on: &canvas, scene: scene)
            let focused = canvas.rows.filter { $0.hasPrefix("▸") }
            #expect(focused.count == 1)
            #expect(focused.first?.contains(focus.name) == true)
        }
    }
}
