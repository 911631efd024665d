import AttentionEngine
import CourseContent
import Foundation
import TerminalCanvas
import TestSupport
import Testing

@testable import CourseScreens
@testable import CourseSession

/// Trainings that tests look at.
enum Training {
    /// A training at its end, measured on few questions.
    static func finished(_ plan: RacePlan) -> RecallProgress {
        let race = race(plan)
        race.start()
        wait { race.progress.phase == .finished }
        return race.progress
    }

    /// Sleeps until something holds.
    static func wait(until holds: () -> Bool) {
        while !holds() { Thread.sleep(forTimeInterval: 0.005) }
    }

    static func race(_ plan: RacePlan) -> RecallRace {
        RecallRace(plan.variants, steps: plan.steps, seed: plan.seed, questions: 64, threads: 2)
    }

    static let day = "2026-11-23"
}

@Suite("The recall race in the course")
struct RaceTests {
    private static let r = Key.character("r")

    private var points: CourseApp { ShippedCourse.app("mla", "in-the-same-race") }
    private var curves: CourseApp { ShippedCourse.app("question", "four-layers-in-a-race") }
    private var control: CourseApp { ShippedCourse.app("question", "is-it-fair") }

    @Test(
        "comes with results that training gives again, to the last digit shown",
        arguments: [RaceResults.shipped, .shippedWidened])
    func shippedIsReproduced(shipped: RaceResults) {
        #expect(shipped.rows.map(\.variant) == shipped.plan.variants)
        // How many steps follow changes none of those before.
        let steps = SlowTests.extent(200, of: shipped.plan.steps)
        let race = RecallRace(
            shipped.plan.variants, steps: steps, seed: shipped.plan.seed, threads: 2)
        race.start()
        Training.wait { race.progress.phase == .finished }
        let found = race.progress.lanes.compactMap { RaceRow($0) }
        func digits(_ value: Double?, _ decimals: Int) -> String? {
            value.map { fixed($0, decimals: decimals) }
        }
        #expect(found.count == shipped.rows.count)
        for (row, found) in zip(shipped.rows, found) {
            let everyHundred = found.curve.filter { $0.step % 100 == 0 }
            let curve = row.curve.filter { $0.step <= steps }
            #expect(curve.map(\.step) == everyHundred.map(\.step))
            #expect(
                curve.map { digits($0.accuracy, 3) }
                    == everyHundred.map { digits($0.accuracy, 3) })
            guard steps == shipped.plan.steps else { continue }
            #expect(digits(row.accuracy, 4) == digits(found.accuracy, 4))
            #expect(row.measured?.perspectives == found.measured?.perspectives)
            #expect(digits(row.measured?.bits, 4) == digits(found.measured?.bits, 4))
        }
    }

    @Test("says whose results are shown, and what its key does next")
    func states() {
        var app = points
        let plan = RacePlan(seed: 7, steps: 50)
        #expect(app.words.contains("Trained beforehand, seed 0, 1,500 steps"))
        #expect(app.footer.contains("r train it here"))
        #expect(app.press(Self.r) == [.run(.race(.start(RacePlan())))])

        let race = Training.race(plan)
        #expect(app.receive(.race(plan, race.progress, date: Training.day)) == [])
        #expect(app.footer.contains("r pause"))
        #expect(app.press(Self.r) == [.run(.race(.pause))])
        #expect(app.words.contains("Training here, seed 7, 50 steps"))
        #expect(app.words.contains(" 0 %"))

        race.stop()
        app.receive(.race(plan, race.progress, date: Training.day))
        #expect(app.footer.contains("r go on"))
        #expect(app.words.contains("Paused, seed 7, 50 steps"))
        #expect(app.press(Self.r) == [.run(.race(.goOn))])
    }

    @Test("is news once when it is over, stands in for what was shown, and goes on with a new seed")
    func finished() throws {
        var app = points
        let plan = RacePlan(seed: 3, steps: 25)
        let progress = Training.finished(plan)
        let effects = app.receive(.race(plan, progress, date: Training.day))
        guard case .keep(let results)? = effects.first else {
            Issue.record("no results to keep: \(effects)")
            return
        }
        #expect(results.plan == plan)
        #expect(results.date == Training.day)
        #expect(results.rows.map(\.accuracy) == progress.lanes.map { $0.result?.accuracy })
        #expect(app.receive(.race(plan, progress, date: "2026-11-24")) == [])
        #expect(app.words.contains("Trained on this machine, 2026-11-23, seed 3, 25 steps"))
        #expect(app.footer.contains("r another seed"))
        #expect(app.press(Self.r) == [.run(.race(.start(RacePlan(seed: 4, steps: 25))))])

        var other = points
        other.receive(.kept(results))
        #expect(other.words == app.words)
    }

    @Test("is stopped by a key, which brings back what was shown before")
    func stopped() {
        var app = curves
        #expect(!app.footer.contains("x stop"))
        let before = app.rows.dropFirst(2)
        let plan = RacePlan(seed: 1, steps: 50)
        app.receive(.race(plan, Training.race(plan).progress, date: Training.day))
        #expect(app.footer.contains("x stop"))
        #expect(app.press(.character("x")) == [.run(.race(.stop))])
        #expect(app.rows.dropFirst(2) == before)
        #expect(app.notice != nil)
    }

    @Test("is run longer by a key, with the same seed, and then as long as usual")
    func longer() {
        var app = curves
        #expect(app.footer.contains("+ 6,000 steps"))
        let long = RacePlan(steps: 6000)
        // What takes a minute and more is asked first, and any other key is a no.
        #expect(app.press("+") == [])
        #expect(app.notice?.contains("4 times as long") == true)
        #expect(app.press("u", "+") == [])
        #expect(app.press("+") == [.run(.race(.start(long)))])
        app.receive(.race(long, Training.race(long).progress, date: Training.day))
        #expect(!app.footer.contains("+ 6,000"))
        #expect(app.words.contains("6,000 steps"))
        let results = RaceResults(plan: long, date: Training.day, rows: RaceResults.shipped.rows)
        app.press(.character("x"))
        app.receive(.kept(results))
        #expect(app.footer.contains("+ 1,500 steps"))
        #expect(app.press("+") == [.run(.race(.start(RacePlan())))])
    }

    @Test("is repeated with as many parameters for each, beside the results of the usual width")
    func widened() {
        var app = control
        #expect(app.words.contains("MQA 64 29,696 0.179 85 0.185"))
        #expect(app.words.contains("nearly MHA's: 36,704 to 36,992."))
        #expect(app.press(Self.r) == [.run(.race(.start(RacePlan(.widened))))])
        let plan = RacePlan(.widened, steps: 25)
        app.receive(.race(plan, Training.race(plan).progress, date: Training.day))
        #expect(app.words.contains("widened so far"))
        #expect(app.words.contains("MHA 64 36,864 - 64 -"))
        app.receive(.race(plan, Training.finished(plan), date: Training.day))
        #expect(app.words.contains("Trained on this machine"))
        // Only equal plans are held against each other.
        #expect(app.words.contains("MQA 64 29,696 - 85 0.0"))
        #expect(app.words.contains("another seed or length (seed 0, 1,500 steps)."))
        let race = RacePlan(steps: 25)
        app.receive(.race(race, Training.finished(race), date: Training.day))
        #expect(app.words.contains("MQA 64 29,696 0.0"))
        #expect(!app.words.contains("another seed or length"))
    }

    @Test("gives way to another training, and says so")
    func oneAtATime() {
        var app = control
        let plan = RacePlan(seed: 2, steps: 50)
        app.receive(.race(plan, Training.race(plan).progress, date: Training.day))
        app.press(Self.r)
        #expect(app.notice == "The race in progress was stopped.")
        #expect(app.experiments.statuses.race(.usual).run == nil)
    }

    @Test("draws the points of the variants that a step names, and the corner")
    func pointsAndCorner() {
        let question = ShippedCourse.app("question", "the-empty-corner")
        #expect(question.rows.contains { $0.contains("the empty corner") })
        #expect(!question.rows.contains { $0.contains("MLA-32") })
        #expect(points.rows.contains { $0.contains("MLA-32 0.49") })
        for size in Size.supported {
            for app in [points, curves] {
                var app = app
                _ = app.handle(.resize(size))
                for name in ["MHA", "GQA-2", "MQA", "GQA-4 0.37"] {
                    #expect(app.rows.contains { $0.contains(name) }, "\(name) at \(size)")
                }
            }
        }
    }

    @Test("marks the point of the slider's g, and tells its numbers")
    func marksG() {
        let app = ShippedCourse.app("gqa", "quality-as-g-moves")
        #expect(app.words.contains("GQA-4 0.37 ◂ here"))
        #expect(
            app.words.contains(
                "g = 4, GQA-4: 64 numbers cached, accuracy 0.37, perspectives 4 of 8"))
        let home = app.pressing(.home)
        #expect(home.words.contains("MQA ◂ here"))
        #expect(
            home.words.contains(
                "g = 1, MQA: 16 numbers cached, accuracy 0.18, perspectives 1 of 8"))
        #expect(app.pressing(.end).words.contains("MHA 0.72 ◂ here"))
    }

    @Test("is a table on a key, and a plot again", arguments: Size.supported)
    func table(size: Size) {
        for app in [points, curves] {
            var app = app
            _ = app.handle(.resize(size))
            let plot = app.rows
            app.press(.character("t"))
            #expect(app.words.contains("MHA 128 36,864 0.722 6 of 8 0.67"), "\(size)")
            #expect(app.words.contains("MQA 16 29,696 0.179 1 of 8 0.03"), "\(size)")
            #expect(app.pressing(.character("t")).rows == plot)
        }
    }

    @Test("says in every plot and table what it is not")
    func limits() {
        for place in ShippedCourse.places {
            let app = ShippedCourse.app(place)
            guard app.session.race != nil else { continue }
            for key in [Key.character("u"), .character("t")] {
                #expect(app.pressing(key).words.contains("not what a large model loses."))
            }
        }
    }
}
