import AttentionEngine
import CourseContent
import Foundation
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("A race's results in a file")
struct RaceResultsTests {
    private static let rows = RacePlan().variants.map { variant in
        RaceRow(
            variant: variant, accuracy: 0.5, measured: .init(perspectives: 4, bits: 0.25),
            curve: [.init(step: 25, accuracy: 0.1), .init(step: 50, accuracy: 0.5)])
    }

    private static let text: String = {
        let results = RaceResults(
            plan: RacePlan(seed: .max, steps: 50), date: "2026-11-23", rows: rows)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = (try? encoder.encode(results)) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }()

    private func read(_ text: String) throws -> RaceResults {
        try JSONDecoder().decode(RaceResults.self, from: Data(text.utf8))
    }

    @Test("are the same when they are read again", arguments: [RacePlan.Field.race, .widened])
    func roundTrip(field: RacePlan.Field) throws {
        let plan = RacePlan(field, seed: .max, steps: 50)
        let results = RaceResults(
            plan: plan, date: "2026-11-23",
            rows: zip(plan.variants, Self.rows).map {
                RaceRow(
                    variant: $0, accuracy: $1.accuracy, measured: $1.measured, curve: $1.curve)
            })
        let data = try JSONEncoder().encode(results)
        #expect(try JSONDecoder().decode(RaceResults.self, from: data) == results)
    }

    @Test(
        "are not all of a file in which a newer program wrote more, wherever",
        arguments: [
            ("", "", true), ("{\"date\"", "{\"new\":[1],\"date\"", false),
            ("{\"accuracy\"", "{\"loss\":1,\"accuracy\"", false),
        ])
    func unknownMembers(old: String, new: String, isWhole: Bool) throws {
        let text = old.isEmpty ? Self.text : Self.text.replacing(old, with: new)
        #expect(isWhole || text != Self.text)
        let read = try JSONDecoder().decode(Understood<RaceResults>.self, from: Data(text.utf8))
        #expect(read.isWhole == isWhole)
        #expect(try read.value == self.read(Self.text))
    }

    @Test(
        "are not taken where no race can have found them",
        arguments: [
            ("\"version\":1", "\"version\":2"), ("2026-11-23", "yesterday"),
            ("2026-11-23", "2026-11-2\\u001b"), ("2026-11-23", "20261-1-23"),
            ("\"steps\":50", "\"steps\":0"), ("\"steps\":50", "\"steps\":-1"),
            ("\"steps\":50", "\"steps\":75"), ("\"seed\":18446744073709551615", "\"seed\":-1"),
            ("\"accuracy\":0.5", "\"accuracy\":1.5"), ("\"accuracy\":0.5", "\"accuracy\":-1e-9"),
            ("\"perspectives\":4", "\"perspectives\":0"),
            ("\"perspectives\":4", "\"perspectives\":9"),
            ("\"perspectives\":4", "\"perspektives\":4"),
            ("\"head_divergence_bits\":0.25", "\"head_divergence_bits\":1e300"),
            ("[0.1,0.5]", "[0.1,2]"), ("[0.1,0.5]", "[]"), ("[25,50]", "[50,25]"),
            ("[25,50]", "[50,50]"), ("[25,50]", "[-25,50]"), ("\"mqa\"", "\"mha\""),
            ("\"mqa\"", "\"mla8\""), ("\"widened\":false", "\"widened\":0"),
        ])
    func impossible(old: String, new: String) throws {
        _ = try read(Self.text)
        let text = Self.text.replacingOccurrences(of: old, with: new)
        #expect(text != Self.text)
        #expect(throws: DecodingError.self) { try read(text) }
    }

    @Test("are not taken from any beginning of a file, and never end the program")
    func beginnings() {
        for length in stride(from: 0, to: Self.text.utf8.count, by: 7) {
            let text = String(Self.text.prefix(length))
            #expect(throws: DecodingError.self) { try read(text) }
        }
    }
}
