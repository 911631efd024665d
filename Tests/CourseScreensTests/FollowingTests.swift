import CourseContent
import Foundation
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("A place that others follow")
struct FollowingTests {
    /// What a follower sees of an app.
    private func follower(of app: CourseApp) -> CourseApp {
        var other = CourseApp(course: ShippedCourse.course, size: .usual)
        other.follow(app.shared)
        return other
    }

    /// A screen below its title, which says that it follows.
    private func body(_ app: CourseApp) -> [String] { Array(app.rows.dropFirst()) }

    @Test("gives the same screen, whatever was pressed", arguments: 0..<12)
    func sameScreen(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let place = ShippedCourse.places.randomElement(using: &random)!
        var app = ShippedCourse.app(place)
        // Keys that leave nothing half typed, which is not shared.
        let keys: [Key] = [
            .left, .right, .tab, .home, .end, .pageDown, .character("e"), .character("u"),
            .character("a"), .character("]"), .character("H"), .character("j"),
        ]
        for _ in 0..<12 { app.press(keys.randomElement(using: &random)!) }
        var other = follower(of: app)
        // A notice is the key's answer to whoever pressed it.
        app.session.notice = nil
        other.session.notice = nil
        #expect(body(other) == body(app))
        #expect(other.shared == app.shared)
        #expect(other.rows.first?.contains("following") == true)
    }

    @Test("comes back whole from its file's form")
    func coded() throws {
        let app = ShippedCourse.app("gqa", "half-of-g").pressing(.character("e"), .character("w"))
        let data = try JSONEncoder().encode(app.shared)
        #expect(try JSONDecoder().decode(SharedScreen.self, from: data) == app.shared)
    }

    @Test("shows a revealed answer, and why, help, contents and a blank screen")
    func overlays() {
        var app = ShippedCourse.app("gqa", "half-of-g")
        #expect(follower(of: app).session.isVeiled)
        app.session.reveal()
        #expect(!follower(of: app).session.isVeiled)
        for key in ["w", "?", "c", "y", "."] {
            let open = app.pressing(.character(Character(key)))
            #expect(follower(of: open).opened == open.opened, "\(key)")
        }
    }

    @Test("is left by moving, and found again with one key")
    func letGo() {
        var app = ShippedCourse.app("gqa", "from-end-to-end")
        var other = follower(of: app)
        #expect(!other.footer.contains("follow again"))
        other.press(.right)
        #expect(other.rows.first?.contains("on your own") == true)
        #expect(other.footer.contains("f follow again"))
        let before = other.setting
        app.press(.end)
        other.follow(app.shared)
        #expect(other.setting == before)
        other.press(.character("f"))
        #expect(other.setting == app.setting)
        #expect(other.rows.first?.contains("following") == true)
        other.press(.character("b"))
        #expect(other.session.isFollowing)
    }

    @Test("from a hostile file does no harm, and what it lacks is said")
    func hostile() throws {
        var place = ShippedCourse.app("gqa", "from-end-to-end").shared
        place = try place.rewritten(["lesson": "\u{1B}[2J"])
        var other = CourseApp(course: ShippedCourse.course, size: .usual)
        let before = other.rows.dropFirst(2)
        other.follow(place)
        #expect(other.rows.dropFirst(2) == before)
        #expect(other.words.contains("is not in this course"))

        place = try ShippedCourse.app("gqa", "half-of-g").shared.rewritten([
            "setting": "l=9999999999999999,g=\u{1B}", "scroll": Int.max, "pinned": "x",
            "slider": "\u{7}", "open": "\u{1B}c", "units": "",
            "model": String(repeating: "m", count: 10_000),
        ])
        place.answer = AnswerRecord(
            given: String(repeating: "\u{1B}[31m", count: 5_000), tries: .max, isRight: true,
            isRevealed: true, found: [-1, .max])
        other.follow(place)
        #expect(other.words.contains("cannot be read"))
        for row in other.rows {
            #expect(row.unicodeScalars.allSatisfy { $0.value >= 0x20 })
        }
        for key in Key.all { _ = other.handle(.key(key)) }
    }
}

@Suite("The teacher's notes")
struct SpeakerNotesTests {
    private func course() -> Course {
        let text = """
            ---
            title: One
            summary: S
            ---
            ## First
            <!-- minute: 0 -->
            <!-- notes: Ask them first. -->
            Text.
            ## Second
            <!-- minute: 4 -->
            Text.
            """
        return Course(files: [("1-one.md", text), ("2-two.md", text)])
    }

    @Test("show the step's notes, what comes next, and the time against the marks")
    func shown() {
        let course = course()
        var notes = SpeakerNotes(course: course, size: Size(width: 60, height: 12), glyphs: .ascii)
        #expect(
            notes.canvas(minutes: 0).rows.contains { $0.contains("Waiting for a shared screen") })
        var app = CourseApp(course: course, size: .usual, lesson: 0, step: 0)
        notes.follow(app.shared)
        let rows = notes.canvas(minutes: 3).rows
        #expect(rows[0] == " Notes - 1.1 of 2 - First")
        #expect(rows[2] == " Ask them first.")
        #expect(rows[7] == " minute 3, this step is marked 0, the next 4")
        #expect(rows[8] == " next  Second")
        #expect(rows[9] == "       Text.")
        app.press(.pageDown)
        notes.follow(app.shared)
        let last = notes.canvas(minutes: 5).rows
        #expect(last[2] == " No notes here.")
        #expect(last[8] == " next  lesson 2, One")
        #expect(last[9] == "       Text.")
        #expect(notes.handle(.key(.character("0"))) == .restart)
        #expect(notes.handle(.key(.character("q"))) == .quit)
    }

    @Test("are scrolled by the keys that scroll every text, and not left by Esc")
    func scrolled() {
        let words = (1...120).map { "word\($0)" }.joined(separator: " ")
        let text = "---\ntitle: One\nsummary: S\n---\n## First\n<!-- notes: \(words) -->\nText.\n"
        let course = Course(files: [("1-one.md", text)])
        var notes = SpeakerNotes(course: course, size: Size(width: 60, height: 12), glyphs: .ascii)
        notes.follow(CourseApp(course: course, size: .usual, lesson: 0, step: 0).shared)
        let first = notes.canvas(minutes: 0).rows
        #expect(first.last == " Up Down scroll  0 reset the time  q quit")
        var shown: [String] = []
        for key in [Key.down, .up, "j", "k", .space, .pageUp, "G", "g", .end, .home, .escape, "x"] {
            #expect(notes.handle(.key(key)) == nil)
            let rows = notes.canvas(minutes: 0).rows
            if rows == first {
                shown.append("first")
            } else {
                shown.append(rows.contains { $0.contains("word120") } ? "last" : "more")
            }
        }
        let back = "first"
        #expect(
            shown == [
                "more", back, "more", back, "more", back, "last", back, "last", back, back, back,
            ])
    }

    @Test("never show in a learner's course", arguments: ShippedCourse.places)
    func unseen(place: ShippedCourse.Place) {
        let app = ShippedCourse.app(place)
        for note in app.step.notes {
            #expect(!app.words.contains(note.prefix(30)))
        }
    }
}

@Suite("A course before a class")
struct PresentingTests {
    private func app(_ lesson: String, _ step: String, size: Size = .usual) -> CourseApp {
        var app = ShippedCourse.app(lesson, step, size: size)
        app.session.isPresenting = true
        return app
    }

    @Test("has large figures where there is room, no dim text, and shows the key that was pressed")
    func large() {
        let app = app("gqa", "gpt-3-with-eight-k-v-heads", size: Size(width: 80, height: 32))
        let big = BigText.rows("403 MB", width: 78, glyphs: .unicode) ?? []
        #expect(big.count == 5)
        for row in big {
            let shown = row.reversed().drop { $0 == " " }.reversed()
            #expect(app.rows.contains { $0.contains(String(shown)) })
        }
        #expect(!app.canvas().cells.contains { $0.style.ink == .faint })
        #expect(app.pressing(.character("u")).rows[1].hasSuffix(" u"))
    }

    @Test("answers a clicker: the answer before the next step, and back, blank and F5")
    func clicker() {
        var app = app("gqa", "half-of-g")
        #expect(app.session.isVeiled)
        app.press(.pageDown)
        #expect(app.step.id == "half-of-g" && !app.session.isVeiled)
        app.press(.pageDown)
        #expect(app.step.id == "from-end-to-end")
        app.press(.pageUp)
        #expect(app.step.id == "half-of-g")
        app.press(.character("b"))
        #expect(app.open == "BlankScreen")
        app.press(.pageDown)
        #expect(app.open == nil && app.step.id == "half-of-g")
        app.press(.character("e"), .character("w"), .function(5), .function(5))
        #expect(!app.isExploring && app.open == nil)
        #expect(app.press(.escape) == [])
    }

    @Test(
        "draws every step at every size without a large figure that is cut",
        arguments: ShippedCourse.places)
    func everyStep(place: ShippedCourse.Place) {
        for size in [Size.least, .usual] {
            var app = ShippedCourse.app(place, size: size)
            let least = app.stepLayout.scrollLimit
            app.session.isPresenting = true
            #expect(app.rows.count == size.height)
            if least == 0, size.width >= 80, size.width < 100 {
                #expect(app.stepLayout.flowHeight == nil)
            }
        }
    }
}

@Suite("A course that goes on by itself")
struct PaceTests {
    @Test("comes from the first step to the last, shows open answers, and stays at the end")
    func wholeCourse() {
        var app = ShippedCourse.app(ShippedCourse.Place(lesson: 0, step: 0))
        var steps = 0
        var seen: Set<String> = []
        repeat {
            seen.insert("\(app.lesson?.id ?? "")/\(app.step.id)")
            #expect(app.session.secondsForStep >= 5 && app.session.secondsForStep < 900)
            steps += 1
        } while app.goOnByItself() && steps < 1000
        #expect(seen.count == ShippedCourse.places.count)
        #expect(app.session.isLastStep)
    }

    @Test("shares the time between two marks among the steps before the second")
    func marks() {
        let text = """
            ---
            title: One
            summary: S
            ---
            ## A
            <!-- minute: 2 -->
            Text.
            ## B
            Text.
            ## C
            <!-- minute: 5 -->
            Text.
            """
        let course = Course(files: [("1-one.md", text)])
        let seconds = (0..<3).map {
            CourseApp(course: course, size: .usual, lesson: 0, step: $0).session.secondsForStep
        }
        #expect(seconds[0] == 90 && seconds[1] == 90)
        #expect(seconds[2] == 10)
    }
}
