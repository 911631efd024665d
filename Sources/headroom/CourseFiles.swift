import ArgumentParser
import CourseContent
import Foundation
import Lessons
import ModelFiles

/// Where a course comes from, and its files.
struct CourseFiles {
    /// The folder it was read from; nil for the course inside the program.
    let folder: String?
    let files: [(name: String, text: String)]
    /// Names in the folder that no lesson could be read from.
    let otherNames: [String]

    /// The course that is in them.
    var course: Course { Course(files: files, folder: folder) }

    /// What progress is kept under, where the course says so itself.
    var id: String? {
        files.first { $0.name == CourseFile.name }.flatMap { CourseFacts($0.text).id }
    }

    /// Whether another reading of the folder found the same.
    func isSame(as other: CourseFiles) -> Bool {
        files.elementsEqual(other.files, by: { $0 == $1 }) && otherNames == other.otherNames
    }

    /// No lesson is this large; more of a file is not read.
    private static let sizeLimit = 2_000_000

    /// The folder named, or that of HEADROOM_LESSONS, or the course inside the program.
    ///
    /// Only regular files are opened: a pipe among them would never end.
    static func load(folder: String?) throws -> CourseFiles {
        guard let path = path(folder) else {
            return CourseFiles(folder: nil, files: EmbeddedCourse.files, otherNames: [])
        }
        let folder = lessonFile(path) == nil ? path : parent(of: path)
        do { return try read(folder: folder) } catch {
            writeErrorLine("\(path): not a folder of lessons: \(error.description)")
            throw CommandStatus.noFile.code
        }
    }

    /// What is named, or in HEADROOM_LESSONS; nil without both.
    private static func path(_ named: String?) -> String? {
        let variable = ProcessInfo.processInfo.environment["HEADROOM_LESSONS"] ?? ""
        return named ?? (variable.isEmpty ? nil : variable)
    }

    /// The lesson's file that stands there for its folder; nil where a folder does, or nothing.
    static func lessonFile(_ named: String?) -> String? {
        guard let path = path(named) else { return nil }
        var status = stat()
        let isFile = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        return isFile && Course.isLesson(lastName(path)) ? lastName(path) : nil
    }

    /// What a folder holds.
    static func read(folder: String) throws(FileProblem) -> CourseFiles {
        errno = 0
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        else { throw .system(errno == 0 ? ENOENT : errno) }
        var files: [(name: String, text: String)] = []
        var others: [String] = []
        for name in names {
            if Course.isLesson(name) || name == CourseFile.name,
                let text = read(folder + "/" + name)
            {
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
