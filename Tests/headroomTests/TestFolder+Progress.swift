import CourseSession
import Foundation

/// The progress of the programs that run in a folder of tests.
extension TestFolder {
    /// Where they keep it.
    var state: URL { home.appending(path: ".local/state/headroom") }
    var progressFile: URL { state.appending(path: "progress.json") }

    /// A folder in which they have kept something before.
    static func withState() throws -> TestFolder {
        let folder = try TestFolder()
        try FileManager.default.createDirectory(
            at: folder.state, withIntermediateDirectories: true)
        return folder
    }

    func progress() throws -> CourseProgress {
        try JSONDecoder().decode(CourseProgress.self, from: Data(contentsOf: progressFile))
    }

    /// The lines of all notes.
    func noteLines() throws -> Set<Substring> {
        Set(try progress().notes.values.flatMap { $0.text.split(separator: "\n") })
    }

    /// Puts a text in the progress's place.
    func writeProgress(_ text: String) throws {
        try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: progressFile)
    }

    /// What lies beside the progress, but for the lock.
    func besideProgress() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: state.path).sorted()
            .filter { !["progress.json", "progress.json.lock"].contains($0) }
    }

    /// Runs a line of shell in which $headroom is the program.
    func shell(_ line: String) throws -> Program {
        try ChildProcess.run(["/bin/bash", "-c", line], environment: environment, in: self)
    }

    /// Gives commands to the course as text.
    func learn(_ commands: String...) throws -> Program {
        let input = try write(commands.joined(separator: "\n") + "\n", to: "commands")
        return try shell("\"$headroom\" learn --plain < '\(input)'")
    }
}
