import Lessons

/// What a course of somebody's own says of itself in its `course.yaml`.
package struct CourseFacts: Equatable, Sendable {
    /// What it is called in place of "Headroom".
    package let name: String?
    /// Who wrote it.
    package let author: String?
    /// The language that it is written in, as HTML names it: "de", "pt-BR".
    package let language: String?
    /// What progress and notes are kept under, wherever its folder lies.
    package let id: String?
    /// What is wrong with the file.
    package let findings: [Finding]

    /// Of a course without such a file.
    package init() {
        (name, author, language, id) = (nil, nil, nil, nil)
        findings = []
    }

    /// What the text of a file says.
    package init(_ text: String) {
        let file = CourseFile(text)
        let findings = Findings()
        let reader = AttributeReader(
            CourseFile.name, file.attributes, at: SourcePlace(line: 1, column: 1),
            keys: KeyDescription.course, findings: findings)
        func short(_ key: String, most: Int) -> String? {
            reader.value(key, expected: "1 to \(most) characters on one line") { text in
                (1...most).contains(text.count) && !text.contains("\n") ? text : nil
            }
        }
        name = short("name", most: Self.longestName)
        author = short("author", most: 80)
        language = reader.value("language", expected: "a language's code, such as de or pt-BR") {
            $0.isCode(of: 2...35) ? $0 : nil
        }
        id = reader.value("id", expected: "up to 64 small letters, digits and hyphens") {
            $0.isCode(of: 1...64) && $0 == $0.lowercased() ? $0 : nil
        }
        self.findings = file.findings + findings.all
    }

    /// As many characters as stand above a lesson's title.
    private static let longestName = 24
}

extension String {
    /// Whether it is so many ASCII letters, digits and hyphens, and begins with no hyphen.
    fileprivate func isCode(of length: ClosedRange<Int>) -> Bool {
        length.contains(utf8.count) && first != "-"
            && utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
                    || (0x61...0x7A).contains($0) || $0 == 0x2D
            }
    }
}

extension KeyDescription {
    /// The keys of `course.yaml`.
    static let course = table(
        """
        name | text | `Headroom` | up to 24 characters | What stands above each screen.
        author | text | none | | Who wrote it; hand-outs say so.
        language | code | `en` | such as de | The language of hand-outs, for browsers and readers.
        id | text | the folder's path | small letters, digits, hyphens \
        | What progress and notes are kept under: they survive a renamed folder.
        """)
}
