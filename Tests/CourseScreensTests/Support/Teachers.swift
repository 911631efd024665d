import AttentionEngine
import CourseContent
import Foundation
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

/// Screens on which an experiment runs or has run, for others to follow.
enum Teacher: String, CaseIterable, CustomTestStringConvertible {
    case raceShipped, raceRunning, raceOver, control, controlRunning
    case layerUntrained, layerInTraining, layerTrained
    case timesNone, timesRunning, timesOver, formsNone, formsRunning, formsOver
    case writingNone, writingBegun, writingRunning, writingOver, looked
    case lossesBegun, lossesRunning, lossesStopped, lossesOver, diversityRunning, diversityOver
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
        case .writingNone, .writingBegun, .writingRunning, .writingOver: ("real", "one-latent")
        case .looked: ("real", "where-its-heads-look")
        case .lossesBegun, .lossesRunning, .lossesStopped, .lossesOver: ("real", "the-curve")
        case .diversityRunning, .diversityOver: ("real", "how-different-are-they")
        case .appended: ("kv-cache", "held-in-memory")
        case .placing, .placed: ("question", "where-would-it-stand")
        }
    }

    func app(size: Size = .usual) -> CourseApp {
        var app = ShippedCourse.app(step.lesson, step.step, size: size)
        switch self {
        case .raceShipped, .layerUntrained, .timesNone, .formsNone, .writingNone: break
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
        case .timesRunning: app.receive(Self.times(app.setting, rows: 2))
        case .timesOver: app.receive(Self.times(app.setting, rows: 6))
        case .formsRunning: app.receive(Self.forms(app.setting, heads: 8))
        case .formsOver: app.receive(Self.forms(app.setting, heads: app.setting.queryHeads))
        case .writingBegun: app.receive(Self.writing(app, tokens: 0))
        case .writingRunning: app.receive(Self.writing(app, tokens: 25))
        case .writingOver: app.receive(Self.writing(app, tokens: 80))
        case .looked: app.receive(Self.looks())
        case .lossesBegun: app.receive(Self.losses(points: 0))
        case .lossesRunning: app.receive(Self.losses(points: 3))
        case .lossesStopped: app.receive(Self.losses(points: 3, isRunning: false))
        case .lossesOver: app.receive(Self.losses(points: Self.ways.count))
        case .diversityRunning: app.receive(Self.diversity(tokens: 48))
        case .diversityOver: app.receive(Self.diversity(tokens: 496))
        case .appended: app.press(.character("r"), .character("r"), .character("r"))
        case .placing: app.press(.character("p"), .left, .up)
        case .placed: app.press(.character("p"), .right, .down, .enter)
        }
        app.session.notice = nil
        return app
    }

    /// Times of the first steps of a setting: made up, with as many digits as real ones.
    static func times(_ setting: CacheSetting, rows: Int) -> ExperimentReport {
        let experiment = TimesExperiment(setting)
        let all = experiment.keyValueHeads
        let status = TimesStatus(
            rows: all.prefix(rows).enumerated().map { (index: Int, g: Int) -> TimesStatus.Row in
                TimesStatus.Row(
                    g: g, shared: 0.002345 / Double(index + 1),
                    repeated: 0.023456 / Double(index + 1))
            }, threads: 3, share: Double(rows) / Double(all.count), isRunning: rows < all.count)
        return .measured(MeasuredStatus(experiment, status))
    }

    /// What a model wrote of the step's texts, up to so many tokens of 40 each.
    static func writing(
        _ app: CourseApp, tokens: Int, content: String = MeasuredModel.smolLM2.content,
        built: BuiltHeads? = nil
    ) -> ExperimentReport {
        guard case .writing(let spec)? = app.step.widgets.first(where: { $0.order == 2 }) else {
            preconditionFailure("the step shows what a model wrote")
        }
        let experiment = WritingExperiment(spec, app.setting)
        let rows = experiment.forms.enumerated().filter { tokens > 40 * $0.offset }
            .map { index, form in
                WritingStatus.Row(
                    form: form, numbers: 128, bytesPerToken: 7_680, readTokens: 5,
                    pieces: (0..<min(40, tokens - 40 * index)).map { " word\($0)" })
            }
        let all = 40 * experiment.forms.count
        let status = WritingStatus(
            model: "A model of somebody's own", content: content, beginning: "A text",
            rows: rows, doing: tokens == 0 ? "Calibrating, once: 1,024 of 6,144 tokens." : "",
            share: Double(tokens) / Double(all), isRunning: tokens < all, built: built)
        return .measured(MeasuredStatus(experiment, status))
    }

    /// Where a model's heads look in a sentence of its own.
    static func looks() -> ExperimentReport {
        let status = LooksStatus(
            model: "A model of somebody's own", content: "another",
            tokens: (1...LooksSpec.tokens).map { " a-long-token-\($0)" }, groupSize: 4,
            layers: MeasuredModel.smolLM2.looks.prefix(3).map { layer in
                layer.prefix(8).map(MeasuredModel.coded)
            }, isRunning: false)
        return .measured(MeasuredStatus(LooksExperiment(), status))
    }

    /// Ways to keep the cache of a model of 8 query heads on 4 K/V heads of width 16.
    static let ways: [MeasuredModel.Form] = [
        .built, .copies(8), .bits(8), .latent(64), .weighted(64), .best(2), .best(1), .mean(1),
    ]

    /// What the first of them cost: made up, with as many digits as real ones.
    static func losses(
        points: Int, isRunning: Bool? = nil, content: String = "another",
        model: LiveModel? = nil
    ) -> ExperimentReport {
        let measured = ways.prefix(points).enumerated().map { index, form in
            MeasuredModel.Point(
                form: form, numbers: 128 / (index + 1), bytesPerToken: 512 / (index + 1),
                perplexity: 48.123456 * Double(index + 1),
                more: .init(nats: 0.25 * Double(index), error: 0.0123456), tokens: 1_024)
        }
        let status = LossesStatus(
            model: "A model of somebody's own", content: content,
            found: LossesFound(
                queryHeads: 8, keyValueHeads: 4, headDimension: 16, layers: 2, tokens: 1_024,
                points: measured, next: points < ways.count ? ways[points] : nil,
                doing: points == 0 ? "calibrating: 64 of 6,144 tokens" : "",
                share: Double(points) / Double(ways.count), secondsLeft: points == 0 ? nil : 87.5),
            isRunning: isRunning ?? (points < ways.count))
        return .measured(MeasuredStatus(LossesExperiment(model: model), status))
    }

    /// How different the heads of a model of two layers are in so many of 496 tokens.
    static func diversity(
        tokens: Int, sharing: Double = 0.251, apart: Double = 0.752, model: LiveModel? = nil
    ) -> ExperimentReport {
        let layer = MeasuredModel.Layer(
            all: .init(sharing: sharing, apart: apart),
            withoutFirst: .init(sharing: sharing + 0.1, apart: apart + 0.1), onFirst: 0.3)
        let status = DiversityStatus(
            model: "A model of somebody's own", content: "another",
            found: DiversityFound(
                tokens: tokens, layers: tokens == 0 ? [] : [layer, layer],
                share: Double(tokens) / 496),
            isRunning: tokens < 496)
        return .measured(MeasuredStatus(DiversityExperiment(model: model), status))
    }

    /// Both forms of some of a setting's heads.
    static func forms(_ setting: CacheSetting, heads: Int) -> ExperimentReport {
        guard let experiment = FormsExperiment(setting) else {
            preconditionFailure("the step's setting has a latent")
        }
        let status = FormsStatus(
            heads: heads, bytesHeld: 73_728, expanded: 0.456, absorbed: 0.012345,
            largestDifference: 6.4e-7, largestOutput: 0.75, isRunning: heads < setting.queryHeads)
        return .measured(MeasuredStatus(experiment, status))
    }
}

extension CourseApp {
    /// A follower of what is shared of this screen, through the file's form.
    func follower(size: Size = .usual) -> CourseApp {
        var other = CourseApp(course: ShippedCourse.course, size: size)
        other.follow(shared.reread)
        return other
    }
}

extension SharedScreen {
    /// The same with members of its file written over, as another program may write them.
    func rewritten(_ members: [String: Any]) throws -> SharedScreen {
        let written = try JSONSerialization.jsonObject(with: JSONEncoder().encode(self))
        let file = try #require(written as? [String: Any]).merging(members) { $1 }
        return try JSONDecoder().decode(
            SharedScreen.self, from: JSONSerialization.data(withJSONObject: file))
    }

    /// The same written and read.
    var reread: SharedScreen {
        guard let data = try? JSONEncoder().encode(self),
            let place = try? JSONDecoder().decode(SharedScreen.self, from: data)
        else { preconditionFailure("a place can be written and read") }
        return place
    }
}
