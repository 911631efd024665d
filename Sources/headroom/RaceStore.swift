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
    /// Whether the newest results could not be written where there is a place for them.
    private(set) var isLost = false

    /// No such file is this large.
    private static let sizeLimit = 1_000_000
    private static let names = ["race.json", "race-widened.json"]

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        folder = UserFolder.state(environment)
    }

    /// The files that are there.
    var files: [String] {
        Self.names.compactMap(path).filter { FileManager.default.fileExists(atPath: $0) }
    }

    private func path(of name: String) -> String? { folder.map { joined($0.path, name) } }

    /// What was kept. A file that cannot be understood stays until the next race moves it aside.
    func load() -> [RaceResults] {
        files.compactMap { file in
            if let found = Self.found(in: file) { return found.value }
            warn("the race's results in \(file) could not be read")
            return nil
        }
    }

    private static func found(in file: String) -> Understood<RaceResults>? {
        guard let data = try? Data(ofFile: file, atMost: sizeLimit),
            let found = try? JSONDecoder().decode(Understood<RaceResults>.self, fromForeign: data),
            name(of: found.value) == lastName(file)
        else { return nil }
        return found
    }

    /// Keeps results in place of those before them.
    func save(_ results: RaceResults) {
        guard let folder, let file = path(of: Self.name(of: results)) else {
            return warn("the race's results are not kept: neither XDG_STATE_HOME nor HOME is set")
        }
        let failure = "the race's results could not be written to \(file)"
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let path = try endOfLinks(of: file)
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let data = try encoder.encode(results)
            try keepAside(file, at: path)
            try data.write(
                besideAndRenamedTo: path, suffix: ".new-\(getpid())", outlastingPower: true)
            warnings.removeAll { $0 == failure }
            isLost = false
        } catch {
            warn(failure)
            isLost = true
        }
    }

    /// Keeps what would be lost of a file that a newer program has written, or that cannot be
    /// opened.
    private func keepAside(_ file: String, at path: String) throws {
        do throws(FileVersion.SystemError) { _ = try FileVersion(path: path) } catch {
            if error.isAbsence { return }
        }
        if Self.found(in: file)?.isWhole == true { return }
        let aside = try moveAside(path, as: .before)
        warn("not all of the race's results in \(file) could be read; they are kept in \(aside)")
    }

    private static func name(of results: RaceResults) -> String {
        names[results.plan.field == .widened ? 1 : 0]
    }

    private func warn(_ text: String) {
        if !warnings.contains(text) { warnings.append(text) }
    }
}
