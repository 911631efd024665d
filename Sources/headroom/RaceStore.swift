import CourseSession
import Foundation
import ModelFiles

/// The results of races on this machine: `race.json` and `race-widened.json` beside the progress.
///
/// Written beside and renamed, so that they are whole at any moment. What goes wrong is a warning
/// for after the course, never an end to it.
final class RaceStore {
    /// nil where nothing is kept.
    private let folder: URL?
    private(set) var warnings: [String] = []

    /// No such file is this large.
    private static let sizeLimit = 1_000_000
    private static let names = ["race.json", "race-widened.json"]

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        folder = UserFolder.state(environment)
    }

    /// What was kept. A file that cannot be understood stays until the next race replaces it.
    func load() -> [RaceResults] {
        guard let folder else { return [] }
        return Self.names.compactMap { name in
            let file = folder.appending(path: name)
            guard FileManager.default.fileExists(atPath: file.path) else { return nil }
            guard let bytes = try? FileBytes(path: file.path), bytes.count <= Self.sizeLimit,
                let data = try? Data(bytes.read(0..<bytes.count)),
                let results = try? JSONDecoder().decode(RaceResults.self, fromForeign: data),
                Self.name(of: results) == name
            else {
                warn("the race's results in \(file.path) could not be understood")
                return nil
            }
            return results
        }
    }

    func save(_ results: RaceResults) {
        guard let folder else {
            return warn("the race's results are not kept: neither XDG_STATE_HOME nor HOME is set")
        }
        let file = folder.appending(path: Self.name(of: results))
        let failure = "the race's results could not be written to \(file.path)"
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            try encoder.encode(results).write(
                besideAndRenamedTo: file.resolvingSymlinksInPath().path,
                suffix: ".new-\(getpid())", outlastingPower: true)
            warnings.removeAll { $0 == failure }
        } catch {
            warn(failure)
        }
    }

    private static func name(of results: RaceResults) -> String {
        names[results.plan.field == .widened ? 1 : 0]
    }

    private func warn(_ text: String) {
        if !warnings.contains(text) { warnings.append(text) }
    }
}
