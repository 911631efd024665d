import Foundation
import TestSupport
import Testing

@testable import CourseSession
@testable import headroom

@Suite("What a model writes beside the course")
struct LiveTextTests {
    private func written(
        _ forms: [MeasuredModel.Form], tokens: Int = 5
    ) throws -> [WritingStatus.Row] {
        let model = try OpenModel(path: GGUFParts.smallFile.path)
        var text = LiveText(
            WritingOrder(beginning: " the heads", forms: forms, tokens: tokens), of: model,
            threads: 1)
        var shares = [text.share]
        while !text.isFinished {
            text.advance(for: .zero)
            shares.append(text.share)
        }
        #expect(shares == shares.sorted() && shares.first == 0 && shares.last == 1)
        return text.rows
    }

    @Test("is what headroom generate writes, one way to keep the cache after the other")
    func written() throws {
        let rows = try written([.built, .copies(9), .mean(1)])
        #expect(rows.map(\.form) == ["built", "copies 9", "mean 1"])
        let printed = try Program.run(
            "generate", GGUFParts.smallFile.path, " the heads", "--tokens", "5"
        ).output
        #expect(rows[0].text + "\n" == printed && rows[1].text == rows[0].text)
        // 2 of 4 heads of width 24, copied to 4, joined to one.
        #expect(rows.map(\.numbers) == [96, 192, 48])
        #expect(rows.map(\.bytesPerToken) == [192, 384, 96])
        #expect(rows.allSatisfy { $0.pieces.count == 5 && $0.readTokens == 5 })
    }

    @Test("what is written already is not written again")
    func known() throws {
        let model = try OpenModel(path: GGUFParts.smallFile.path)
        let known = WritingStatus.Row(
            form: .mean(1), numbers: 48, bytesPerToken: 96, readTokens: 5, pieces: [" known"])
        var text = LiveText(
            WritingOrder(
                beginning: " the heads", forms: [.built, .mean(1), .copies(4)], tokens: 5,
                known: [known]),
            of: model, threads: 1)
        while !text.isFinished { text.advance(for: .zero) }
        #expect(text.rows.map(\.pieces.count) == [5, 1, 5] && text.rows[1] == known)
        #expect(text.share == 1)
    }

    @Test("what is calibrated when a text is stopped is gone on with by the next")
    func calibration() throws {
        // A file of its own, of which nothing is kept from another time.
        let folder = try TestFolder()
        let path = folder.url.appending(path: "own.gguf").path
        let bytes = try Data(contentsOf: URL(filePath: GGUFParts.smallFile.path))
        try (bytes + Data(UUID().uuidString.utf8)).write(to: URL(filePath: path))
        let model = try OpenModel(path: path)
        func text(_ forms: [MeasuredModel.Form]) -> LiveText {
            LiveText(
                WritingOrder(beginning: " the heads", forms: forms, tokens: 5), of: model,
                threads: 1)
        }
        var first = text([.best(1)])
        for _ in 0..<2 { first.advance(for: .zero) }
        #expect(first.doing.hasPrefix("Calibrating, once: 128 of "))
        var second = text([.latent(32)])
        second.advance(for: .zero)
        #expect(second.doing.hasPrefix("Calibrating, once: 192 of "))
    }

    @Test("what is found for one latent is found for every one, and kept for what asks next")
    func found() throws {
        let model = try OpenModel(path: GGUFParts.smallFile.path)
        #expect(model.calibration.findings(width: 1) == nil)
        var text = LiveText(
            WritingOrder(beginning: " the heads", forms: [.latent(32)], tokens: 5), of: model,
            threads: 1)
        while !text.isFinished { text.advance(for: .zero) }
        // A token leaves 96 numbers in a layer of this model: 64 is the widest that is shown.
        #expect(model.calibration.findings(width: 64) != nil)
        #expect(model.calibration.findings(width: 65) == nil)
    }

    @Test("a way that the model's heads do not allow says so, and the next one is written")
    func impossible() throws {
        // Heads of 24 numbers are no whole blocks of 32, and a token leaves 96 in all.
        let rows = try written([.bits(8), .latent(128), .built])
        #expect(rows.prefix(2).allSatisfy { $0.text.contains("not possible") })
        #expect(rows[2].pieces.count == 5)
    }

    @Test("a sentence is read as headroom looks prints it, heads by their K/V head")
    func reading() throws {
        let model = try OpenModel(path: GGUFParts.smallFile.path)
        let reading = try #require(
            LiveModelOptions.reading(" the heads", by: model, threads: 1))
        #expect(reading.tokens.joined() == " the heads" && reading.groupSize == 2)
        let program = try Program.run("looks", GGUFParts.smallFile.path, " the heads", "--json")
        let json = try #require(
            JSONSerialization.jsonObject(with: Data(program.output.utf8)) as? [String: Any])
        let attention = try #require(json["attention"] as? [[[[Double]]]])
        #expect(reading.layers.count == 1 && reading.layers[0].count == 4)
        for (own, printed) in zip(reading.layers[0].joined(), attention[0].joined()) {
            for (percent, share) in zip(own, printed) {
                #expect(abs(Double(percent) - 100 * share) < 1.5)
            }
        }
        #expect(LiveModelOptions.reading("", by: model, threads: 1) == nil)
    }

    @Test(
        "a file that is no model ends the program before the terminal changes",
        arguments: [["learn", "--gguf", "/etc/passwd"], ["present", "--gguf", "/etc/passwd"]])
    func noModel(arguments: [String]) throws {
        let program = try Program.run(arguments)
        #expect(program.status == 65)
        #expect(program.errors.hasPrefix("headroom: /etc/passwd: "))
    }

    @Test("a beginning needs a model")
    func beginning() throws {
        let program = try Program.run("learn", "--plain", "--begin", "Once")
        #expect(program.status == 64)
        #expect(program.errors.contains("--begin is what a model goes on with"))
    }
}
