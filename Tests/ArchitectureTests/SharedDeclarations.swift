/// The declarations in a source text that other targets may use: those that are `package` or
/// `public`, the cases of such an enum, the requirements of such a protocol, and the members of
/// such an extension.
///
/// Found line by line and by how far lines are indented, which `swift format` sees to: a
/// declaration begins a line, and members stand four columns further in.
struct SharedDeclarations {
    struct Declaration: Hashable {
        /// Counted from 1.
        let line: Int
        /// The line without its indentation.
        let text: String
        /// Whether a doc comment stands above it; attributes may stand between.
        let isDocumented: Bool
        /// Whether a protocol of the standard library says what it is: `hash(into:)`.
        let isWitness: Bool
    }

    let all: [Declaration]

    var undocumented: [Declaration] { all.filter { !$0.isDocumented && !$0.isWitness } }

    init(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var scopes: [(indent: Int, keyword: String)] = []
        var all: [Declaration] = []
        for (index, line) in lines.enumerated() {
            let indent = line.prefix { $0 == " " }.count
            let rest = line.dropFirst(indent)
            guard !rest.isEmpty else { continue }
            while let scope = scopes.last, indent <= scope.indent { scopes.removeLast() }
            guard let head = Head(rest) else { continue }
            let scope = scopes.last.flatMap { $0.indent + 4 == indent ? $0.keyword : nil }
            let isShared =
                head.isShared
                || !head.isHidden
                    && (scope == "extension" || scope == "protocol"
                        || scope == "enum" && head.keyword == "case")
            guard isShared else { continue }
            if ["enum", "protocol", "extension"].contains(head.keyword) {
                scopes.append((indent, head.keyword))
            }
            guard head.keyword != "extension" else { continue }
            all.append(
                Declaration(
                    line: index + 1, text: String(rest),
                    isDocumented: Self.isDocumented(index, in: lines), isWitness: head.isWitness))
        }
        self.all = all
    }

    private static func isDocumented(_ index: Int, in lines: [Substring]) -> Bool {
        let above = lines[..<index].reversed().lazy.map { $0.drop { $0 == " " } }
        return above.first { !$0.hasPrefix("@") }?.hasPrefix("///") ?? false
    }

    /// What a line declares, as far as its first words say it.
    private struct Head {
        let keyword: String
        let isShared: Bool
        let isHidden: Bool
        let isWitness: Bool

        /// Nil for a line that declares nothing.
        init?(_ line: Substring) {
            var modifiers: Set<Substring> = []
            var words = line.split(separator: " ")[...]
            while let word = words.first, Self.isModifier(word, before: words.dropFirst().first) {
                modifiers.insert(word)
                words.removeFirst()
            }
            guard let word = words.first else { return nil }
            keyword = String(word.prefix(while: \.isLetter))
            guard Self.keywords.contains(keyword) else { return nil }
            isShared = !modifiers.isDisjoint(with: ["package", "public", "open"])
            isHidden = !modifiers.isDisjoint(with: ["private", "fileprivate", "internal"])
            let rest = words.joined(separator: " ")
            let name = words.dropFirst().first?.prefix { !"(:<".contains($0) } ?? ""
            isWitness =
                modifiers.contains("override") || Self.witnesses.contains(String(name))
                || ["func <", "func ==", "init(from decoder", "init(rawValue"]
                    .contains { rest.hasPrefix($0) }
        }

        private static func isModifier(_ word: Substring, before next: Substring?) -> Bool {
            word.hasPrefix("@") || modifiers.contains(word)
                || word == "class" && ["func", "var"].contains(next)
        }

        private static let modifiers: Set<Substring> = [
            "package", "public", "open", "internal", "fileprivate", "private", "package(set)",
            "internal(set)", "fileprivate(set)", "private(set)", "static", "mutating",
            "nonmutating", "indirect", "final", "nonisolated", "override", "convenience",
            "required", "lazy", "weak", "unowned", "consuming", "borrowing",
        ]

        private static let keywords: Set<String> = [
            "func", "var", "let", "init", "subscript", "struct", "enum", "class", "actor",
            "protocol", "typealias", "case", "extension",
        ]

        private static let witnesses: Set<String> = [
            "hash", "encode", "description", "debugDescription", "errorDescription", "rawValue",
            "allCases",
        ]
    }
}
