import AttentionEngine
import CourseContent
import Foundation
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("Experiments on a screen that others follow")
struct FollowedExperimentsTests {
    private static let r = Key.character("r")

    /// The rows that differ between a screen and its follower's, beside each other, but for the
    /// title, which says that it follows, and the keys, which are one's own. What was found here is
    /// told to a follower as found there.
    private func differences(_ app: CourseApp, _ other: CourseApp) -> [String] {
        let words = [
            ("on this machine: ", "on that machine: "),
            ("Trained on this machine", "Trained on that machine"),
            ("Training here", "Training there"), ("trained here", "trained there"),
            ("time here ", "time there"), ("Not timed here", "Not timed there"),
            ("Not run here", "Not run there"), ("Yours is not", "No guess is"),
            ("Yours", "Guess"), ("yours ", "guess "),
            ("writes on this", "writes on that"), ("wrote this on this", "wrote this on that"),
            ("read this on this", "read this on that"), ("Text: on this", "Text: on that"),
            ("written this on this", "written this on that"),
            ("measured on this machine", "measured on that machine"),
        ]
        return zip(app.rows, other.rows).dropFirst().dropLast().compactMap { row, told in
            let expected = words.reduce(row + " ") {
                $0.replacingOccurrences(of: $1.0, with: $1.1)
            }
            return expected == told + " " ? nil : "\(expected) | \(told)"
        }
    }

    @Test("look the same there", arguments: Teacher.allCases, [Size.usual, .wide])
    func sameScreen(teacher: Teacher, size: Size) {
        for keys in [[], [Key.character("t")]] {
            var app = teacher.app(size: size)
            if app.open != "PlaceScreen" { app.press(keys) }
            app.session.notice = nil
            let other = app.follower(size: size)
            #expect(differences(app, other) == [])
            #expect(other.session.isFollowing)
        }
    }

    @Test("look the same there, whatever was pressed", arguments: 0..<12)
    func anyKeys(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var app = Teacher.allCases.randomElement(using: &random)!.app()
        let keys: [Key] = [
            Self.r, Self.r, .character("t"), .character("x"), .character("p"), .character("e"),
            .left, .right, .up, .enter, .pageDown, .pageUp, .character("j"), .character("w"),
            .character("?"), .character("c"), .down, .escape,
        ]
        for _ in 0..<20 {
            app.press(keys.randomElement(using: &random)!)
            // What is half typed is not shared, nor are the files of a machine.
            guard app.answering == nil, app.open != "FilesScreen" else {
                app.press(.escape)
                continue
            }
            app.session.notice = nil
            let other = app.follower()
            // The keys that work and the steps that were seen are the follower's own.
            switch app.open {
            case "HelpScreen": break
            case "ContentsScreen": #expect(other.opened == app.opened)
            default: #expect(differences(app, other) == [])
            }
        }
    }

    @Test("come back whole from the file's form, and are written once", arguments: Teacher.allCases)
    func coded(teacher: Teacher) {
        let place = teacher.app().shared
        #expect(place.measured != nil)
        #expect(place.reread == place)
        #expect(teacher.app().shared == place)
    }

    @Test("take up less than the file's limit, after the longest race too")
    func fileSize() throws {
        for teacher in Teacher.allCases {
            #expect(try JSONEncoder().encode(teacher.app().shared).count < 40_000, "\(teacher)")
        }
        // Results that somebody trained by other means.
        var app = Teacher.control.app()
        for field in [RacePlan.Field.race, .widened] {
            let plan = RacePlan(field, seed: .max, steps: 1_000_000)
            app.receive(.kept(Teacher.results(plan, points: 10_000)))
        }
        #expect(try JSONEncoder().encode(app.shared).count < 50_000)
        let rows = app.shared.reread.measured?.race?.results.rows
        #expect(rows?.map { $0.curve.last?.step } == Array(repeating: 1_000_000, count: 5))
    }

    @Test("of the steps before are not told, nor any where a step shows none")
    func onlyThisStep() {
        var app = Teacher.timesOver.app()
        app.receive(.kept(Teacher.long))
        #expect(app.shared.measured?.race == nil)
        #expect(app.shared.measured?.times != nil)
        app.press("e")
        #expect(app.shared.measured?.times != nil)
        app.press(.tab, .right)
        #expect(app.shared.measured?.times == nil)
        #expect(ShippedCourse.app("start", "turn-the-page").shared.measured == nil)
    }

    @Test("that arrive are no reason to let go, and close nothing that the follower opened")
    func arriving() {
        var app = Teacher.raceShipped.app()
        var other = app.follower()
        other.press(.character("m"))
        app.receive(.kept(Teacher.long))
        other.follow(app.shared.reread)
        #expect(other.session.isFollowing)
        let models = other.screens.last as? ModelsScreen
        #expect(models?.line.text == "" && models?.selected == 0)
        other.press(.escape)
        #expect(other.session.isFollowing)
        #expect(other.words.contains("Trained on that machine, \(Training.day)"))
    }

    @Test("are left by running one's own, seen until then, and found again with one key")
    func ownRun() {
        let own = Teacher.results(RacePlan(seed: 9, steps: 50), points: 2)
        let app = Teacher.raceOver.app()
        var other = CourseApp(course: ShippedCourse.course, size: .usual)
        other.receive(.kept(own))
        other.follow(app.shared.reread)
        #expect(
            other.words.contains("Trained on that machine, \(Training.day), seed \(UInt64.max)"))
        // Walking about keeps them in view.
        other.press(.pageUp, .pageDown)
        #expect(other.session.followed?.isLetGo == true)
        #expect(other.words.contains("Trained on that machine"))
        #expect(other.press(Self.r) == [.run(.race(.start(RacePlan(seed: 10, steps: 50))))])
        #expect(other.words.contains("Trained on this machine, \(Training.day), seed 9, 50 steps"))
        other.press(.character("f"))
        #expect(other.words.contains("Trained on that machine"))
        #expect(other.press(Self.r) != [])
        #expect(other.session.followed?.isLetGo == true)
        #expect(other.session.experiments.statuses.race(.usual).results == own)
    }

    @Test("let go of by a key say so: r, + and p, but not t, nor an r that runs nothing")
    func letGo() {
        for (teacher, keys) in [
            (Teacher.raceOver, ["r", "+"]), (.layerTrained, ["r"]), (.timesOver, ["r"]),
            (.formsOver, ["r"]), (.appended, ["r"]), (.placed, ["p"]),
        ] {
            for key in keys {
                var other = teacher.app().follower()
                other.press(.character(Character(key)))
                // The longer race is asked about first.
                if key == "+" { other.press("+") }
                #expect(other.session.followed?.isLetGo == true, "\(teacher) \(key)")
            }
        }
        var looking = Teacher.raceOver.app().follower()
        looking.press("t")
        #expect(looking.session.isFollowing && looking.session.showsTable)
        var app = Teacher.timesNone.app()
        app.press(.character("="))
        app.type(characters: "32")
        app.press(.enter)
        var other = app.follower()
        try? app.session.apply([.tokens: 1_000_000])
        other.follow(app.shared.reread)
        #expect(other.press(Self.r) == [])
        #expect(other.session.isFollowing)
        #expect(other.notice?.contains("of memory") == true)
    }

    @Test("go on in view of those who let go, until they are told no more")
    func goneOn() {
        var app = Teacher.raceRunning.app()
        var other = app.follower()
        other.press(.pageUp, .pageDown, .character("t"))
        #expect(other.session.followed?.isLetGo == true)
        #expect(other.words.contains("seed 3"))
        app.press(.character("x"))
        app.receive(.kept(Teacher.long))
        other.follow(app.shared.reread)
        #expect(other.words.contains("Trained on that machine"))
        #expect(other.session.showsTable)
        app = Teacher.raceRunning.app()
        other.follow(app.shared.reread)
        #expect(other.words.contains("Paused, seed 3"))
        app.press(.pageUp)
        other.follow(app.shared.reread)
        #expect(other.words.contains("Trained beforehand"))
    }

    @Test("go on where they were: the next token, and a proposal of one's own")
    func goingOn() {
        var other = Teacher.appended.app().follower()
        #expect(other.session.experiments.cache == nil)
        #expect(other.words.contains("held 110,592 bytes"))
        other.press(Self.r)
        #expect(other.words.contains("held 147,456 bytes"))
        #expect(other.session.experiments.cache?.tokens == 4)

        other = Teacher.placed.app().follower()
        #expect(other.words.contains("Guess: 68 numbers, accuracy 0.45"))
        #expect(other.progress.proposal == nil)
        other.press(.character("p"), .left, .enter)
        #expect(other.words.contains("Yours: 60 numbers, accuracy 0.50"))
        other.press(.character("f"))
        #expect(other.words.contains("Guess: 68"))
        #expect(other.progress.proposal == Proposal(numbers: 60, percent: 50))
    }

    @Test("are one's own where an older program shares")
    func olderFile() throws {
        let text = """
            {"lesson":"question","step":"four-layers-in-a-race","setting":"l=32,b=1,n=32,g=8,h=128,\
            s=8192,bytes=2","units":"both","scroll":0,"isExploring":false,"open":"why"}
            """
        let place = try JSONDecoder().decode(SharedScreen.self, from: Data(text.utf8))
        #expect(place.measured == nil && place.look.row == nil && place.look.showsTable == nil)
        var other = CourseApp(course: ShippedCourse.course, size: .usual)
        other.receive(.kept(Teacher.long))
        other.follow(place)
        #expect((other.screens.last as? WhyScreen)?.scroll == 0)
        other.press(.escape)
        #expect(other.words.contains("Trained on this machine"))
    }

    @Test("scroll and choose with what is open above them")
    func overlays() {
        let size = Size.least
        var app = ShippedCourse.app("gqa", "from-end-to-end", size: size)
        for (key, moves) in [("w", 1), ("?", 4), ("c", 7), ("g", 2)] {
            app.press(.character("e"), .character(Character(key)))
            for _ in 0..<moves { app.press(.down) }
            let other = app.follower(size: size)
            #expect(other.opened == app.opened, "\(key)")
            app.press(.escape, .escape)
        }
        var place = ShippedCourse.app("gqa", "from-end-to-end").shared
        for name in ["why", "help", "contents", "gpus 1 80000000000"] {
            for row in [Int.max, .min, -1] {
                place.look.open = name
                place.look.row = row
                var other = CourseApp(course: ShippedCourse.course, size: size)
                other.follow(place)
                other.press(.down, .up, .pageDown, .pageUp)
                #expect(other.rows.count == size.height)
            }
        }
    }
}
