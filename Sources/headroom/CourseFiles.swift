import ArgumentParser
import CourseContent
import Foundation
import ModelFiles

/// Where a course comes from, and its files.
struct CourseFiles {
    /// The folder it was read from; nil for the course inside the program.
    let folder: String?
    let files: [(name: String, text: String)]
    /// Names in the folder that no lesson could be read from.
    let otherNames: [String]

    /// The course that is in them. Cost: all of its text is understood.
    var course: Course { Course(files: files, folder: folder) }

    /// No lesson is this large; more of a file is not read.
    private static let sizeLimit = 2_000_000

    /// The folder named, or that of HEADROOM_LESSONS, or the course inside the program.
    ///
    /// Only regular files are opened: a pipe among them would never end.
    static func load(folder: String?) throws -> CourseFiles {
        let variable = ProcessInfo.processInfo.environment["HEADROOM_LESSONS"] ?? ""
        guard let folder = folder ?? (variable.isEmpty ? nil : variable) else {
            return CourseFiles(folder: nil, files: EmbeddedCourse.files, otherNames: [])
        }
        let isFile = isLessonFile(folder)
        do { return try read(folder: isFile ? parent(of: folder) : folder) } catch {
            writeErrorLine("\(folder): not a folder of lessons: \(error.description)")
            throw CommandStatus.noFile.code
        }
    }

    /// Whether a path is that of a file, called as lessons are.
    static func isLessonFile(_ path: String) -> Bool {
        var status = stat()
        return Course.isLesson(lastName(path)) && stat(path, &status) == 0
            && status.st_mode & S_IFMT == S_IFREG
    }

    /// What a folder holds.
    static func read(folder: String) throws(FileProblem) -> CourseFiles {
        errno = 0
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        else { throw .system(errno == 0 ? ENOENT : errno) }
        var files: [(name: String, text: String)] = []
        var others: [String] = []
        for name in names {
            if Course.isLesson(name), let text = read(folder + "/" + name) {
                files.append((name, text))
            } else {
                others.append(name)
            }
        }
        return CourseFiles(folder: folder, files: files, otherNames: others)
    }

    private static func read(_ path: String) -> String? {
        guard let file = try? FileBytes(path: path),
            let bytes = try? file.read(0..<min(file.count, sizeLimit))
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
