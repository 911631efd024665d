import CourseContent
import TestSupport
import Testing

@testable import CourseScreens
@testable import CourseSession
@testable import TerminalCanvas

@Suite("Every step of every shipped lesson")
struct StepDrawingTests {
    /// What a learner may have done with a step.
    enum Stage: CaseIterable { case opened, answering, answered }

    /// The app at a stage; nil where the step has no question and so no such stage.
    static func app(
        _ place: ShippedCourse.Place, _ stage: Stage, size: Size, glyphs: Glyphs
    ) -> CourseApp? {
        var app = ShippedCourse.app(place, size: size, glyphs: glyphs)
        if stage == .opened { return app }
        guard let key = app.session.questionID else { return nil }
        if stage == .answering {
            app.press(.enter)
            return app
        }
        app.session.kept.answers[key] = AnswerRecord(given: "12", tries: 1, isRevealed: true)
        return CourseApp(
            course: app.course, size: size, glyphs: glyphs, progress: app.progress,
            lesson: place.lesson, step: place.step)
    }

    @Test("is drawn whole and straight at every size", arguments: ShippedCourse.places)
    func drawnWhole(place: ShippedCourse.Place) throws {
        for size in Size.supported {
            for glyphs in Glyphs.both {
                for stage in Stage.allCases {
                    guard let app = Self.app(place, stage, size: size, glyphs: glyphs) else {
                        continue
                    }
                    let context = Comment(rawValue: "\(size), ASCII \(glyphs.isASCII), \(stage)")
                    let canvas = app.canvas()
                    #expect(canvas.size == size, context)
                    #expect(canvas.shows(app.canvas()), context)
                    #expect(canvas.crookedRows == [], context)
                    if glyphs.isASCII { #expect(canvas.charactersBeyondASCII == [], context) }
                    let footer = try #require(canvas.rows.last)
                    #expect(footer.contains("q quit") || footer.contains("Esc"), context)
                }
            }
        }
    }

    @Test("names the model beside the lesson's progress from 80 columns on")
    func modelAndProgress() {
        var without: [String] = []
        for place in ShippedCourse.places {
            let app = ShippedCourse.app(place, size: .usual)
            guard let title = app.rows.first, let model = app.model, title.contains(model.name)
            else { continue }
            if !title.contains("▰") { without.append(title) }
        }
        #expect(without == [])
    }

    @Test("shows its lesson's title and its number uncut", arguments: ShippedCourse.places)
    func titleUncut(place: ShippedCourse.Place) throws {
        let lesson = ShippedCourse.course.lessons[place.lesson]
        for size in Size.supported {
            for glyphs in Glyphs.both {
                let app = ShippedCourse.app(place, size: size, glyphs: glyphs)
                let title = try #require(app.rows.first)
                #expect(title.contains("\(place.lesson + 1) \(glyphs.spelled(lesson.title)) "))
                #expect(title.contains(" \(place.step + 1) of \(lesson.steps.count)"))
            }
        }
    }

    @Test("can be read to its end by scrolling", arguments: ShippedCourse.places)
    func readToTheEnd(place: ShippedCourse.Place) {
        for size in Size.supported {
            var app = ShippedCourse.app(place, size: size)
            var seen = app.rows
            var presses = 0
            while app.hasMoreBelow, presses < 200 {
                app.press(.character("j"))
                seen += app.rows
                presses += 1
            }
            #expect(!app.hasMoreBelow)
            let step = ShippedCourse.course.lessons[place.lesson].steps[place.step]
            let words = seen.joined(separator: " ")
            for widget in step.widgets {
                if case .sliders(let spec) = widget, let last = spec.sliders.last {
                    #expect(words.contains(last.moved.name), "\(size)")
                }
            }
        }
    }
}

@Suite("The whole course")
struct WholeCourseTests {
    @Test("is walked from the first to the last step by Space and Esc", arguments: Size.supported)
    func walkedBySpace(size: Size) {
        var app = CourseApp(course: ShippedCourse.course, size: size)
        var visited: [ShippedCourse.Place] = []
        for _ in 0..<1000 where !app.session.isLastStep || app.hasMoreBelow {
            let place = ShippedCourse.Place(lesson: app.lessonIndex, step: app.stepIndex)
            if visited.last != place { visited.append(place) }
            app.press(.space)
            if app.answering != nil { app.press(.escape) }
        }
        let last = ShippedCourse.Place(lesson: app.lessonIndex, step: app.stepIndex)
        if visited.last != last { visited.append(last) }
        #expect(visited == ShippedCourse.places)
        #expect(app.progress.visited.count == ShippedCourse.places.count)
    }

    @Test("is walked back to its first step by Backspace")
    func walkedBack() throws {
        let last = try #require(ShippedCourse.places.last)
        var app = ShippedCourse.app(last)
        for _ in 0..<1000 where !app.session.isFirstStep { app.press(.backspace) }
        #expect(app.lessonIndex == 0)
        #expect(app.stepIndex == 0)
    }
}

@Suite("A block that cannot be understood")
struct MisunderstoodBlockTests {
    @Test("is shown as an error in its place, and the rest goes on")
    func shownInPlace() {
        let lesson = MarkedLesson(
            step: "```{weather}\n```\n\nMore words.\n\n```{memory}\n```")
        let app = CourseApp(
            course: Course(files: [("1-test.md", lesson.text)]), size: .usual, lesson: 0)
        #expect(app.words.contains("✗ 1-test.md:11: no block '{weather}'"))
        #expect(app.words.contains("More words."))
        #expect(app.words.contains("cache = l 96"))
    }
}
