import CourseContent
import CourseSession
import Foundation
import Testing

@testable import CourseScreens
@testable import headroom

extension RealTerminal {
    @Suite struct ClassTests {
        private let folder: TestFolder
        private var file: String { folder.url.appendingPathComponent("class").path }

        init() throws { folder = try TestFolder() }

        @Test(
            "three terminals on one machine: a teacher, a follower who goes away and returns, and notes"
        )
        func threeTerminals() throws {
            let teacher = try TmuxSession(folder: folder)
            let follower = try TmuxSession(columns: 100, rows: 30, folder: try TestFolder())
            let notes = try TmuxSession(columns: 70, rows: 20, folder: try TestFolder())
            try follower.type("\"$headroom\" follow \(file)")
            try follower.wait("to be waiting") {
                $0.contains { $0.contains("Waiting for a screen") }
            }
            try notes.type("\"$headroom\" follow \(file) --notes")
            try teacher.type("\"$headroom\" present gqa --step 3 --share \(file)")
            try follower.wait("to be asked") { $0.contains { $0.contains("Your answers") } }
            try follower.send("A", "d", "a", "Enter")
            try follower.wait("the teacher's step") { screen in
                screen.first?.contains("3 of ") == true
                    && screen.last?.contains("send nothing") == false
            }
            try notes.wait("its notes") { $0.contains { $0.contains("next  Half of g") } }

            try teacher.send("PageDown")
            try follower.wait("the next step") { $0.first?.contains("4 of ") == true }
            try follower.send("1", "Space", "M", "B", "Enter")
            try follower.wait("one's own answer") { $0.contains { $0.contains("Not 1 MB") } }
            try follower.send("Escape")
            try teacher.send("A")
            try teacher.wait("the answer of the class") {
                $0.contains { $0.contains("1 follows, 1 has answered.") }
            }
            try notes.wait("it, too") { $0.contains { $0.contains("1 has answered.") } }
            try teacher.send("Escape")
            try follower.send("PageUp")
            try follower.wait("to have let go") { $0.first?.contains("on your own") == true }
            try teacher.send("PageDown")
            try follower.send("f")
            try follower.wait("to follow again") { screen in
                screen.first?.contains("4 of ") == true
                    && screen.contains { $0.contains("201 MB") }
            }
            // A torn, a huge and a foreign file take nothing away but say so; the next whole one is
            // followed.
            for junk in [
                "{\"lesson\" : \"gq", String(repeating: "x", count: 100_000), "\u{1B}[2J{}",
            ] {
                try Data(junk.utf8).write(to: URL(fileURLWithPath: file))
                // Who has answered keys has had the time to look.
                try follower.send("?")
                try follower.wait("the help") { $0.contains { $0.contains("Keys that") } }
                try follower.send("Escape")
                try follower.wait("the step") { !$0.contains { $0.contains("Keys that") } }
                try follower.send("f")
                try follower.wait("the same step") { screen in
                    screen.first?.contains("4 of ") == true
                        && screen.first?.contains("ended") == true
                }
            }
            try teacher.send("PageDown")
            try follower.wait("to go on") { screen in
                screen.first?.contains("5 of ") == true
                    && screen.first?.contains("following") == true
            }
            try teacher.send("q")
            try teacher.waitForShell()
            for session in [follower, notes] {
                try session.wait("the end") { $0.first?.contains("ended") == true }
                try session.send("q")
                try session.waitForShell()
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
            #expect(left.filter { $0.hasPrefix("class") }.sorted() == ["class", "class.answers"])
            let csv = try Program.run("class", file, "--format", "csv")
            #expect(csv.output.contains(",Ada,"))
        }

        @Test("what a teacher trains is seen in training and trained, and kept by nobody but them")
        func experiment() throws {
            let teacher = try TmuxSession(folder: folder)
            let students = try TestFolder()
            let follower = try TmuxSession(folder: students)
            try teacher.type(
                "\"$headroom\" learn question --step four-layers-in-a-race --share \(file)")
            try teacher.waitForHeadroom()
            try follower.type("\"$headroom\" follow \(file)")
            try follower.wait("the shipped results") { screen in
                screen.contains { $0.contains("Trained beforehand, seed 0") }
            }
            try teacher.send("r")
            try follower.wait("the training") { screen in
                screen.contains { $0.contains("Training there, seed 0, 1,500 steps") }
            }
            try teacher.send("t")
            try follower.wait("the table") { screen in
                screen.contains { $0.contains("perspectives  bits") }
            }
            let trained = try teacher.wait("the end of the training", seconds: 60) { screen in
                screen.contains { $0.contains("Trained on this machine") }
            }
            let rows = trained.filter { $0.contains(" of 8 ") }
            try #require(rows.count == 4)
            try follower.wait("the same figures") { screen in
                screen.contains { $0.contains("Trained on that machine, 2") }
                    && rows.allSatisfy(screen.contains)
            }
            // One's own is another: nothing of the teacher's was kept here.
            try follower.send("+", "+")
            try follower.wait("one's own training") { screen in
                screen.contains { $0.contains("Training here, seed 0, 6,000 steps") }
            }
            try follower.send("f")
            try follower.wait("the teacher's figures again") { rows.allSatisfy($0.contains) }
            try follower.send("q")
            try follower.wait("the question before a race is lost") { screen in
                screen.contains { $0.contains("q again quits.") }
            }
            for session in [follower, teacher] {
                try session.send("q")
                try session.waitForShell()
            }
            let state = ".local/state/headroom/race.json"
            let files = FileManager.default
            #expect(files.fileExists(atPath: folder.home.appendingPathComponent(state).path))
            #expect(!files.fileExists(atPath: students.home.appendingPathComponent(state).path))
        }

        @Test("a course that goes on by itself does, and can be quit")
        func auto() throws {
            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\" learn start --auto --pace 100")
            try session.wait("a later step") { $0.first?.contains("3 of") == true }
            try session.send("q")
            try session.waitForShell()
        }
    }
}

@Suite("Sharing a place through a file")
struct SharingCommandTests {
    @Test("never overwrites another's file, nor follows one")
    func foreign() throws {
        let folder = try TestFolder()
        let file = folder.url.appendingPathComponent("thesis.md")
        try Data("words".utf8).write(to: file)
        let share = try Program.run("learn", "--share", file.path)
        #expect(share.status == 73)
        #expect(share.errors.split(separator: "\n").count == 1)
        #expect(try Data(contentsOf: file) == Data("words".utf8))
        let follow = try Program.run("follow", file.path)
        #expect(follow.status == 65)
        #expect(
            follow.errors == "headroom: \(file.path): not a file written by --share\n")
        #expect(try Program.run("learn", "--share", folder.url.path).status == 73)
    }

    @Test("a place is followed as soon as it is written, at the end of links as well")
    func soon() throws {
        let folder = try TestFolder()
        let file = folder.url.appending(path: "class").path
        let link = folder.home.appending(path: "link").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
        let course = Course(files: try CourseFiles.load(folder: nil).files)
        var place = CourseApp(Session(course: course), size: CourseApp.leastSize).shared
        let shared = try SharedFile(path: file)
        shared.write(place)
        let followed = try #require(FollowedFile(path: link, waker: .init {}))
        #expect(Deadline(seconds: 30).met { followed.news() == .screen(place) })
        for scroll in 1...40 {
            place.look.scroll = scroll
            shared.write(place)
            #expect(Deadline(seconds: 30).met { followed.news() == .screen(place) })
        }
        shared.end(at: place)
        place.isOver = true
        #expect(Deadline(seconds: 30).met { followed.news() == .screen(place) })
        try FileManager.default.removeItem(atPath: file)
        #expect(Deadline(seconds: 30).met { followed.news() == .nothing })
    }

    @Test("a pace that is none is refused")
    func pace() throws {
        let run = try Program.run("learn", "--auto", "--pace", "0")
        #expect(run.status == 64)
        #expect(run.errors == "headroom: --pace 0.0: a number from 0.1 to 100\n")
    }
}
