import Foundation
import PackagePlugin

/// Embeds the Markdown files of `lessons/` into the program at each build, and the texts that a
/// real model is measured on.
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
                arguments: [output.path] + (lessons + texts).map(\.path),
                inputFiles: lessons + texts,
                outputFiles: [output])
        ]
    }
}
