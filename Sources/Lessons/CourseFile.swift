/// The file beside a course's lessons that says what the course is.
package struct CourseFile: Hashable, Sendable {
    /// The file's name in its folder.
    package static let name = "course.yaml"

    /// What it says; empty where it cannot be read.
    package let attributes: Attributes
    /// What is wrong with it as YAML.
    package let findings: [Finding]

    /// Understands the text of one. Any text gives a file; what is wrong is in its findings.
    package init(_ text: String) {
        var findings = FindingList()
        let start = SourcePlace(line: 1, column: 1)
        let lines = SourceText(String(text.prefix(YAMLText.byteLimit)), findings: &findings).lines
        let yaml = YAMLText(
            lines: lines.map { YAMLText.Line(scalars: $0.scalars, source: $0, shift: 0) },
            start: start)
        attributes = yaml.mapping(findings: &findings) ?? Attributes()
        self.findings = findings.sorted
    }
}
