// Writes the course's Markdown files into a Swift source, so that the built program carries them.
// Usage: embed-lessons OUT.swift FILE.md ...
import Foundation

let arguments = CommandLine.arguments.dropFirst()
guard let output = arguments.first else {
    FileHandle.standardError.write(Data("usage: embed-lessons OUT.swift FILE.md ...\n".utf8))
    exit(64)
}
var source = """
    /// The course as it was when the program was built: file names and texts.
    enum EmbeddedCourse {
        static let files: [(name: String, text: String)] = [

    """
for path in arguments.dropFirst() {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let name = (path as NSString).lastPathComponent
    // A raw string with more number signs than any run in the text cannot end early.
    var longest = 0
    var run = 0
    for character in text {
        run = character == "#" ? run + 1 : 0
        longest = max(longest, run)
    }
    let signs = String(repeating: "#", count: longest + 1)
    source += "(\"\(name)\", \(signs)\"\"\"\n\(text)\n\"\"\"\(signs)),\n"
}
source += "    ]\n}\n"
try source.write(toFile: output, atomically: true, encoding: .utf8)
