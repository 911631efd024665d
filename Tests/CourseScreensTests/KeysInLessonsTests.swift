import CourseContent
import Lessons
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("A lesson that tells to press a key")
struct KeysInLessonsTests {
    /// Everything that the steps of the course say, with the step.
    private static var texts: [(place: ShippedCourse.Place, text: String, code: [String])] {
        ShippedCourse.places.map { place in
            let app = ShippedCourse.app(place)
            let inlines = app.step.prose.flatMap(\.inlines)
            return (
                place, inlines.map(\.plain).joined(),
                inlines.flatMap(\.leaves).compactMap(\.codeText)
            )
        }
    }

    @Test("names one that works on its step")
    func works() throws {
        var count = 0
        for (place, _, code) in Self.texts {
            for text in code {
                guard let keys = try? KeyNotation.keys(from: text), keys.count == 1,
                    let key = keys.first
                else { continue }
                count += 1
                var app = ShippedCourse.app(place)
                if app.session.isQuestionOpen { app.session.revealUnkept() }
                // "Press `e`, then `g`."
                let isBehindE =
                    code.contains("e") && app.pressing("e").action(for: key) != nil
                #expect(app.action(for: key) != nil || isBehindE, "\(place): \(text)")
            }
        }
        #expect(count > 10)
    }

    @Test("does not tell to choose or press a letter that is a slider's as if that moved it")
    func letters() {
        for (place, text, _) in Self.texts {
            let sliders = ShippedCourse.app(place).step.sliders.map(\.moved.letter)
            let words = text.split { !$0.isLetter && $0 != "=" }.map(String.init)
            for (word, next) in zip(words, words.dropFirst())
            where ["choose", "press", "type"].contains(word.lowercased()) {
                #expect(!sliders.contains(next), "\(place): \(word) \(next)")
            }
        }
    }

    @Test("of lesson 1 does what it says: =, n=12, Enter")
    func typeAValue() {
        let app = ShippedCourse.app("start", "type-a-value")
            .pressing("=", "n", "=", "1", "2", .enter)
        #expect(app.setting.queryHeads == 12)
    }
}

extension Inline {
    /// The text of code in a line of prose.
    fileprivate var codeText: String? { if case .code(let text, _) = self { text } else { nil } }
}
