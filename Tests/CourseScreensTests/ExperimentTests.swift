import AttentionEngine
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CourseScreens
@testable import CourseSession

@Suite("A real cache that a step fills")
struct AppendTests {
    private var app: CourseApp { ShippedCourse.app("kv-cache", "held-in-memory") }

    @Test("holds after each token what the formula says, counted and computed apart")
    func grows() {
        var app = app
        #expect(app.rows.contains { $0.contains("held     0 bytes") })
        #expect(app.footer.contains("r append"))
        for tokens in 1...6 {
            #expect(app.press(.character("r")) == [])
            let bytes = grouped(36_864 * tokens)
            #expect(app.rows.contains { $0.contains("held     \(bytes) bytes") })
            #expect(app.rows.contains { $0.contains("s \(tokens) ") && $0.hasSuffix("= \(bytes)") })
        }
        #expect(app.words.contains("That is the whole sentence; r empties the cache."))
        app.press(.character("r"))
        #expect(app.rows.contains { $0.contains("held     0 bytes") })
    }

    @Test("is refused, and not drawn, where a setting has windows or a latent")
    func leftOut() throws {
        for (text, what) in [("c=512,r=64", "of latents"), ("wl=1,w=64", "with windows")] {
            var app = app
            app.press(.character("r"))
            try app.session.apply(CacheSetting.changes(text: text))
            #expect(app.words.contains("The engine fills no cache \(what) here"))
            #expect(!app.words.contains("formula l 12") && !app.words.contains("r appends"))
            #expect(app.press(.character("r")) == [])
            #expect(app.notice?.contains(what) == true)
            let words = "\(WidgetSpec.append(AppendSpec(words: ["a"])).words(app.scene))"
            #expect(words.contains(what) && !words.contains("Formula"))
        }
    }

    @Test("is another cache, and empty, once the setting is another or the step is left")
    func emptied() throws {
        var app = app.pressing(.character("r"), .character("r"))
        try app.session.apply([.layers: 3])
        #expect(app.rows.contains { $0.contains("held     0 bytes") })
        app.press(.character("r"))
        #expect(app.rows.contains { $0.contains("held     9,216 bytes") })
        app.press(.pageDown, .pageUp)
        #expect(app.experiments.cache == nil)
    }

    @Test("says in one line what it cannot hold, and holds nothing")
    func refused() throws {
        for (letter, value, reason) in [
            (Parameter.bytesPerNumber, 8, "The engine holds only 4- and 2-byte numbers"),
            (.layers, 100_000, "is too large to hold here"),
        ] {
            var app = app
            try app.session.apply([letter: value])
            app.press(.character("r"))
            #expect(app.notice?.contains(reason) == true)
            #expect(app.experiments.cache == nil)
        }
    }
}

@Suite("A decode step timed under a step")
struct TimesTests {
    private var app: CourseApp { ShippedCourse.app("gqa", "time-against-g") }

    private func sweep(_ setting: CacheSetting) throws -> DecodeSweep {
        try DecodeSweep(
            queryHeads: setting.queryHeads, headDimension: setting.headDimension,
            tokens: setting.tokens, format: .bfloat16, threads: 1, samples: 1)
    }

    @Test("tells stored, moved and multiplied apart before anything is timed")
    func before() {
        let rows = app.rows
        #expect(rows.contains { $0.contains("Not timed here yet") })
        #expect(rows.contains { $0.contains("32    1  67.1 MB 67.1 MB   33,554,432") })
        #expect(rows.contains { $0.contains("8    4  16.8 MB 16.8 MB   33,554,432") })
        #expect(rows.contains { $0.contains("written out again 151 MB   33,554,432") })
        #expect(rows.contains { $0.contains("1   32  2.10 MB 2.10 MB   33,554,432") })
    }

    @Test("is a table, whatever the digits of g", arguments: [8, 112])
    func columns(queryHeads: Int) throws {
        var app = app
        try app.session.apply([.queryHeads: queryHeads, .keyValueHeads: queryHeads])
        let rows = app.rows.filter { $0.hasSuffix("?") }
        #expect(rows.count > 2)
        #expect(Set(rows.map(\.count)).count == 1)
    }

    @Test(
        "says what it leaves out of a setting",
        arguments: [("c=512,r=64", "latent"), ("wl=1,w=64", "windows")])
    func leftOut(text: String, what: String) throws {
        var app = app
        #expect(!app.words.contains("left out"))
        try app.session.apply(CacheSetting.changes(text: text))
        for size in Size.supported {
            _ = app.handle(.resize(size))
            let words = app.words
            #expect(words.contains(what) && words.contains("left out"), "\(size)")
        }
        #expect("\(WidgetSpec.times.words(app.scene))".contains("left out"))
    }

    @Test("marks where rows are left out")
    func gaps() {
        var app = app
        _ = app.handle(.resize(.least))
        let rows = app.rows
        #expect(rows.contains { $0.hasPrefix(" … 8    4") })
        #expect(rows.contains { $0.hasPrefix(" … 1   32") })
    }

    @Test("is begun, stopped and begun again by the same key, and keeps what was timed")
    func run() throws {
        var app = app
        try app.session.apply([.queryHeads: 4, .keyValueHeads: 2, .headDimension: 8, .tokens: 64])
        let setting = app.setting
        #expect(app.footer.contains("r time it here"))
        let experiment = TimesExperiment(setting)
        #expect(app.press(.character("r")) == [.run(.measure(experiment))])
        var sweep = try sweep(setting)
        app.receive(experiment.report(of: sweep, isRunning: true))
        #expect(app.footer.contains("r stop"))
        #expect(app.words.contains("Timing one layer's step"))
        #expect(app.press(.character("r")) == [.run(.stop)])

        while sweep.rows.count < 2 { sweep.advance(for: .zero) }
        app.receive(experiment.report(of: sweep, isRunning: false))
        #expect(app.words.contains("Stopped early"))
        while !sweep.isFinished { sweep.advance(for: .zero) }
        app.receive(experiment.report(of: sweep, isRunning: false))
        #expect(app.words.contains("Timed on this machine: one layer, one token, 1 thread"))
        let time = try #require(sweep.rows.first { $0.step.shape.keyValueHeads == 2 })
        #expect(app.rows.contains { $0.contains(time.shared.inMilliseconds) })
        #expect(app.rows.contains { $0.contains(time.repeated.inMilliseconds) })
        #expect(!app.rows.contains { $0.hasSuffix(" ?") })

        // Another n is another step: its times are not known.
        try app.session.apply([.queryHeads: 8])
        #expect(app.words.contains("Not timed here yet"))
    }

    @Test("is refused in one line where it would take too much memory or the wrong numbers")
    func refused() throws {
        var large = app
        try large.session.apply([.tokens: 1_000_000])
        #expect(large.press(.character("r")) == [])
        #expect(large.notice?.contains("more than 537 MB (512 MiB) of memory") == true)
        var narrow = app
        try narrow.session.apply([.bytesPerNumber: 8])
        #expect(narrow.press(.character("r")) == [])
        #expect(narrow.notice?.contains("4- and 2-byte numbers") == true)
        #expect(narrow.words.contains("Only 4- and 2-byte numbers can be timed"))
    }

    @Test("shows the setting's own g and both ends at every height it takes")
    func fewRows() throws {
        let setting = try CacheSetting(text: "l=1,b=1,n=96,g=8,h=128,s=64,bytes=2")
        let scene = Scene(setting: setting, units: .both, isVeiled: false)
        let view = TimesView(width: 78, scene: scene, glyphs: .ascii)
        for height in view.heights {
            var canvas = Canvas(size: Size(width: 78, height: height), glyphs: .ascii)
            view.draw(in: canvas.area, on: &canvas)
            let shown = canvas.rows.dropFirst(2).compactMap {
                $0.prefix(4).drop { $0 == "~" }.split(separator: " ").first.flatMap { Int($0) }
            }
            #expect(shown.first == 96 && shown.last == 1 && shown.contains(8), "\(height)")
            #expect(shown == shown.sorted(by: >))
        }
    }
}

@Suite("Outputs compared under a step")
struct OutputsTests {
    @Test("g at its ends gives MHA's and MQA's numbers, and others in between")
    func ends() {
        let app = ShippedCourse.app("gqa", "both-ends-computed")
        func line(_ app: CourseApp, _ name: String) -> String {
            app.rows.first { $0.contains("  \(name) ") } ?? ""
        }
        #expect(!app.rows.contains { $0.contains("the same numbers") })
        let end = app.pressing(.end)
        #expect(line(end, "to MHA").contains("the same numbers"))
        #expect(!line(end, "to MQA").contains("the same numbers"))
        let home = app.pressing(.home)
        #expect(line(home, "to MQA").contains("the same numbers"))
        #expect(!line(home, "to MHA").contains("the same numbers"))
    }

    @Test("say what they leave out of a setting")
    func leftOut() throws {
        for (text, what) in [("c=512,r=64", "the latent is"), ("wl=1,w=64", "windows are")] {
            var app = ShippedCourse.app("gqa", "both-ends-computed")
            #expect(!app.words.contains("left out"))
            try app.session.apply(CacheSetting.changes(text: text))
            #expect(app.words.contains("\(what) left out"))
            #expect("\(WidgetSpec.outputs.words(app.scene))".contains("\(what) left out"))
        }
    }

    @Test("small differences are written with one digit")
    func smallNumbers() {
        #expect(scientific(6.4e-8) == "6e-8")
        #expect(scientific(9.7e-8) == "1e-7")
        #expect(scientific(0.02) == "2e-2")
        #expect(scientific(0) == "0")
    }
}

@Suite("Latent attention's two forms under a step")
struct FormsTests {
    @Test("are computed when asked, and agree but for rounding")
    func run() throws {
        var app = ShippedCourse.app("mla", "both-on-this-machine")
        #expect(app.words.contains("Not run here yet"))
        #expect(app.words.contains("kept 65.5 kB (64.0 KiB) the same"))
        #expect(app.words.contains("multiplied 1.08 billion 25.2 million"))
        try app.session.apply([
            .queryHeads: 6, .headDimension: 8, .latentRank: 16, .rotaryDimension: 4,
        ])
        let setting = app.setting
        let experiment = try #require(FormsExperiment(setting))
        #expect(app.press(.character("r")) == [.run(.measure(experiment))])
        var comparison = try LatentComparison(try #require(LatentStep(setting)))
        comparison.advance(for: .zero)
        app.receive(experiment.report(of: comparison, isRunning: true))
        #expect(app.footer.contains("r stop"))
        #expect(app.words.contains("Computing both"))
        #expect(app.press(.character("r")) == [.run(.stop)])
        while !comparison.isFinished { comparison.advance(for: .zero) }
        app.receive(experiment.report(of: comparison, isRunning: false))
        #expect(app.words.contains("equal up to rounding"))
        #expect(app.words.contains("Computed on this machine"))
    }

    @Test("are refused where no latent is set, and where they would take minutes")
    func refused() throws {
        var app = ShippedCourse.app("mla", "both-on-this-machine")
        try app.session.apply([.tokens: 100_000])
        #expect(app.press(.character("r")) == [])
        #expect(app.notice?.contains("would take minutes") == true)
        let plain = try CacheSetting(text: "l=1,b=1,n=1,g=1,h=1,s=1,bytes=2")
        #expect(app.footer.contains("r compute both"))
        app.session.take(plain)
        #expect(!app.footer.contains("r compute both"))
        #expect(app.press(.character("r")) == [])
        var canvas = Canvas(size: Size(width: 78, height: 7), glyphs: .ascii)
        let scene = Scene(setting: plain, units: .both, isVeiled: false)
        FormsView(width: 78, scene: scene, glyphs: .ascii).draw(in: canvas.area, on: &canvas)
        #expect(canvas.rows[0] == " This needs the widths of latent attention, c and r.")
    }

    @Test("shows what each form makes for its step: keys and values, or queries of width c")
    func made() throws {
        // DeepSeek-V3's shape: s n (2h + r) numbers, and n c.
        let setting = try CacheSetting(
            text: "l=61,b=1,n=128,g=128,h=128,s=1000,bytes=2,c=512,r=64")
        let scene = Scene(setting: setting, units: .decimal, isVeiled: false)
        for width in [58, 78] {
            let view = FormsView(width: width, scene: scene, glyphs: .ascii)
            let row = view.lines(height: 8).map { $0.map(\.text).joined() }.first {
                $0.contains("made for it")
            }
            #expect(row?.contains("164 MB, 32-bit") == true)
            #expect(row?.contains("262 kB, 32-bit") == true)
        }
        let words = "\(WidgetSpec.forms.words(scene))"
        #expect(words.contains("Absorbed: made for it 262 kB in 32-bit numbers"))
    }
}
