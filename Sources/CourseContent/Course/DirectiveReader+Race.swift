import AttentionEngine
import Lessons

/// The blocks about the recall race.
extension DirectiveReader {
    static func readRace(_ reader: inout AttributeReader) -> RaceSpec {
        var spec = RaceSpec()
        if let names = reader.texts("variants") {
            spec.variants = names.compactMap { variant("variants", $0.text, at: $0.place, &reader) }
        }
        spec.plot = reader.choice("plot") ?? .points
        spec.marksCorner = reader.flag("corner") ?? false
        spec.marksG = reader.flag("g") ?? false
        spec.proposal = reader.choice("proposal")
        spec.isWidened = reader.flag("widened") ?? false
        return spec
    }

    static func readPerspectives(_ reader: inout AttributeReader) -> PerspectivesSpec? {
        return reader.neededText("variant").flatMap {
            variant("variant", $0, at: reader.place(of: "variant"), &reader)
        }.map(PerspectivesSpec.init)
    }

    private static func variant(
        _ key: String, _ name: String, at place: SourcePlace, _ reader: inout AttributeReader
    ) -> RecallVariant? {
        if let variant = RecallVariant.race.first(where: { $0.id == name }) { return variant }
        let known = RecallVariant.race.map(\.id).joined(separator: ", ")
        reader.findings.append(.badValue(key, name, expected: "one of \(known)", at: place))
        return nil
    }
}
