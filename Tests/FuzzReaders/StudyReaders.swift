import CourseContent
import CourseExport
import CoursePlain
import CourseScreens
import CourseSession
import Foundation
import TerminalCanvas

/// The course of the folder that HEADROOM_LESSONS names, in which progress and screens are.
private let course: Course = {
    let folder = ProcessInfo.processInfo.environment["HEADROOM_LESSONS"] ?? ""
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let course = Course(
        files: names.compactMap { name in
            let text = try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            return text.map { (name, $0) }
        })
    precondition(!course.lessons.isEmpty, "HEADROOM_LESSONS names no folder of lessons")
    return course
}()

func readProgress(_ bytes: [UInt8]) {
    guard let progress: CourseProgress = understood(bytes) else { return }
    demandSame(progress, as: understood(written(progress)), "progress")
    demand(progress.merged(since: progress, with: progress) == progress, "merging changes it")
    let empty = CourseProgress()
    for merged in [
        progress.merged(since: empty, with: progress), progress.merged(since: empty, with: empty),
        empty.merged(since: progress, with: progress).tidied,
    ] { _ = written(merged.tidied) }
    let session = Session(course: course, progress: progress)
    var app = CourseApp(session, size: Size(width: 80, height: 24))
    drawAndTell(&app)
    let notebook = Notebook(course: course, progress: progress, races: [])
    _ = (notebook.text(), notebook.markdown)
    var plain = PlainCourse(session, width: 80)
    demand(!plain.opening().isEmpty, "nothing is told")
    _ = plain.take("again")
    for lesson in course.lessons { _ = progress.without(lesson: lesson.id) }
}

func readShare(_ bytes: [UInt8]) {
    guard let screen: SharedScreen = understood(bytes) else { return }
    demandSame(screen, as: understood(written(screen)), "a screen")
    var app = CourseApp(Session(course: course), size: Size(width: 60, height: 20))
    app.follow(screen)
    drawAndTell(&app)
    _ = app.shared
}

func readRace(_ bytes: [UInt8]) {
    guard let results: RaceResults = understood(bytes) else { return }
    demandSame(results, as: understood(written(results)), "results")
    let notebook = Notebook(course: course, progress: CourseProgress(), races: [results])
    _ = (notebook.text(), notebook.markdown)
}

/// The value in a file, as the program reads it; nil where it refuses the file.
private func understood<Value: Codable>(_ bytes: [UInt8]) -> Value? {
    let data = Data(bytes)
    let value = try? JSONDecoder().decode(Value.self, fromForeign: data)
    let whole = try? JSONDecoder().decode(Understood<Value>.self, fromForeign: data)
    demand(value != nil || whole == nil, "read as a whole and not by itself")
    return value
}

private func written(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do { return try Array(encoder.encode(value)) } catch { fatalError("not written: \(error)") }
}

private func demandSame<Value: Equatable>(_ value: Value, as read: Value?, _ what: String) {
    demand(value == read, "\(what) is written and read otherwise: \(value) and \(read as Any)")
}
