// Writes the course's Markdown files, texts and the commit into a Swift source, so that the built
// program carries them.
// Usage: embed-lessons OUT.swift COMMIT FILE.md ... FILE.txt ...
import Foundation

/// A text between quotes of Swift source.
func quoted(_ text: String) -> String {
    // A raw string with more number signs than any run in the text cannot end early.
    var longest = 0
    var run = 0
    for character in text {
        run = character == "#" ? run + 1 : 0
        longest = max(longest, run)
    }
    let signs = String(repeating: "#", count: longest + 1)
    return "\(signs)\"\"\"\n\(text)\n\"\"\"\(signs)"
}

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count > 1 else {
    let usage = "usage: embed-lessons OUT.swift COMMIT FILE.md ... FILE.txt ...\n"
    FileHandle.standardError.write(Data(usage.utf8))
    exit(64)
}
let (output, commit) = (arguments[1], arguments[2].filter(\.isHexDigit))
let files = try arguments.dropFirst(2).map { path in
    (
        name: (path as NSString).lastPathComponent,
        text: quoted(try String(contentsOfFile: path, encoding: .utf8))
    )
}
func list(_ files: [(name: String, text: String)]) -> String {
    files.map { "(\"\($0.name)\", \($0.text)),\n" }.joined()
}
let source = """
    /// The course as it was when the program was built.
    enum EmbeddedCourse {
        /// What was checked out then, as git names it; empty where that is not known.
        static let commit = "\(commit)"

        /// File names and texts of the lessons.
        static let files: [(name: String, text: String)] = [
    \(list(files.filter { $0.name.hasSuffix(".md") }))    ]

        /// File names and texts that a real model is measured on.
        static let texts: [(name: String, text: String)] = [
    \(list(files.filter { $0.name.hasSuffix(".txt") }))    ]
    }

    """
try source.write(toFile: output, atomically: true, encoding: .utf8)
