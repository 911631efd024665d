import AttentionEngine
import Lessons
import ModelCatalog

/// The wording of all that can be wrong with what a lesson asks the program for.
extension Finding {
    static func unknownFigure(_ name: String, known: [String], at place: SourcePlace) -> Finding {
        Finding(
            rule: "unknown-figure", place: place,
            message: "'\(name):' is nothing that can be computed" + suggestion(name, known))
    }

    static func badFigureArgument(_ text: String, at place: SourcePlace) -> Finding {
        Finding(
            rule: "figure", place: place,
            message: text.isEmpty
                ? "'value:' needs a parameter's letter, as in value:l"
                : "'\(text)' is neither key=value nor 'live'")
    }

    static func figureWithoutColon(_ name: String, at place: SourcePlace) -> Finding {
        Finding(
            rule: "figure", place: place,
            message: "a link in this step goes to '\(name)'; did you mean the figure '\(name):'?")
    }

    static func notComputable(_ address: String, at place: SourcePlace) -> Finding {
        Finding(
            rule: "figure", place: place,
            message: "'\(address)' cannot be computed at this step's setting (does g divide n, "
                + "are c and r set for MLA?)")
    }

    static func figureDisagrees(
        written: String, computed: String, at place: SourcePlace
    ) -> Finding {
        Finding(
            rule: "figure-disagrees", place: place,
            message: "written '\(written)', computed '\(computed)'")
    }

    static func unknownModel(_ id: String, at place: SourcePlace) -> Finding {
        Finding(
            rule: "unknown-model", place: place,
            message: "no model '\(id)'" + suggestion(id, Catalog.models.map(\.id)))
    }

    static func noSetting(of model: Model, at place: SourcePlace) -> Finding {
        Finding(
            rule: "setting", place: place,
            message: "\(model.id) cannot set the sliders: "
                + (model.noSetting?.description ?? "it has no single setting"))
    }

    static func unknownDirective(_ name: String, known: [String], at place: SourcePlace) -> Finding
    {
        Finding(
            rule: "unknown-directive", place: place,
            message: "no block '{\(name)}'" + suggestion(name, known))
    }

    static func unknownKey(
        _ key: String, in owner: String, known: [String], at place: SourcePlace
    ) -> Finding {
        Finding(
            rule: "unknown-key", place: place,
            message: "\(owner) has no key '\(key)'" + suggestion(key, known))
    }

    static func missingKey(_ key: String, in owner: String, at place: SourcePlace) -> Finding {
        Finding(rule: "missing-key", place: place, message: "\(owner) needs '\(key)'")
    }

    static func wrongType(_ key: String, expected: String, at place: SourcePlace) -> Finding {
        Finding(
            rule: "wrong-type", place: place, message: "'\(key)' must be \(expected)")
    }

    static func badValue(
        _ key: String, _ value: String, expected: String, at place: SourcePlace
    ) -> Finding {
        Finding(
            rule: "wrong-value", place: place,
            message: "'\(key)' is '\(value)'; it must be \(expected)")
    }

    static func badSetting(_ error: SettingError, at place: SourcePlace) -> Finding {
        Finding(rule: "setting", place: place, message: error.description)
    }

    static func notOneRightAnswer(_ count: Int, at place: SourcePlace) -> Finding {
        Finding(
            rule: "one-right-answer", place: place,
            message: "a question has exactly one right answer, this one has \(count)")
    }

    static func repeated(_ what: String, at place: SourcePlace) -> Finding {
        Finding(rule: "repeated", place: place, message: "\(what) stands twice")
    }

    private static func suggestion(_ word: String, _ known: [String]) -> String {
        nearest(word, in: known).map { "; did you mean '\($0)'?" }
            ?? (known.count <= 16 ? "; there are \(known.joined(separator: ", "))" : "")
    }
}
