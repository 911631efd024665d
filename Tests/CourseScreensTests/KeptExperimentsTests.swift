import AttentionEngine
import CourseContent
import Foundation
import TerminalCanvas
import Testing

@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("What was measured before the program was started")
struct KeptExperimentsTests {
    private static let day = "2026-11-22 09:30"

    private static let steps = [
        "times": ("gqa", "time-against-g"), "forms": ("mla", "both-on-this-machine"),
    ]

    private static func report(_ name: String, _ setting: CacheSetting) -> ExperimentReport {
        name == "times"
            ? Teacher.times(setting, rows: TimesExperiment(setting).keyValueHeads.count)
            : Teacher.forms(setting, heads: setting.queryHeads)
    }

    /// The step of an experiment in a program that is started with what another one has kept.
    private static func app(
        _ name: String, _ progress: CourseProgress, size: Size = .usual
    ) throws -> CourseApp {
        let (lesson, step) = try #require(steps[name])
        let course = ShippedCourse.course
        let index = try #require(course.index(of: lesson))
        return CourseApp(
            course: course, size: size,
            progress: try JSONDecoder().decode(
                CourseProgress.self, from: JSONEncoder().encode(progress)),
            lesson: index, step: course.lessons[index].stepIDs.firstIndex(of: step))
    }

    /// The progress after an experiment was run at its step's own setting.
    private static func progress(_ name: String) throws -> CourseProgress {
        var app = try app(name, CourseProgress())
        app.session.now = day
        app.receive(report(name, app.setting))
        return app.progress
    }

    @Test("is shown again with its figures and its day, on every screen and in words")
    func shown() throws {
        for (name, headline, words, figures) in [
            (
                "times", "Timed on \(Self.day), 3 threads: r times again",
                "Timed on \(Self.day), 3 threads: run times it again.",
                ["2.34 ms", "0.39 ms"]
            ),
            (
                "forms", "Run on \(Self.day), plain code: r runs it again",
                "Run on \(Self.day), plain code, 1 thread: run computes it again.",
                ["456 ms", "12.3 ms", "6e-7"]
            ),
        ] {
            for size in Size.supported {
                let app = try Self.app(name, Self.progress(name), size: size)
                #expect(app.rows.contains { $0.contains(headline) }, "\(name) at \(size)")
                for figure in figures { #expect(app.words.contains(figure), "\(name) \(figure)") }
                #expect(!app.words.contains("s shows it"))
            }
            let app = try Self.app(name, Self.progress(name))
            let told = app.step.widgets.flatMap { $0.words(app.scene) }
            let text = PlainText(width: 1000, glyphs: .unicode).lines(told).joined(separator: "\n")
            #expect(text.contains(words))
            #expect(figures.allSatisfy(text.contains))
            // Its key runs it anew, and what is found then is of today.
            var again = app
            #expect(again.press(.character("r")).count == 1)
            again.receive(Self.report(name, again.setting))
            #expect(again.words.contains("on this machine"))
            #expect(!again.words.contains(Self.day))
        }
    }

    @Test(
        "is of its setting alone, whichever parameter another has",
        arguments: [
            ("times", Parameter.queryHeads), ("times", .headDimension), ("times", .tokens),
            ("times", .bytesPerNumber), ("forms", .queryHeads), ("forms", .headDimension),
            ("forms", .tokens), ("forms", .latentRank), ("forms", .rotaryDimension),
        ])
    func otherSettings(name: String, parameter: Parameter) throws {
        let progress = try Self.progress(name)
        var app = try Self.app(name, progress)
        let value = try #require(app.setting[parameter])
        let another =
            parameter == .bytesPerNumber ? 32 : parameter == .rotaryDimension ? 16 : value / 2
        try app.session.apply([parameter: another])
        #expect(app.setting[parameter] != value)
        #expect(app.words.contains(name == "times" ? "Not timed here yet" : "Not run here yet"))
        #expect(!app.words.contains("2.34 ms") && !app.words.contains("456 ms"))
        // Nor to a follower, also one whose own program has kept the same.
        for kept in [CourseProgress(), progress] {
            var other = try Self.app(name, kept)
            other.follow(app.shared.reread)
            #expect(other.session.isFollowing && other.setting == app.setting)
            #expect(
                other.words.contains(name == "times" ? "Not timed there yet" : "Not run there yet"))
            #expect(!other.words.contains("2.34 ms") && !other.words.contains("456 ms"))
        }
        // Both are kept, each under its own words.
        app.receive(Self.report(name, app.setting))
        let kept = app.progress.measurements.values
        #expect(kept.count == 2)
        #expect(Set(kept.map(\.what)).count == 2)
        try app.session.apply([parameter: value])
        #expect(app.words.contains(Self.day))
        let other = app.follower()
        #expect(other.setting == app.setting && other.words.contains("on that machine"))
        #expect(other.words.contains(name == "times" ? "2.34 ms" : "456 ms"))
    }

    @Test("is the same whatever the setting has that it does not depend on")
    func sameKey() throws {
        for name in ["times", "forms"] {
            var app = try Self.app(name, Self.progress(name))
            try app.session.apply([.layers: 3, .batch: 2])
            #expect(app.words.contains(Self.day), "\(name)")
        }
    }

    @Test("is told to a class as it is shown")
    func toldToAClass() throws {
        for (name, figure) in [("times", "2.34 ms"), ("forms", "456 ms")] {
            let other = try Self.app(name, Self.progress(name)).follower()
            #expect(other.words.contains("on that machine"))
            #expect(other.words.contains(figure))
        }
    }

    @Test("is listed and never shown as a setting's where an older program kept it in words alone")
    func older() throws {
        let what = "One layer's step of latent attention: 128 query heads, 64 tokens"
        let file = """
            {"measurements":{"\(what)":{"what":"\(what)","date":"\(Self.day)","rows":[\
            {"name":"expanded","result":"1 ms"}]}}}
            """
        let progress = try JSONDecoder().decode(CourseProgress.self, from: Data(file.utf8))
        let app = try Self.app("forms", progress)
        #expect(app.words.contains("Not run here yet"))
        #expect(app.pressing(.character("s")).words.contains("(\(Self.day))"))
        #expect(app.notebook.measurements.map(\.what) == [what])
        // The same words again are the same measurement.
        let times = try #require(Self.progress("times").measurements.values.first)
        var old = times
        old.found = nil
        var later = try Self.app("times", CourseProgress(measurements: [times.what: old]))
        later.receive(Self.report("times", later.setting))
        #expect(Array(later.progress.measurements.keys) == ["times n=32,h=128,s=4096,bytes=2"])
    }

    @Test(
        "is listed and not shown where it cannot have been measured",
        arguments: [
            ("times", "\"g\":32", "\"g\":31"), ("times", "\"threads\":3", "\"threads\":0"),
            ("times", "\"repeated\":0.", "\"repeated\":-0."),
            ("times", "\"rows\":[{\"g\"", "\"rows\":[{\"h\""),
            ("forms", "\"heads\":128", "\"heads\":129"),
            ("forms", "\"expanded\":0", "\"expanded\":-1"),
            ("forms", "\"found\":{\"forms\"", "\"found\":{\"times\""),
        ])
    func impossible(name: String, old: String, new: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(Self.progress(name)), as: UTF8.self)
        let damaged = text.replacingOccurrences(of: old, with: new)
        #expect(damaged != text)
        let progress = try JSONDecoder().decode(CourseProgress.self, from: Data(damaged.utf8))
        let app = try Self.app(name, progress)
        #expect(app.words.contains(name == "times" ? "Not timed here yet" : "Not run here yet"))
        #expect(progress.measurements.count == 1)
    }
}
