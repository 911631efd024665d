import AttentionEngine
import Foundation
import TerminalCanvas
import Testing

@testable import LessonScreens

/// Screens on which an experiment runs or has run, for others to follow.
enum Teacher: String, CaseIterable, CustomTestStringConvertible {
    case raceShipped, raceRunning, raceOver, control, controlRunning
    case layerUntrained, layerInTraining, layerTrained
    case timesNone, timesRunning, timesOver, formsNone, formsRunning, formsOver
    case appended, placing, placed

    var testDescription: String { rawValue }

    /// As many points as a race of 6,000 steps has.
    static let long = results(RacePlan(seed: .max, steps: 6000), points: 240)

    /// A training on its way, and at its end.
    private static let underWay = progress(RacePlan(seed: 3, steps: 1_000_000))
    private static let widenedUnderWay = progress(RacePlan(.widened, steps: 1_000_000))
    private static let trained = (plan: RacePlan(seed: 4, steps: 25), progress: over)
    private static let over = Training.finished(RacePlan(seed: 4, steps: 25))

    private static func progress(_ plan: RacePlan) -> RecallProgress {
        let race = Training.race(plan)
        race.start()
        Training.wait { race.progress.lanes.allSatisfy { $0.step > 0 } }
        race.pause()
        Training.wait { race.progress.phase == .paused }
        defer { race.stop() }
        return race.progress
    }

    /// Made-up results whose numbers have as many digits as real ones.
    static func results(_ plan: RacePlan, points: Int) -> RaceResults {
        RaceResults(
            plan: plan, date: Training.day,
            rows: plan.variants.enumerated().map { index, variant in
                RaceRow(
                    variant: variant, accuracy: 1.0 / Double(index + 3),
                    measured: .init(perspectives: index + 1, bits: 1.0 / 3),
                    curve: (1...points).map {
                        .init(
                            step: plan.steps * $0 / points,
                            accuracy: Double($0) / Double(3 * points))
                    })
            })
    }

    /// The place of its step in the course.
    private var step: (lesson: String, step: String) {
        switch self {
        case .raceShipped, .raceRunning, .raceOver: ("question", "four-layers-in-a-race")
        case .control, .controlRunning: ("question", "is-it-fair")
        case .layerUntrained, .layerInTraining, .layerTrained: ("mha", "perspectives-measured")
        case .timesNone, .timesRunning, .timesOver: ("gqa", "time-against-g")
        case .formsNone, .formsRunning, .formsOver: ("mla", "both-on-this-machine")
        case .appended: ("kv-cache", "held-in-memory")
        case .placing, .placed: ("question", "where-would-it-stand")
        }
    }

    func app(size: Size = .usual) -> CourseApp {
        var app = ShippedCourse.app(step.lesson, step.step, size: size)
        switch self {
        case .raceShipped, .layerUntrained, .timesNone, .formsNone: break
        case .raceRunning:
            app.receive(.race(RacePlan(seed: 3, steps: 1_000_000), Self.underWay, date: ""))
        case .raceOver: app.receive(.kept(Self.long))
        case .control:
            app.receive(.kept(Self.long))
            app.receive(
                .kept(Self.results(RacePlan(.widened, seed: .max, steps: 6000), points: 240)))
        case .controlRunning:
            let plan = RacePlan(.widened, steps: 1_000_000)
            app.receive(.race(plan, Self.widenedUnderWay, date: ""))
        case .layerInTraining:
            app.receive(.race(RacePlan(seed: 3, steps: 1_000_000), Self.underWay, date: ""))
        case .layerTrained:
            app.receive(.race(Self.trained.plan, Self.trained.progress, date: Training.day))
            app.press(.character("r"), .character("r"))
        case .timesRunning: app.receive(.times(Self.times(app.setting, rows: 2)))
        case .timesOver: app.receive(.times(Self.times(app.setting, rows: 6)))
        case .formsRunning: app.receive(.forms(Self.forms(app.setting, heads: 8)))
        case .formsOver: app.receive(.forms(Self.forms(app.setting, heads: app.setting.queryHeads)))
        case .appended: app.press(.character("r"), .character("r"), .character("r"))
        case .placing: app.press(.character("p"), .left, .up)
        case .placed: app.press(.character("p"), .right, .down, .enter)
        }
        app.notice = nil
        return app
    }

    private static func times(_ setting: CacheSetting, rows: Int) -> TimesStanding {
        guard
            let standing = TimesStanding(
                setting,
                rows: (0..<rows).map { (row: Int) -> (Duration, Duration) in
                    (.microseconds(2345 / (row + 1)), .microseconds(23456 / (row + 1)))
                }, threads: 3, share: Double(rows) / 6, isRunning: rows < 6)
        else { preconditionFailure("the step's setting can be timed") }
        return standing
    }

    private static func forms(_ setting: CacheSetting, heads: Int) -> FormsStanding {
        guard
            let standing = FormsStanding(
                setting, heads: heads, bytesHeld: ByteCount(73_728),
                times: [.expanded: .milliseconds(456), .absorbed: .microseconds(12_345)],
                largestDifference: 6.4e-7, largestOutput: 0.75,
                isRunning: heads < setting.queryHeads)
        else { preconditionFailure("the step's setting has a latent") }
        return standing
    }
}

extension CourseApp {
    /// A follower of what is shared of this screen, through the file's form.
    func follower(size: Size = .usual) -> CourseApp {
        var other = CourseApp(course: ShippedCourse.course, size: size)
        other.follow(place.reread)
        return other
    }
}

extension SharedPlace {
    /// The same written and read.
    var reread: SharedPlace {
        guard let data = try? JSONEncoder().encode(self),
            let place = try? JSONDecoder().decode(SharedPlace.self, from: data)
        else { preconditionFailure("a place can be written and read") }
        return place
    }
}
