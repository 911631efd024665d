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
    package static let contentRules: [Rule] = [typedFigureRule, raceRule, pictureRule]

    /// Findings of files given as name and text, in the order of the files and the places in them:
    /// what parsing and preparing found, and what these rules find.
    ///
    /// `otherNames` are what else is in the folder: anything but the guide is a stray.
    package static func findings(
        files: [(name: String, text: String)], otherNames: [String] = [], rules: [Rule]
    ) -> [Entry] {
        var entries: [Entry] = []
        func add(_ name: String, _ message: String) {
            let start = SourcePlace(line: 1, column: 1)
            entries.append(Entry(file: name, finding: Finding("stray-file", at: start, message)))
        }
        let notReadable =
            "not a readable lesson: lessons are files named like 5-gqa.md; the guide is README.md"
        for name in otherNames where name.lowercased() != "readme.md" && !isLeftBehind(name) {
            let isNamed = Course.isLesson(name) || name == CourseFile.name
            add(name, isNamed ? "cannot be read: is it a file that you may open?" : notReadable)
        }
        let course = Course(files: files)
        let former = FormerNames(course)
        let earlier = EarlierAnswers(course: course)
        let links = LinkRule(course: course)
        var ids: [String: String] = [:]
        var numbers: [Int: String] = [:]
        for (name, text) in files.sorted(by: { $0.name < $1.name }) {
            guard name.lowercased() != "readme.md", !isLeftBehind(name) else { continue }
            if name == CourseFile.name {
                entries += course.facts.findings.map { Entry(file: name, finding: $0) }
                continue
            }
            guard let number = Course.lessonNumber(name) else {
                add(name, notReadable)
                continue
            }
            if let other = numbers.updateValue(name, forKey: number) {
                add(name, "has the number \(number), as \(other) has")
            }
            let lesson = PreparedLesson(Lesson.parse(text, file: name))
            if let other = ids.updateValue(name, forKey: lesson.id) {
                add(name, "has the id '\(lesson.id)', as \(other) has")
            }
            let own =
                lesson.findings + former.findings(in: lesson) + earlier.findings(in: lesson)
                + links.findings(in: lesson)
            let findings = (own + rules.flatMap { $0(lesson) })
                .sorted { ($0.place, $0.rule) < ($1.place, $1.rule) }
            entries += firstOfEachCause(findings).map { Entry(file: name, finding: $0) }
        }
        if numbers.isEmpty { add(".", "no lessons here; their files are named like 1-start.md") }
        return entries
    }

    /// A model that is not there is one mistake, however often a lesson names it.
    private static func firstOfEachCause(_ findings: [Finding]) -> [Finding] {
        var models: Set<String> = []
        return findings.filter {
            $0.rule != "unknown-model" || models.insert($0.message).inserted
        }
    }

    /// Whether a name is that of a file which an editor, a version control system or a desktop
    /// leaves in a folder, and no author's.
    package static func isLeftBehind(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.hasPrefix(".") || name.hasSuffix("~")
            || name.hasPrefix("#") && name.hasSuffix("#")
            || [".orig", ".rej", ".bak", ".swp", ".swo", ".tmp"].contains(where: name.hasSuffix)
            || ["thumbs.db", "desktop.ini", "icon\r", "__macosx", "4913"].contains(name)
    }
}
