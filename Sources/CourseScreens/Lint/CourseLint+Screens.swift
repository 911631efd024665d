import CourseContent

extension CourseLint {
    /// The rules that need screens and the widths of characters, one a file.
    static let screenRules: [Rule] = [fitsRule, widthRule, narrowRule, runRule]

    /// Every rule beyond parsing.
    static let rules = screenRules + contentRules

    /// Findings of every rule in files given as name and text, in the order of the files and the
    /// places in them.
    ///
    /// `otherNames` are what else is in the folder: anything but the guide is a stray.
    package static func findings(
        files: [(name: String, text: String)], otherNames: [String] = []
    ) -> [Entry] {
        findings(files: files, otherNames: otherNames, rules: rules)
    }
}
