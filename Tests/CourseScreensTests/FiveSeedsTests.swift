import AttentionEngine
import CourseContent
import Foundation
import TestSupport
import Testing

@Suite("What lessons say of five seeds")
struct FiveSeedsTests {
    /// What a variant's accuracies or bits are over seeds 0 to 4: "0.41", "0.34 to 0.54".
    private struct Spread {
        let mean: String
        let range: String

        init(_ results: [Double]) {
            mean = fixed(results.reduce(0, +) / Double(results.count), decimals: 2)
            range = [results.min(), results.max()]
                .map { fixed($0 ?? 0, decimals: 2) }.joined(separator: " to ")
        }

        /// "0.41 (0.34 to 0.54)"
        var text: String { "\(mean) (\(range))" }
    }

    private func spreads(
        _ variants: [RecallVariant]
    ) throws -> [(accuracy: Spread, bits: Spread)] {
        let seeds = try (0..<5).map { seed in
            let race = RecallRace(variants, seed: UInt64(seed))
            race.start()
            while race.progress.phase != .finished { Thread.sleep(forTimeInterval: 0.1) }
            return try race.progress.lanes.map { try #require($0.result) }
        }
        return variants.indices.map { variant in
            let results = seeds.map { $0[variant] }
            return (Spread(results.map(\.accuracy)), Spread(results.map(\.headDivergenceBits)))
        }
    }

    @Test("is what races of these seeds give", .enabled(if: SlowTests.areRun))
    func lessons() throws {
        let found = try spreads(RecallVariant.race)
        let usual = found.map(\.accuracy)
        let widened = try spreads(RecallVariant.race.map(\.widened)).map(\.accuracy)
        let question = try text("question", "is-it-fair")
        let (gqa4, wide) = (usual[1], widened[1])
        for said in [
            "GQA-4 moves from \(gqa4.text) to \(wide.text)",
            "GQA-2 stays at \(usual[2].mean) and MQA at \(usual[3].mean)",
            "MHA has \(usual[0].text)",
        ] {
            #expect(question.contains(said), "\(said)")
        }
        #expect(widened[2].mean == usual[2].mean && widened[3].mean == usual[3].mean)
        let latent = try text("mla", "in-the-same-race")
        for said in [
            "MLA-32 has \(usual[4].text), and GQA-2 \(usual[2].mean) in each",
            "MLA-32 has \(widened[4].text), GQA-4 \(wide.text)",
        ] {
            #expect(latent.contains(said), "\(said)")
        }
        let (gqa4Bits, gqa2Bits) = (found[1].bits, found[2].bits)
        let quality = try text("gqa", "quality-as-g-moves")
        #expect(
            quality.contains(
                "GQA-2 has \(gqa2Bits.mean), \(gqa2Bits.range); GQA-4 \(gqa4Bits.mean), "
                    + gqa4Bits.range))
        let opinion = try text("compare", "a-third-opinion")
        #expect(opinion.contains("\(gqa2Bits.text) and \(gqa4Bits.text)"))
    }

    @Test("is found in their text")
    func found() throws {
        #expect(try text("question", "is-it-fair").contains("GQA-4 moves from 0.41 (0.34 to"))
        #expect(
            try text("mla", "in-the-same-race").contains(
                "MLA-32 has 0.47 (0.43 to 0.53), and GQA-2"))
    }

    private func text(_ lesson: String, _ step: String) throws -> String {
        let session = ShippedCourse.app(lesson, step).session
        return session.step.prose.flatMap(\.inlines).map(\.plain).joined()
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
