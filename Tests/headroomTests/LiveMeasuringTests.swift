import AttentionEngine
import Foundation
import TestSupport
import Testing

@testable import CourseSession
@testable import headroom

@Suite("What a model is measured for beside the course")
struct LiveMeasuringTests {
    private let small = GGUFParts.smallFile.path

    private func json(_ arguments: String...) throws -> [String: Any] {
        let program = try Program.run(arguments + [small, "--threads", "1", "--json"])
        #expect(program.status == 0, "\(program.errors)")
        return try #require(
            JSONSerialization.jsonObject(with: Data(program.output.utf8)) as? [String: Any])
    }

    /// What is found in the end; shares and points only grow on the way.
    private func found(
        knowing known: [MeasuredModel.Point] = [], stoppedAt most: Int = .max
    ) throws -> LossesFound {
        var losses = LiveLosses(
            of: try OpenModel(path: small), knowing: known, threads: 1)
        var (shares, counts) = ([losses.found.share], [losses.found.points.count])
        while !losses.isFinished, losses.found.points.count < most {
            losses.advance(for: .zero)
            shares.append(losses.found.share)
            counts.append(losses.found.points.count)
        }
        #expect(shares == shares.sorted() && counts == counts.sorted())
        return losses.found
    }

    @Test("every loss is what headroom perplexity --sweep prints")
    func losses() throws {
        let found = try found()
        #expect(found.share == 1 && found.next == nil && found.doing == "")
        #expect(found.queryHeads == 4 && found.keyValueHeads == 2 && found.headDimension == 24)
        let rows = try #require(try json("perplexity", "--sweep")["points"] as? [[String: Any]])
        #expect(rows.count == found.points.count && rows.count > 5)
        for (row, point) in zip(rows, found.points) {
            func number(_ name: String) throws -> Double { try #require(row[name] as? Double) }
            #expect(row["kept"] as? String == KeptPoint(point.form).words)
            #expect(try Double(point.numbers) == number("numbers_per_token_and_layer"))
            #expect(try Double(point.bytesPerToken) == number("bytes_per_token"))
            #expect(try Double(point.tokens) == number("tokens") && point.tokens == found.tokens)
            #expect(abs(try number("perplexity") / point.perplexity - 1) < 1e-6)
            #expect(abs(try number("nats_more") - point.more.nats) < 1e-6)
            #expect(abs(try number("nats_more_standard_error") - point.more.error) < 1e-6)
        }
    }

    @Test("one that was stopped goes on to the same figures, and measures no way twice")
    func goingOn() throws {
        let whole = try found()
        let part = try found(stoppedAt: 4)
        #expect(part.points == Array(whole.points.prefix(4)))
        #expect(part.share < 1)
        #expect(part.next == whole.points[4].form)
        // Were a known way measured again, it would not keep what was made up of it.
        let marked = part.points.map { point in
            MeasuredModel.Point(
                form: point.form, numbers: point.numbers, bytesPerToken: point.bytesPerToken,
                perplexity: 7, more: point.more, tokens: point.tokens)
        }
        let rest = try found(knowing: marked)
        #expect(rest.points[0] == whole.points[0])
        #expect(rest.points[1..<4].allSatisfy { $0.perplexity == 7 })
        #expect(Array(rest.points.dropFirst(4)) == Array(whole.points.dropFirst(4)))
        #expect(rest.share == 1)
    }

    @Test("every difference of heads is what headroom looks prints")
    func diversity() throws {
        var diversity = LiveDiversity(of: try OpenModel(path: small), threads: 1)
        #expect(diversity.found == DiversityFound(tokens: 0, layers: [], share: 0))
        diversity.advance(for: .zero)
        while !diversity.isFinished { diversity.advance(for: .zero) }
        let found = diversity.found
        let printed = try json("looks")
        #expect(found.tokens == printed["tokens"] as? Int && found.share == 1)
        let rows = try #require(printed["layers"] as? [[String: Double]])
        #expect(rows.count == found.layers.count)
        for (row, layer) in zip(rows, found.layers) {
            let figures = [
                ("sharing", layer.all.sharing), ("apart", layer.all.apart),
                ("sharing_without_first", layer.withoutFirst.sharing),
                ("apart_without_first", layer.withoutFirst.apart), ("on_first", layer.onFirst),
            ]
            for (name, value) in figures {
                #expect(abs(try #require(row[name]) - (try #require(value))) < 1e-4, "\(name)")
            }
        }
    }

    @Test("what is said beforehand counts the ways, and calibrating")
    func measures() throws {
        let model = try OpenModel(path: small)
        let one = LiveMeasures(of: model, threads: 1)
        let four = LiveMeasures(of: model, threads: 4)
        #expect(one.ways == KeptPoint.measurable(of: model.own.model.shape).count)
        #expect(one.seconds.way > 0 && one.seconds.before > one.seconds.way)
        #expect(abs(one.seconds.way / four.seconds.way - 4) < 1e-9)
        #expect(one.memoryNeeded.bytes > 64 << 20)
    }

    @Test("every way that can be measured has a name in the course, and comes back from it")
    func names() throws {
        for g in [1, 2, 3, 4, 6, 12] {
            let shape = try AttentionShape(queryHeads: 12, keyValueHeads: g, headDimension: 64)
            for point in KeptPoint.curve(of: shape) {
                let form = try #require(point.measuredForm)
                #expect(KeptPoint(form) == point)
            }
        }
        #expect(KeptPoint(format: .float32).measuredForm == nil)
        #expect(KeptPoint(form: .joined(heads: 1, by: .mean), format: .q8).measuredForm == nil)
    }

    @Test("the data of the real model are of the program's own texts")
    func texts() throws {
        let digests = MeasuredModel.smolLM2.textDigests
        let folder = try TestFolder()
        for (text, digest) in [
            (OwnTexts.predicted, digests.predicted), (OwnTexts.calibration, digests.calibration),
        ] {
            let file = folder.url.appending(path: "text")
            try Data(text).write(to: file)
            let printed = try Program.shell("sha256sum < '\(file.path)'").output
            #expect(digest.count == 64 && printed.hasPrefix(digest))
        }
    }
}
