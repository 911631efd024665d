import ArgumentParser
import Foundation

/// Where a course comes from, and its files.
struct CourseFiles {
    /// The folder it was read from; nil for the course inside the program.
    let folder: String?
    let files: [(name: String, text: String)]

    /// No lesson is this large; more of a file is not read.
    private static let sizeLimit = 2_000_000

    /// The folder named, or that of HEADROOM_LESSONS, or the course inside the program.
    static func load(folder: String?) throws -> CourseFiles {
        let variable = ProcessInfo.processInfo.environment["HEADROOM_LESSONS"] ?? ""
        guard let folder = folder ?? (variable.isEmpty ? nil : variable) else {
            return CourseFiles(folder: nil, files: EmbeddedCourse.files)
        }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw ValidationError("no folder of lessons at '\(folder)'")
        }
        var files: [(name: String, text: String)] = []
        for name in names where name.hasSuffix(".md") {
            files.append((name, try read(folder + "/" + name)))
        }
        return CourseFiles(folder: folder, files: files)
    }

    private static func read(_ path: String) throws -> String {
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: sizeLimit)
        else {
            if FileManager.default.isReadableFile(atPath: path) { return "" }
            throw ValidationError("the lesson '\(path)' cannot be read")
        }
        return String(decoding: data, as: UTF8.self)
    }
}
