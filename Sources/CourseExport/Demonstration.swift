import AttentionEngine
import CourseContent
import CourseScreens
import TerminalCanvas

/// Keys that show a lesson from its first step to its last by themselves, each with the moments
/// to wait before it: what a recording presses.
///
/// Everything on the way is a function of the lesson and the size. What takes a machine's own time
/// (training, timing) is not run, and sliders and answers are put back where they were.
package struct Demonstration: Sendable {
    /// A key that is pressed, and the wait before it.
    package struct Press: Hashable, Sendable {
        /// Seconds before it.
        package let pause: Double
        /// What is pressed.
        package let key: Key
    }

    /// A step's part: where it stands, and what is pressed there once it is on the screen.
    package struct Part: Sendable {
        /// The step as it opens.
        package let opening: CourseApp
        /// The keys in the order in which they are pressed.
        package private(set) var presses: [Press] = []
        /// Where its keys have led to.
        private var app: CourseApp
        /// Seconds to add to the next pause.
        private var waiting = 0.0
    }

    /// The lesson's steps in order, each with its keys.
    package let parts: [Part]

    /// A lesson's, counted from 0.
    package init(course: Course, lesson: Int, size: Size, glyphs: Glyphs) {
        parts = course.openings(ofLesson: lesson, size: size, glyphs: glyphs).map(Part.init)
    }
}

extension Demonstration.Part {
    private static let glance = 2.0
    private static let moment = 0.7
    private static let typing = 0.15
    /// Seconds in which a word is read, and what nobody wants to wait beyond.
    private static let secondsAWord = 0.15
    private static let longestReading = 16.0

    fileprivate init(_ app: CourseApp) {
        self.init(opening: app, app: app)
        read()
        while self.app.hasMoreBelow {
            press(.pageDown, after: 0)
            read()
        }
        answer()
        moveSliders()
        fillCache()
    }

    private mutating func press(_ key: Key, after pause: Double = moment) {
        presses.append(.init(pause: pause + waiting, key: key))
        waiting = 0
        _ = app.handle(.key(key))
    }

    /// Seconds that the last screen stays: what was to be read on it has no key after it.
    package var rest: Double { max(waiting, Self.glance) }

    /// Waits as long as the prose in view takes to read.
    private mutating func read() {
        let layout = app.stepLayout
        let rows = layout.flowHeight == nil ? layout.prose.height : app.body.height
        let lines = layout.lines.dropFirst(app.scroll).prefix(rows)
        let words = lines.joined().reduce(0) { $0 + $1.text.split(separator: " ").count }
        let seconds = (Double(words) * Self.secondsAWord * 10).rounded() / 10
        waiting += min(max(seconds, Self.glance), Self.longestReading)
    }

    /// Opens the question, looks at it and gives the answer to a number.
    private mutating func answer() {
        guard app.session.isQuestionOpen, let question = app.session.step.question else { return }
        var typed = ""
        var keys: [Key] = [.enter]
        switch question.kind {
        case .number:
            guard let right = app.session.answer else { return }
            // A size is typed with one unit.
            let size = ByteCount(Int(exactly: right.amount) ?? 0).decimal
            typed = right.kind == .bytes ? size : right.text
        case .choice(let choices):
            let right = choices.firstIndex { $0.isRight } ?? 0
            keys = Array(repeating: .down, count: right) + [.enter]
        case .find(_, _, let mistakes):
            keys = Self.keys(marking: mistakes, from: question.namesRows ? 1 : 0)
        case .free: keys = [.escape]
        }
        press(.enter)
        waiting = Self.glance
        for character in typed { press(.character(character), after: Self.typing) }
        for key in keys { press(key) }
        waiting = Self.glance
    }

    /// The way over a table's cells, from the first row's of a column, to each mistake, which is
    /// marked.
    private static func keys(marking mistakes: [Question.Mistake], from first: Int) -> [Key] {
        var (row, column) = (0, first)
        return mistakes.flatMap { mistake in
            defer { (row, column) = (mistake.row, mistake.column) }
            let (down, right) = (mistake.row - row, mistake.column - column)
            return Array(repeating: down < 0 ? Key.up : .down, count: abs(down))
                + Array(repeating: right < 0 ? Key.left : .right, count: abs(right)) + [.enter]
        }
    }

    /// Moves each slider a stop to one side and back. A value between stops is not met again by
    /// moving: the step's own values bring it back, where they open no question.
    private mutating func moveSliders() {
        let opening = app.session.subject
        let count = app.session.step.sliders.count
        for index in 0..<count {
            if index > 0 { press(.tab) }
            for (there, back) in [(Key.left, Key.right), (.right, .left)] {
                var moved = app
                _ = moved.handle(.key(there))
                if moved.session.subject == app.session.subject { continue }
                press(there)
                waiting = Self.glance / 2
                press(back)
                break
            }
        }
        for _ in 0..<max(0, count - 1) { press(.backTab, after: Self.typing) }
        let now = app.session.subject
        if (now.setting, now.dials) != (opening.setting, opening.dials),
            app.session.step.question == nil
        {
            press("0")
        }
    }

    /// Appends the words to a cache that is filled by hand.
    private mutating func fillCache() {
        guard let tokens = app.session.step.tokens(at: app.session.setting) else { return }
        for _ in 0..<tokens.words { press("r") }
    }
}
