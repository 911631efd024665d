import Lessons
import TerminalCanvas

/// Everything that is wrong with a course, file by file: what parsing and preparing found, and
/// what the rules find in what they understood.
public enum CourseLint {
    /// A finding and the file it is in.
    public struct Entry: Hashable, Sendable {
        public let file: String
        public let finding: Finding

        /// "5-gqa.md:12:3: error: message [rule]"
        public var text: String {
            "\(file):\(finding.place.line):\(finding.place.column): \(finding.severity.rawValue): "
                + "\(finding.message) [\(finding.rule)]"
        }
    }

    /// The rules beyond parsing, one a file.
    static let rules: [@Sendable (PreparedLesson) -> [Finding]] = [
        fitsRule, widthRule, typedFigureRule,
    ]

    /// Findings of files given as name and text, in the order of the files and the places in them.
    public static func findings(files: [(name: String, text: String)]) -> [Entry] {
        var entries: [Entry] = []
        var numbers: [Int: String] = [:]
        var isAnyLesson = false
        for (name, text) in files.sorted(by: { $0.name < $1.name }) {
            guard name.lowercased() != "readme.md" else { continue }
            guard let number = lessonNumber(name) else {
                entries.append(Entry(file: name, finding: .strayFile()))
                continue
            }
            isAnyLesson = true
            if let other = numbers.updateValue(name, forKey: number) {
                entries.append(Entry(file: name, finding: .sameNumber(number, as: other)))
            }
            let lesson = PreparedLesson(Lesson.parse(text, file: name))
            let findings = (lesson.findings + rules.flatMap { $0(lesson) })
                .sorted { ($0.place, $0.rule) < ($1.place, $1.rule) }
            entries += findings.map { Entry(file: name, finding: $0) }
        }
        if !isAnyLesson {
            entries.append(Entry(file: ".", finding: .noLessons()))
        }
        return entries
    }

    /// The number of "5-gqa.md"; nil where a name is not of that form.
    static func lessonNumber(_ name: String) -> Int? {
        let digits = name.prefix { $0.isASCII && $0.isNumber }
        let rest = name.dropFirst(digits.count)
        guard let number = Int(digits), number > 0, rest.hasPrefix("-"), rest.hasSuffix(".md"),
            rest.count > 4,
            rest.dropLast(3).allSatisfy({
                $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-")
            })
        else { return nil }
        return number
    }
}

extension Finding {
    static func strayFile() -> Finding {
        Finding(
            rule: "stray-file", place: SourcePlace(line: 1, column: 1),
            message: "not a lesson: lessons are named like 5-gqa.md, the guide README.md")
    }

    static func sameNumber(_ number: Int, as other: String) -> Finding {
        Finding(
            rule: "stray-file", place: SourcePlace(line: 1, column: 1),
            message: "has the number \(number), which \(other) has already")
    }

    static func noLessons() -> Finding {
        Finding(
            rule: "stray-file", place: SourcePlace(line: 1, column: 1),
            message: "no lessons here: they are named like 1-start.md")
    }
}
