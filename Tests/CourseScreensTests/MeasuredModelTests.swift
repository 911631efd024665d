import AttentionEngine
import Foundation
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CourseScreens
@testable import CourseSession

@Suite("What was measured of a real model")
struct MeasuredModelTests {
    private let model = MeasuredModel.smolLM2

    private func scene(
        _ dials: String = "", _ setting: String = "l=30,b=1,n=9,g=3,h=64,s=42,bytes=2",
        isVeiled: Bool = false, table: Bool = false, proposal: Proposal? = nil
    ) throws -> Scene {
        Scene(
            setting: try CacheSetting(text: setting), dials: DialValues(text: dials),
            units: .both, isVeiled: isVeiled, showsTable: table, proposal: proposal)
    }

    private func rows(_ spec: WidgetSpec, _ scene: Scene, width: Int = 78, height: Int) -> [String]
    {
        let widget = spec.widget(width: width, scene: scene, glyphs: .unicode)
        return (widget as? any TextWidget)?.lines(height: height).map { $0.map(\.text).joined() }
            ?? []
    }

    // MARK: The data

    @Test("is of the file that generate names in its help, with every way to keep of lessons")
    func whole() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let help = try String(
            contentsOf: root.appending(path: "Sources/headroom/GenerateCommand.swift"),
            encoding: .utf8)
        #expect(model.digest.count == 64 && help.contains(model.digest))
        #expect(!model.date.isEmpty && !model.machine.isEmpty)
        let forms: [MeasuredModel.Form] =
            [.built, .copies(9), .mean(1), .best(1), .bits(8), .bits(4)]
            + [64, 128, 192, 256, 320].map { .latent($0) }
        for form in forms {
            #expect(model.writing(form) != nil && model.point(form) != nil, "\(form)")
        }
        #expect(model.writing(.built)?.pieces.count == WritingSpec.mostWritten)
        #expect(model.layers.count == LooksSpec.layers && model.compared == 496)
    }

    @Test("holds as many bytes as the formula says, for each way to keep")
    func bytes() throws {
        for writing in model.writings {
            let point = try #require(model.point(writing.form))
            let read = writing.readTokens + writing.pieces.count
            // The last token written was read only where another one, which ended the text, came.
            let isEnded = writing.pieces.count < WritingSpec.mostWritten
            #expect(writing.bytesHeld == (isEnded ? read : read - 1) * point.bytesPerToken)
        }
        let setting = try scene().setting
        #expect(
            model.point(.built)?.bytesPerToken
                == MemoryReport(setting).variants
                .first { $0.variant == .gqa }?.bytesPerToken.bytes)
        #expect(model.point(.copies(9))?.bytesPerToken == 3 * 23_040)
        // 32 numbers of 8 or 4 bits and a scale of 16.
        #expect(model.point(.bits(8))?.bytesPerToken == 23_040 * 17 / 32)
        #expect(model.point(.bits(4))?.bytesPerToken == 23_040 * 9 / 32)
    }

    @Test("copies write the same words and cost nothing; the latent keeps more than one head")
    func claims() throws {
        #expect(model.writing(.copies(9))?.pieces == model.writing(.built)?.pieces)
        #expect(model.point(.copies(9))?.more.nats == 0)
        let latent = try #require(model.point(.latent(128)))
        for form in [MeasuredModel.Form.best(1), .mean(1)] {
            let head = try #require(model.point(form))
            #expect(head.numbers == latent.numbers)
            #expect(head.more.nats - head.more.error > 2 * (latent.more.nats + latent.more.error))
        }
        let four = try #require(model.point(.bits(4)))
        #expect(four.bytesPerToken < latent.bytesPerToken && four.more.nats < latent.more.nats)
    }

    @Test("every head's shares add up to all, and q8 looks at cat in layer 13")
    func shares() {
        #expect(model.tokens.count == LooksSpec.tokens && model.looks.count == LooksSpec.layers)
        for layer in model.looks {
            #expect(layer.count == 9)
            for head in layer {
                #expect(head.map(\.count) == Array(1...15))
                for row in head { #expect(abs(row.reduce(0, +) - 100) <= 4) }
            }
        }
        #expect(model.looks[13][8][9].prefix(3) == [14, 59, 16])
        #expect(model.tokens[1] == " cat" && model.tokens[9] == " it")
    }

    @Test("the lesson asks for what was measured")
    func asked() throws {
        let step = ShippedCourse.app("real", "how-different-are-they").step
        guard case .number(let answer, _)? = step.question?.kind else {
            Issue.record("no number is asked for")
            return
        }
        let mean = try #require(DiversityFigures.mean(model.layers.map(\.all.sharing)))
        #expect("\(answer)".contains(fixed(mean, decimals: 2)))
    }

    // MARK: The pictures

    @Test("text follows the slider, and bytes with it")
    func writing() throws {
        let spec = WidgetSpec.writing(WritingSpec(forms: [.built]))
        let few = rows(spec, try scene("written=3"), height: 6)
        #expect(few.contains { $0.contains("A cache keeps track of the") })
        #expect(few.contains { $0.contains("115,200 bytes = 5 tokens x 23,040") })
        let veiled = rows(spec, try scene("written=3", isVeiled: true), height: 6)
        #expect(!veiled.joined().contains("23,040"))
    }

    @Test("c and bytes per number choose what is kept, and the loss stands beside")
    func kept() throws {
        let setting = "l=30,b=1,n=9,g=3,h=64,s=42,bytes=0.5,c=64,r=0"
        let lines = rows(
            .writing(WritingSpec(forms: [.latent, .bits])), try scene("written=40", setting),
            height: 10)
        let text = lines.joined(separator: "\n")
        #expect(text.contains("latent, c = 64  64 numbers a token, a layer  0.93 ± 0.04 nats more"))
        #expect(text.contains("g = 3, 4 bits  384 numbers a token, a layer  0.14 ± 0.02 nats more"))
        #expect(text.contains("Not trained. How much a latent loses depends on the text"))
    }

    @Test("a text that is hidden says so, and looks like none", arguments: [60, 80])
    func hidden(width: Int) throws {
        let scene = try scene("written=40", isVeiled: true)
        let spec = WritingSpec(forms: [.built, .best])
        let lines = rows(.writing(spec), scene, width: width, height: 12)
        #expect(lines.contains { $0.contains("A cache keeps … hidden until you answer") })
        let told = WritingFigures(spec, scene).told.map(\.text).joined(separator: " ")
        #expect(told.contains("g = 1, the best") && told.contains("is hidden until you answer."))
        #expect(!told.contains("\" ?\""))
    }

    @Test("a point has its label beside it or none, and the table has all")
    func labels() throws {
        let plot = rows(.losses, try scene(), width: 60, height: 20)
        #expect(plot.contains { $0.contains("c=192, c=256 ○") })
        #expect(!plot.contains { $0.contains("c=320") })
        let table = rows(.losses, try scene(table: true), width: 60, height: 40)
        #expect(table.contains { $0.contains("c=256") })
    }

    @Test("a bar is no three, and the loss's says how much all of it is")
    func bars() throws {
        let lines = rows(
            .writing(WritingSpec(forms: [.built, .best])), try scene("written=40"), width: 100,
            height: 60)
        // Two rows of each way's memory, and of what one of them loses.
        #expect(lines.count { $0.contains("█") } == 6)
        #expect(lines.contains { $0.contains("nats more (full: 2)") })
    }

    @Test("the mean never stands without what it is", arguments: [60, 78, 120])
    func caveat(width: Int) throws {
        for height in [8, 12, 30] {
            let lines = rows(
                .writing(WritingSpec(forms: [.mean, .best])), try scene("written=40"), width: width,
                height: height)
            #expect(lines.joined(separator: " ").contains("not what MQA"))
        }
        let losses = rows(.losses, try scene(), width: width, height: 24).joined(separator: " ")
        #expect(
            losses.contains("T5 trained on with MQA came near MHA (Ainslie et al. 2023)."))
        #expect(!losses.contains("lose more"))
    }

    @Test("heads that share a K/V head stand together, with percentages at every size")
    func looks() throws {
        for height in [12, 20, 50] {
            let lines = rows(.looks(LooksSpec()), try scene("layer=13,token=10"), height: height)
            let heads = lines.filter { $0.contains(/q[0-8]/) }
            #expect(heads.count == 9)
            #expect(heads[6].contains("kv2 q6") && !heads[7].contains("kv"))
            #expect(heads[8].contains("59") && heads[8].contains("16"))
        }
        let first = rows(.looks(LooksSpec()), try scene("layer=0,token=1"), height: 12)
        #expect(first.filter { $0.contains("100") }.count == 9)
    }

    @Test("how different heads are is hidden until the question is answered")
    func diversity() throws {
        let open = rows(.diversity, try scene(), height: 20).joined(separator: "\n")
        #expect(open.contains("Sharing heads differ by 0.45, others by 0.53"))
        let without = rows(.diversity, try scene("first=ignored"), height: 20).joined()
        #expect(without.contains("Sharing heads differ by 0.52, others by 0.61"))
        let veiled = rows(.diversity, try scene(isVeiled: true), height: 20).joined()
        #expect(!veiled.contains("0.45") && !veiled.contains("share"))
        let words = DiversityFigures(try scene(isVeiled: true)).told.map(\.text).joined()
        #expect(!words.contains("0.45"))
    }

    @Test("bits move those of few bits to the left, and a proposal stands where its part is")
    func losses() throws {
        func memory(_ dials: String, _ form: MeasuredModel.Form) throws -> Double? {
            LossFigures(try scene(dials)).rows.first { $0.form == form }?.memory
        }
        #expect(try memory("", .bits(4)) == 384)
        #expect(try memory("memory=bits", .bits(4)) == 1_728)
        #expect(try memory("memory=bits", .built) == 6_144)
        let proposal = Proposal(numbers: 32, percent: 50)
        let figures = LossFigures(try scene(proposal: proposal))
        #expect(figures.proposal?.memory == 288)
        #expect(figures.proposal?.words[0].contains("288 of 1,152 here") == true)
        let table = rows(.losses, try scene(table: true), height: 24)
        #expect(table.contains { $0.contains("as built, g = 3") && $0.contains("23,040") == false })
    }
}
