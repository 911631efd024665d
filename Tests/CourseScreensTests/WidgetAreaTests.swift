import AttentionEngine
import TerminalCanvas
import TestSupport
import Testing

@testable import CourseContent
@testable import CourseScreens
@testable import CourseSession

@Suite("A widget in an area of its own")
struct WidgetAreaTests {
    private static let outside = Cell("@", Style(.bad, [.reverse, .italic]))
    private static let margin = 3

    /// The cells outside an area that a widget changed.
    private func spilled(
        _ widget: any Widget, width: Int, height: Int, glyphs: Glyphs
    ) -> [Point] {
        let area = Rect(column: Self.margin, row: Self.margin, width: width, height: height)
        var canvas = Canvas(
            size: Size(width: width + 2 * Self.margin, height: height + 2 * Self.margin),
            glyphs: glyphs)
        canvas.fill(
            canvas.area, with: Self.outside.character, style: Self.outside.style)
        widget.draw(in: area, on: &canvas)
        return canvas.places(outside: area, otherThan: Self.outside)
    }

    /// The areas that a widget does not keep to, or wants no row of.
    private func wrong(_ spec: WidgetSpec, scene: Scene, widths: [Int]) -> [String] {
        var wrong: [String] = []
        for width in widths {
            for glyphs in Glyphs.both {
                let widget = spec.widget(width: width, scene: scene, glyphs: glyphs)
                let heights = widget.heights
                if heights.lowerBound < 1 { wrong.append("\(width) wide: \(heights)") }
                // The rows it makes use of are enough for it to make use of them.
                for height in heights.prefix(40) {
                    let used = widget.height(within: height)
                    if used > height || widget.height(within: used) != used {
                        wrong.append("\(width) wide: of \(height) rows it uses \(used)")
                    }
                }
                // One row less and one more than it asked for are no licence either.
                let asked = max(1, heights.lowerBound - 1)...heights.upperBound + 1
                for height in asked.prefix(16) + asked.dropFirst(16).suffix(3) {
                    let spilled = spilled(
                        widget, width: width, height: height, glyphs: glyphs)
                    guard !spilled.isEmpty else { continue }
                    wrong.append("\(width)x\(height) ASCII \(glyphs.isASCII): \(spilled)")
                }
            }
        }
        return wrong
    }

    @Test("draws nothing outside it, as the lessons use it", arguments: ShippedCourse.places)
    func shippedWidgets(place: ShippedCourse.Place) {
        let app = ShippedCourse.app(place)
        for spec in app.step.widgets {
            for isVeiled in [false, true] {
                var scene = app.scene
                scene.isVeiled = isVeiled
                let widths = SlowTests.extent([51, 78], of: [51, 58, 78, 115])
                #expect(wrong(spec, scene: scene, widths: widths) == [])
            }
        }
    }

    static let specs: [WidgetSpec] = [
        .heads(HeadsSpec(mapping: .repeat)), .heads(HeadsSpec(mapping: .tile)),
        .heads(HeadsSpec(mapping: .both)),
        .cache(CacheSpec(words: ["The", "cat"])),
        .cache(CacheSpec(words: (1...40).map { "word-\($0)" })),
        .cache(
            CacheSpec(words: ["語", "the-longest-word-of-all-that-one-would-ever-put-there-or-not"])),
        .head(HeadSpec(tokens: [.init(word: "cat", key: [0, 0], value: 0)], detail: .share)),
        .head(HeadSpec(tokens: Array(repeating: HeadToken.long, count: 8))),
        .chart(
            ChartSpec(
                title: "a title", series: ["one", "two"],
                rows: (1...12).map {
                    ChartSpec.Row(name: "row \($0)", values: [-1, 1e15], texts: ["-1", "1e15"])
                })),
        .chart(
            ChartSpec(
                title:
                    "a title that is far too long for any terminal that anybody has ever had here",
                series: [""], rows: [.init(name: "a", values: [0], texts: ["0"])])),
        .sliders(SlidersSpec(sliders: Parameter.allCases.map { Slider(parameter: $0) })),
        .memory(MemorySpec()),
        .memory(MemorySpec(named: [.mha], factors: [.keyAndValue])),
        .memory(MemorySpec(showsBars: false)),
        .append(AppendSpec(words: ["語", "a-rather-long-word"])),
        .clocks(ClocksSpec()), .tank, .brackets, .outputs, .times, .forms, .groups(GroupsSpec()),
        .groups(GroupsSpec(showsUsers: false, showsTimes: false)),
        .race(RaceSpec()), .race(RaceSpec(plot: .curves)), .race(RaceSpec(plot: .table)),
        .race(RaceSpec(marksCorner: true, marksG: true, proposal: .place)),
        .race(RaceSpec(plot: .table, isWidened: true)),
        .perspectives(PerspectivesSpec(variant: RecallVariant.race[0])),
        .writing(WritingSpec()), .writing(WritingSpec(forms: [.heads, .latent, .bits])),
        .looks(LooksSpec()),
        .diversity, .losses,
    ]

    static let settings = [
        "l=1,b=1,n=1,g=1,h=1,s=1,bytes=0.5",
        "l=96,b=1,n=96,g=96,h=128,s=1024,bytes=2",
        "l=61,b=1024,n=128,g=128,h=128,s=1000000,bytes=4,c=512,r=64",
        "l=26,b=1,n=8,g=4,h=256,s=131072,bytes=2,wl=22,w=512",
        "l=999999,b=7,n=251,g=1,h=977,s=9999,bytes=1",
    ]

    @Test("draws nothing outside it at odd settings and widths", arguments: specs, settings)
    func oddSettings(spec: WidgetSpec, text: String) throws {
        let setting = try CacheSetting(text: text)
        for units in Units.allCases {
            let scene = Scene(
                setting: setting, dials: DialValues(text: "token=5,second=30"), pinned: setting,
                units: units,
                focus: .parameter(.tokens), isVeiled: false)
            let all = SlowTests.extent([1, 51], of: [1, 12, 40, 51, 78])
            let widths = units == .both ? all : [51]
            #expect(wrong(spec, scene: scene, widths: widths) == [])
        }
    }
}

/// Tokens of pictures that nobody would draw.
private enum HeadToken {
    static let long = HeadSpec.Token(
        word: "語-the-longest-word-of-all", key: [-9.9, 9.9], value: -99)
}
