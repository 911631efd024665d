import AttentionEngine
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("Exploring")
struct ExploreTests {
    @Test("and coming back leaves the lesson as it was", arguments: [Key.character("e"), .escape])
    func restoresEverything(wayBack: Key) {
        for place in ShippedCourse.places {
            var app = ShippedCourse.app(place, size: .least)
            app.press(.right, .tab, .character("j"))
            app.session.notice = nil
            // An open question keeps the figures of exploring to itself.
            guard !app.session.isVeiled else { continue }
            let before = app.canvas()
            app.press(.character("e"), .right, .right, .tab, .left, .character("j"), wayBack)
            app.session.notice = nil
            #expect(app.canvas().shows(before), "\(place)")
            #expect(!app.isExploring)
        }
    }

    @Test("and coming back says that values changed there are left, where some were")
    func saysLeft() {
        let app = ShippedCourse.app("gqa", "from-end-to-end")
        #expect(app.pressing("e", "e").notice == nil)
        #expect(app.pressing("e", .right, "e").notice?.hasPrefix("Back to the lesson") == true)
    }

    @Test("starts with the lesson's setting, model and slider, and has all sliders")
    func startsWithTheLessons() {
        var app = ShippedCourse.app("gqa", "from-end-to-end", size: .wide)
        app.press(.right, .character("e"))
        let lesson = ShippedCourse.app("gqa", "from-end-to-end").pressing(.right)
        #expect(app.setting == lesson.setting)
        #expect(app.focused?.parameter == lesson.focused?.parameter)
        #expect(
            Set(app.step.sliders.map(\.parameter)).isSuperset(of: [
                .layers, .batch, .queryHeads, .keyValueHeads, .headDimension, .tokens,
                .bytesPerNumber,
            ]))
        #expect(app.rows[0].contains("Explore"))
        #expect(app.footer.contains("back to the lesson"))
    }

    @Test("moves every slider it shows, with what else a model has in play")
    func everySliderMoves() throws {
        var app = ShippedCourse.app("gqa", "from-end-to-end", size: .wide)
        try app.session.apply(
            CacheSetting.changes(
                text: "l=26,b=2,n=12,g=6,h=64,s=2048,bytes=2,c=256,r=32,wl=20,w=512"))
        app.press(.character("e"))
        let start = app.setting
        var moved: Set<Parameter> = []
        for _ in app.step.sliders {
            let parameter = try #require(app.focused?.parameter)
            app.press(.left)
            #expect(app.setting[parameter] != start[parameter], "\(parameter)")
            moved.insert(parameter)
            app.press(.tab)
        }
        #expect(moved == Set(Parameter.allCases))
    }
}

@Suite("A pinned setting")
struct PinTests {
    @Test("gets a bar of its own until it is let go")
    func pinned() {
        var app = ShippedCourse.app("gqa", "from-end-to-end")
        #expect(!app.rows.contains { $0.contains(" pin ") })
        app.press(.character("a"))
        #expect(app.notice == "Pinned: \(app.setting.text)")
        let pinned = app.setting
        app.press(.left)
        #expect(app.session.pinned == pinned)
        #expect(app.rows.contains { $0.contains(" pin ") })
        app.press(.right, .character("a"))
        #expect(app.session.pinned == nil)
        #expect(app.notice == "No setting is pinned.")
    }

    @Test("stays through steps and lessons")
    func stays() {
        var app = ShippedCourse.app("gqa", "from-end-to-end")
        app.press(.character("a"))
        let pinned = app.setting
        app.press(.character("]"), .character("["), .character("e"))
        #expect(app.session.pinned == pinned)
    }
}

@Suite("Units")
struct UnitsTests {
    @Test("turn from both to decimal, binary, every byte and back, everywhere on the screen")
    func turn() {
        // GPT-3 with eight K/V heads: 402,653,184 bytes.
        var app = QuestionLesson.app(
            .number,
            progress: CourseProgress(answers: ["questions/size": AnswerRecord(isRevealed: true)]))
        let written = ["403 MB (384 MiB)", "403 MB", "384 MiB", "402,653,184 bytes"]
        for (index, text) in (written + [written[0]]).enumerated() {
            if index > 0 { app.press(.character("u")) }
            #expect(app.words.contains("It takes \(text)."))
            #expect(app.words.contains("= \(text), 1/12 of MHA"))
        }
        #expect(app.session.units == .both)
    }
}
