import CourseContent
import Foundation
import TestSupport
import Testing

@testable import CourseSession
@testable import headroom

@Suite("The folder of a class's answers")
struct AnswersFolderTests {
    private let folder: TestFolder
    private let shared: String
    private let question = QuestionID(lesson: "gqa", part: "half-of-g")

    init() throws {
        folder = try TestFolder()
        shared = try folder.write("{}", to: "class")
    }

    private func answers(_ name: String? = nil) -> StudentAnswers {
        StudentAnswers(
            name: name, answers: [question: AnswerRecord(given: "201 MB", tries: 1)])
    }

    private func read(_ answers: AnswersFolder) throws -> ClassAnswers {
        var known: [String: AnswersFolder.Known] = [:]
        return try answers.read(known: &known)
    }

    @Test("is a spool: students write into it, list nothing, and take nothing of others away")
    func mode() throws {
        let answers = try AnswersFolder.make(beside: shared)
        var status = stat()
        #expect(stat(answers.path, &status) == 0)
        #expect(status.st_mode & 0o7777 == 0o1733)
        let id = AnswersFolder.randomID()
        #expect(AnswersFolder.isID(id) && id != AnswersFolder.randomID())
        try answers.write(self.answers("Ada"), of: id)
        #expect(stat(answers.path + "/\(id).json", &status) == 0)
        #expect(status.st_mode & 0o777 == 0o644)
        let read = try read(AnswersFolder(beside: shared))
        #expect(read.students.map(\.given) == [self.answers("Ada")])
        #expect(read.students.map(\.isHere) == [true] && read.remarks == [])
        #expect(try AnswersFolder.make(beside: shared) == answers)
    }

    @Test("is no link and no file, wherever these lead")
    func laid() throws {
        let other = folder.home.path
        try FileManager.default.createSymbolicLink(
            atPath: shared + ".answers", withDestinationPath: other)
        #expect(throws: (any Error).self) { try AnswersFolder(beside: shared) }
        #expect(throws: (any Error).self) { try AnswersFolder.make(beside: shared) }
        let member = ClassMember(following: shared, environment: folder.environment)
        #expect(member.meet(AnswersFolder.randomID()) == .isAsked)
        member.join(name: "")
        member.send([:])
        #expect(member.warnings.count == 1)
        let files = try FileManager.default.contentsOfDirectory(atPath: other)
        #expect(!files.contains { $0.hasSuffix(".json") })
    }

    @Test("takes nothing from what is no student's answers, and says how much that is")
    func hostile() throws {
        let answers = try AnswersFolder.make(beside: shared)
        let whole = AnswersFolder.randomID()
        try answers.write(self.answers(), of: whole)
        func path(_ name: String) -> String { answers.path + "/" + name }
        func write(_ text: String, _ name: String) throws {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
        }
        let id = { AnswersFolder.randomID() + ".json" }
        try write("{\"answers\": {", id())
        try write(String(repeating: "[", count: 60_000), id())
        try write(String(repeating: " ", count: AnswersFolder.mostBytes + 1), id())
        try write("{\"answers\":{}}", "thesis.txt")
        try write("{\"answers\":{}}", "../x.json".replacing("/", with: "_"))
        try FileManager.default.createSymbolicLink(
            atPath: path(id()), withDestinationPath: "/etc/passwd")
        try FileManager.default.createDirectory(
            atPath: path(id()), withIntermediateDirectories: false)
        #expect(link(path(whole + ".json"), folder.url.path + "/hard") == 0)
        #expect(mkfifo(path(id()), 0o644) == 0)
        // What is being written is nothing yet.
        try write("{", id() + ".new")
        let read = try read(answers)
        #expect(read.students.isEmpty)
        #expect(
            read.remarks == ["class.answers: 9 files are no student's answers and passed over."])
        unlink(folder.url.path + "/hard")
        #expect(try self.read(answers).students.map(\.id) == [whole])
    }

    @Test("has room for no more than one account may fill")
    func crowd() throws {
        let answers = try AnswersFolder.make(beside: shared)
        let count = AnswersFolder.mostOfOneAccount + 3
        for _ in 0..<count { try answers.write(self.answers(), of: AnswersFolder.randomID()) }
        let read = try read(answers)
        #expect(read.students.count == AnswersFolder.mostOfOneAccount)
        #expect(read.remarks.first?.contains("3 more files are passed over") == true)
    }

    @Test("does not count as here who has left, or has given no sign for long")
    func gone() throws {
        let answers = try AnswersFolder.make(beside: shared)
        let (left, silent) = (AnswersFolder.randomID(), AnswersFolder.randomID())
        var given = self.answers()
        try answers.write(given, of: silent)
        given.isFollowing = false
        try answers.write(given, of: left)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -1_000)],
            ofItemAtPath: answers.path + "/\(silent).json")
        #expect(try read(answers).following == 0)
        answers.touch(silent)
        #expect(try read(answers).following == 1)
    }

    @Test("gets nothing of a student before they join; then the same file, also after a restart")
    func member() throws {
        let answers = try AnswersFolder.make(beside: shared)
        let classID = AnswersFolder.randomID()
        func files() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: answers.path)
        }
        let given = self.answers().answers
        let member = ClassMember(following: shared, environment: folder.environment)
        #expect(member.meet(nil) == .isSettled && member.meet("../x") == .isSettled)
        #expect(member.meet(classID) == .isAsked && member.meet(classID) == .isSettled)
        member.send(given)
        #expect(try files() == [] && member.nextSign == nil)
        member.join(name: "Ada\u{1B}[2J")
        member.send(given)
        #expect(try files().count == 1)
        #expect(try read(answers).students.first?.given.name == "Ada[2J")
        member.send(given, isFollowing: false)
        #expect(try read(answers).following == 0)
        let again = ClassMember(following: shared, environment: folder.environment)
        #expect(again.meet(classID) == .takesPart(given))
        again.send(given)
        #expect(try files().count == 1)
        #expect(try read(answers).following == 1)
        let other = AnswersFolder.randomID()
        #expect(again.meet(other) == .isAsked)
        again.stayOut()
        again.send(given)
        #expect(try files().count == 1)
        let third = ClassMember(following: shared, environment: folder.environment)
        #expect(third.meet(other) == .isSettled)
        #expect(third.nextSign == nil)
    }

    @Test("is handed out as CSV that no spreadsheet runs, as Markdown that is text, and as JSON")
    func report() throws {
        let answers = try AnswersFolder.make(beside: shared)
        try answers.write(self.answers("=cmd|' /C calc'!A0, \"Ada\""), of: AnswersFolder.randomID())
        try answers.write(self.answers("**| <b>"), of: AnswersFolder.randomID())
        let csv = try Program.run("class", shared, "--format", "csv")
        #expect(csv.lines.count == 4)
        #expect(csv.lines.contains { $0.contains(",\"'=cmd|' /C calc'!A0, \"\"Ada\"\"\",gqa/") })
        let markdown = try Program.run("class", shared)
        #expect(markdown.output.contains("| \\*\\*\\| \\<b\\> | 201 MB |"))
        let json = try Program.run("class", shared, "--format", "json")
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
        #expect((object as? [String: Any])?["students"] as? Int == 2)
        let none = try Program.run("class", folder.url.path + "/none")
        #expect(none.status == 66 && none.output == "")
        for (text, cell) in [
            ("-1", "'-1"), (" @x", "' @x"), ("a\tb", "a\u{FFFD}b"), ("a;b", "\"a;b\""),
            ("", ""),
        ] {
            #expect(ClassReport.cell(text) == cell)
        }
    }
}

@Suite("A shared file that is not heard of")
struct SilenceTests {
    @Test("is told after a while, also to who comes late, and no more once it is written again")
    func told() throws {
        let folder = try TestFolder()
        let file = folder.url.appending(path: "class").path
        let course = Course(files: try CourseFiles.load(folder: nil).files)
        let place = Session(course: course).shared()
        let shared = try SharedFile(path: file)
        shared.write(place)
        let followed = try #require(
            FollowedFile(path: file, waker: .init {}, silence: .milliseconds(100)))
        #expect(Deadline(seconds: 30).met { followed.news() == .screen(place) })
        #expect(Deadline(seconds: 30).met { followed.news() == .silence })
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -1_000)], ofItemAtPath: file)
        let late = try #require(FollowedFile(path: file, waker: .init {}))
        #expect(Deadline(seconds: 30).met { late.news() == .screen(place) })
        #expect(Deadline(seconds: 30).met { late.news() == .silence })
        shared.end(at: place)
        #expect(
            Deadline(seconds: 30).met {
                if case .screen(let last)? = late.news() { last.isOver } else { false }
            })
    }
}
