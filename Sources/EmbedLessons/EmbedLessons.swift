import Foundation
import PackagePlugin

/// Embeds the Markdown files of `lessons/` into the program at each build, the texts that a real
/// model is measured on, and the commit that is built.
@main
struct EmbedLessons: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
        let folder = context.package.directoryURL.appending(path: "lessons")
        let lessons = try FileManager.default
            .contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "md" && $0.lastPathComponent != "README.md" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
        let texts = ["predicted", "calibration"].map {
            context.package.directoryURL.appending(path: "Sources/MeasuredTexts/\($0).txt")
        }
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedCourse.swift")
        return [
            .buildCommand(
                displayName: "Embedding the lessons",
                executable: try context.tool(named: "embed-lessons").url,
                arguments: [output.path, commit(of: context.package.directoryURL)]
                    + (lessons + texts).map(\.path),
                inputFiles: lessons + texts,
                outputFiles: [output])
        ]
    }

    /// What is checked out in a folder, by git's own files (gitrepository-layout(5)), since a
    /// plugin runs no program; empty where that is not told.
    private func commit(of folder: URL) -> String {
        func text(_ path: String) -> String? {
            try? String(contentsOf: folder.appending(path: ".git/\(path)"), encoding: .utf8)
                .trimmingCharacters(in: .whitespacesAndNewlines)
        }
        guard let head = text("HEAD") else { return "" }
        let mark = "ref: "
        guard head.hasPrefix(mark) else { return head }
        let name = String(head.dropFirst(mark.count))
        let packed = text("packed-refs")?.split(separator: "\n").first { $0.hasSuffix(" " + name) }
        return text(name) ?? packed.map { String($0.prefix { $0 != " " }) } ?? ""
    }
}
