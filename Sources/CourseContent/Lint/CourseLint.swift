import ForeignText
import Lessons

/// Everything that is wrong with a course, file by file: what parsing and preparing found, and
/// what the rules find in what they understood.
package enum CourseLint {
    /// A finding and the file it is in.
    package struct Entry: Hashable, Sendable {
        /// The file's name, or "." for the folder; it may hold any character.
        package let file: String
        /// What is wrong, and where.
        package let finding: Finding

        /// A file's name may hold anything, also commands to the terminal.
        private var printable: String { file.replacing([.control]) }

        /// "5-gqa.md:12:3: error: message [rule]"
        package var text: String {
            "\(printable):\(finding.place.line):\(finding.place.column): \(finding.severity.rawValue): "
                + "\(finding.message) [\(finding.rule)]"
        }
    }

    /// A rule beyond parsing: what it finds in a lesson, in the order of its steps.
    package typealias Rule = @Sendable (PreparedLesson) -> [Finding]

    /// The rules that need to know only what a lesson means, one a file.
    package static let contentRules: [Rule] = [typedFigureRule, raceRule]

    /// Findings of files given as name and text, in the order of the files and the places in them:
    /// what parsing and preparing found, and what these rules find.
    ///
    /// `otherNames` are what else is in the folder: anything but the guide is a stray.
    package static func findings(
        files: [(name: String, text: String)], otherNames: [String] = [], rules: [Rule]
    ) -> [Entry] {
        var entries = otherNames.filter { $0.lowercased() != "readme.md" }
            .map { Entry(file: $0, finding: .notReadable) }
        var ids: [String: String] = [:]
        var numbers: [Int: String] = [:]
        var isAnyLesson = false
        for (name, text) in files.sorted(by: { $0.name < $1.name }) {
            guard name.lowercased() != "readme.md" else { continue }
            guard let number = Course.lessonNumber(name) else {
                entries.append(Entry(file: name, finding: .notReadable))
                continue
            }
            isAnyLesson = true
            if let other = numbers.updateValue(name, forKey: number) {
                let finding = Finding.stray("has the number \(number), which \(other) has already")
                entries.append(Entry(file: name, finding: finding))
            }
            let lesson = PreparedLesson(Lesson.parse(text, file: name))
            if let other = ids.updateValue(name, forKey: lesson.id) {
                let finding = Finding.stray("has the id '\(lesson.id)', which \(other) has already")
                entries.append(Entry(file: name, finding: finding))
            }
            let findings = (lesson.findings + rules.flatMap { $0(lesson) })
                .sorted { ($0.place, $0.rule) < ($1.place, $1.rule) }
            entries += findings.map { Entry(file: name, finding: $0) }
        }
        if !isAnyLesson {
            let finding = Finding.stray("no lessons here: they are named like 1-start.md")
            entries.append(Entry(file: ".", finding: finding))
        }
        return entries
    }
}

extension Finding {
    /// What is wrong with a file as a whole.
    fileprivate static func stray(_ message: String) -> Finding {
        Finding("stray-file", at: SourcePlace(line: 1, column: 1), message)
    }

    fileprivate static let notReadable = stray(
        "not a readable lesson: these are files named like 5-gqa.md, the guide README.md")
}
