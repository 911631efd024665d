import AttentionEngine
import Lessons
import ModelCatalog

/// The wording of all that can be wrong with what a lesson asks the program for.
extension Finding {
    /// Stops that a slider never shows; nil where the step meets all of them.
    static func stopsNeverMet(_ stops: [String], because reason: String, at place: SourcePlace)
        -> Finding
    {
        Finding(
            "stops", at: place,
            "the slider never stops at \(stops.joined(separator: ", ")): \(reason)")
    }

    init(_ rule: String, at place: SourcePlace, _ message: String) {
        self.init(rule: rule, place: place, message: message)
    }

    static func badFigureArgument(_ text: String, at place: SourcePlace) -> Finding {
        Finding(
            "figure", at: place,
            text.isEmpty
                ? "'value:' needs a parameter's letter, as in value:l"
                : "'\(text)' is none of key=value, 'live', and once 'over' or 'minus'")
    }

    static func notComputable(_ address: String, at place: SourcePlace) -> Finding {
        Finding(
            "figure", at: place,
            "'\(address)' cannot be computed at this step's setting (does g divide n, "
                + "are c and r set for MLA?)")
    }

    static func unknownModel(_ id: String, at place: SourcePlace) -> Finding {
        Finding(
            "unknown-model", at: place,
            "no model '\(id)'" + suggestion(id, Catalog.models.map(\.id)))
    }

    static func badValue(
        _ key: String, _ value: String, expected: String, at place: SourcePlace
    ) -> Finding {
        Finding("wrong-value", at: place, "'\(key)' is '\(value)'; it must be \(expected)")
    }

    static func badSetting(_ error: SettingError, at place: SourcePlace) -> Finding {
        Finding("setting", at: place, error.description)
    }

    static func notOneRightAnswer(_ count: Int, at place: SourcePlace) -> Finding {
        Finding(
            "one-right-answer", at: place,
            "a question has exactly one right answer; this one has \(count)")
    }

    static func noPicture(for dial: Dial, at place: SourcePlace) -> Finding {
        Finding("no-picture", at: place, SettingError.noPicture(of: dial.rawValue).description)
    }

    static func repeated(_ what: String, at place: SourcePlace) -> Finding {
        Finding("repeated", at: place, "\(what) appears twice")
    }

    /// Behind what is unknown: what may have been meant, or what there is.
    static func suggestion(_ word: String, _ known: [String]) -> String {
        if known.isEmpty { return "; it has none" }
        return nearest(word, in: known).map { "; did you mean '\($0)'?" }
            ?? (known.count <= 24 ? "; there are \(known.joined(separator: ", "))" : "")
    }
}
