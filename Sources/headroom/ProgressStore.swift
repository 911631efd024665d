import Foundation
import LessonScreens

/// The learner's progress on disk: `$XDG_STATE_HOME/headroom/progress.json`, or under
/// `~/.local/state` where that is not set.
///
/// Written beside and renamed, so that it is whole at any moment. What goes wrong is a warning for
/// after the course, never an end to it.
final class ProgressStore {
    /// nil where nothing is kept.
    private var file: URL?
    private(set) var warnings: [String] = []

    /// A store for the course inside the program, or for that of a folder: question ids of one
    /// course mean nothing in another.
    init(
        folder: String?, environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        let name =
            folder.map { "progress-\(Self.fingerprint(of: $0)).json" } ?? "progress.json"
        file = StateFolder.url(environment)?.appending(path: name)
        if file == nil {
            warnings.append("progress is not kept: neither XDG_STATE_HOME nor HOME is set")
        }
    }

    /// What was kept, or a fresh start. A file that cannot be understood is moved aside; one that
    /// cannot be read is left alone, and nothing is saved over it.
    func load() -> CourseProgress {
        guard let file, FileManager.default.fileExists(atPath: file.path) else {
            return CourseProgress()
        }
        guard let type = try? FileManager.default.attributesOfItem(atPath: file.path)[.type],
            type as? FileAttributeType == .typeRegular, let data = try? Data(contentsOf: file)
        else {
            warn("progress is not kept: \(file.path) cannot be read")
            self.file = nil
            return CourseProgress()
        }
        do {
            return try JSONDecoder().decode(CourseProgress.self, from: data)
        } catch {
            moveAside(file)
            return CourseProgress()
        }
    }

    private func moveAside(_ file: URL) {
        for number in 1...99 {
            let aside = file.appendingPathExtension("unreadable-\(number)")
            guard !FileManager.default.fileExists(atPath: aside.path) else { continue }
            guard (try? FileManager.default.moveItem(at: file, to: aside)) != nil else { break }
            warn("the progress could not be understood; it was moved to \(aside.path)")
            return
        }
        warn("progress is not kept: \(file.path) could not be understood, nor moved aside")
        self.file = nil
    }

    /// A folder's absolute path as a short name that is the same in every run (FNV-1a).
    private static func fingerprint(of folder: String) -> String {
        let path = URL(fileURLWithPath: folder).standardizedFileURL.path
        let hash = path.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        return String(hash, radix: 16)
    }

    func save(_ progress: CourseProgress) {
        guard let file else { return }
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try encoder.encode(progress).write(to: file, options: .atomic)
        } catch {
            warn("progress could not be written to \(file.path)")
        }
    }

    private func warn(_ text: String) {
        if !warnings.contains(text) { warnings.append(text) }
    }
}
