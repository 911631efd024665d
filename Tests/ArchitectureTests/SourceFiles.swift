import Foundation

/// The repository's own Swift files, as text.
struct SourceFile: Sendable {
    /// Below the repository's root: "Sources/Lessons/Lesson.swift".
    let path: String
    let text: String

    /// The target whose folder it stands in: "Lessons".
    var target: String { String(path.split(separator: "/")[1]) }

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// Its lines, without those of texts over several.
    private var code: [Substring] {
        var isText = false
        return lines.filter { line in
            let wasText = isText
            let quotes = line.replacing("\\\"\"\"", with: "").split(
                separator: "\"\"\"", omittingEmptySubsequences: false)
            if quotes.count.isMultiple(of: 2) { isText.toggle() }
            return !wasText
        }
    }

    /// The modules named by its import lines.
    var imports: Set<String> {
        Set(
            code.compactMap { line in
                var words = line.split(separator: " ")
                while let first = words.first, first.hasPrefix("@") || Self.levels.contains(first) {
                    words.removeFirst()
                }
                guard words.first == "import", words.count > 1 else { return nil }
                // `import struct Module.Type` names the module last.
                let name = words.count > 2 && !words[2].hasPrefix("//") ? words[2] : words[1]
                return name.split(separator: ".").first.map(String.init)
            })
    }

    private static let levels: Set<Substring> = [
        "public", "package", "internal", "fileprivate", "private",
    ]
}

enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../..").standardizedFileURL

    /// Every file of Swift, or with other endings, below a folder of the repository.
    static func files(in folder: String, endingIn endings: [String] = [".swift"]) -> [SourceFile] {
        let start = root.appending(path: folder)
        let paths = FileManager.default.enumerator(atPath: start.path)?.compactMap { $0 as? String }
        let named = (paths ?? []).filter { path in endings.contains(where: path.hasSuffix) }
        return named.sorted().compactMap { path in
            guard let text = try? String(contentsOf: start.appending(path: path), encoding: .utf8)
            else { return nil }
            return SourceFile(path: "\(folder)/\(path)", text: text)
        }
    }

    static let sources = files(in: "Sources")
    static let tests = files(in: "Tests")

    static let package: String =
        (try? String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)) ?? ""
}
