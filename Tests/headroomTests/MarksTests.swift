import CourseContent
import CourseSession
import Foundation
import TestSupport
import Testing

@testable import headroom

/// Comparing or hashing one of these texts would take an hour, or half a minute in a shared file.
@Suite("Marks without end in what the program reads")
struct MarksTests {
    private let folder: TestFolder
    private var state: URL { folder.home.appending(path: ".local/state/headroom") }

    init() throws { folder = try TestFolder() }

    private static func marks(_ bytes: Int) -> String {
        String(repeating: "\u{301}\u{323}", count: bytes / 4)
    }

    private static func spelled(_ bytes: Int) -> String {
        String(repeating: #"\u0301\u0323"#, count: bytes / 12)
    }

    @Test(
        "are refused in an argument in one line, wherever it stands",
        arguments: [
            ["%"], ["--%"], ["help", "%"], ["memory", "--state", "%"], ["memory", "--model=%"],
            ["models", "%"], ["lint", "%"], ["learn", "--plain", "%"], ["render", "--keys", "%"],
        ])
    func arguments(_ arguments: [String]) throws {
        let program = try Program.run(
            arguments.map { $0.replacing("%", with: "a" + Self.marks(120_000)) })
        #expect(
            program.errors
                == "headroom: argument \(arguments.count) has more than 30 marks on one character\n"
        )
        #expect(program.status == 64 && program.output == "")
    }

    @Test("are left out of progress, and nothing else is; the whole is kept")
    func progress() throws {
        try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
        let file = state.appending(path: "progress.json")
        for (index, text) in [Self.marks(1_000_000), Self.spelled(1_000_000)].enumerated() {
            let note = #"{"text":"a\#(text)b","lesson":"gqa","step":"x","setting":""}"#
            let data = Data(#"{"version":1,"notes":{"n":\#(note)},"a\#(text)":1}"#.utf8)
            try data.write(to: file)
            let looked = try ChildProcess.run(
                [Program.executable.path, "notes"], environment: folder.environment, in: folder)
            #expect(looked.status == 0 && looked.errors == "")
            let store = ProgressStore(folder: nil, environment: folder.environment)
            let kept = store.load().notes.values.map { Array($0.text.utf8) }
            #expect(kept == [Array(("a" + Self.marks(60) + "b").utf8)])
            let aside = "\(file.path).whole-\(index + 1)"
            #expect(
                store.warnings == [
                    "some of the progress could not be read and is left out; all of it is in "
                        + aside
                ])
            #expect(try Data(contentsOf: URL(fileURLWithPath: aside)) == data)
        }
    }

    @Test("are no progress in another encoding: it is moved aside, and who only looks is told")
    func otherEncoding() throws {
        try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
        let file = state.appending(path: "progress.json")
        let json = #"{"version":1,"notes":{},"a\#(Self.marks(1_000_000))":1}"#
        try (json.data(using: .utf16LittleEndian) ?? Data()).write(to: file)
        let looked = try ChildProcess.run(
            [Program.executable.path, "notes"], environment: folder.environment, in: folder)
        #expect(looked.status == 65)
        #expect(
            looked.errors
                == "headroom: \(file.path): is not a valid progress file\n")
        let store = ProgressStore(folder: nil, environment: folder.environment)
        #expect(store.load() == CourseProgress())
        #expect(store.warnings.count == 1)
        #expect(!FileManager.default.fileExists(atPath: file.path))
    }

    @Test("are no race, and are left out of a shared screen")
    func races() throws {
        try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
        let race = state.appending(path: "race.json")
        let shared = folder.url.appending(path: "class")
        let course = Course(files: EmbeddedCourse.files, folder: nil)
        let whole = try JSONEncoder().encode(Session(course: course, at: (0, 1)).shared())
        for text in [Self.marks(60_000), Self.spelled(60_000)] {
            try Data(#"{"a\#(text)":1}"#.utf8).write(to: race)
            let store = RaceStore(environment: folder.environment)
            #expect(store.load() == [])
            #expect(store.warnings.count == 1)
            try whole.write(to: shared)
            let place = try #require(SharedFile.read(shared.path))
            try (Data(#"{"a\#(text)":1,"#.utf8) + whole.dropFirst()).write(to: shared)
            #expect(SharedFile.read(shared.path) == place)
        }
    }
}
