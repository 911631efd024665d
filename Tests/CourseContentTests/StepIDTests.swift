import Foundation
import Testing

@testable import CourseContent

@Suite("The name of a step or a question")
struct StepIDTests {
    @Test(
        "is read again as it was written, whatever the part's own id holds",
        arguments: ["the-formula", "a/b", "", "/", "Schlüssel"])
    func readAgain(part: String) {
        let step = StepID(lesson: "gqa", part: part)
        #expect(step.description == "gqa/\(part)")
        #expect(StepID(step.description) == step)
        let question = QuestionID(lesson: "gqa", part: part)
        #expect(question.description == "gqa/\(part)")
        #expect(QuestionID(question.description) == question)
    }

    @Test("is none without a lesson and a slash", arguments: ["", "gqa", "/", "/the-formula"])
    func none(text: String) {
        #expect(StepID(text) == nil)
        #expect(QuestionID(text) == nil)
    }

    @Test("is stored as its text, as a value and as the key of an object")
    func stored() throws {
        let answers = [QuestionID(lesson: "gqa", part: "size"): 3]
        let text = String(decoding: try JSONEncoder().encode(answers), as: UTF8.self)
        #expect(text == #"{"gqa\/size":3}"#)
        #expect(
            try JSONDecoder().decode([QuestionID: Int].self, from: Data(text.utf8)) == answers)
        let seen: Set = [StepID(lesson: "gqa", part: "the-formula")]
        let list = String(decoding: try JSONEncoder().encode(seen), as: UTF8.self)
        #expect(list == #"["gqa\/the-formula"]"#)
        #expect(try JSONDecoder().decode(Set<StepID>.self, from: Data(list.utf8)) == seen)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([StepID].self, from: Data(#"["gqa"]"#.utf8))
        }
    }

    @Test("stands in the order of lessons' ids, then of its own")
    func order() {
        let ids = [("a", "z"), ("a-b", "a"), ("b", "a"), ("b", "b")].map(StepID.init(lesson:part:))
        #expect(ids.reversed().sorted() == ids)
    }

    private static let course = Course(files: [
        ("1-first.md", lesson("Alpha", "Beta", question: "q")),
        ("2-second.md", lesson("Alpha", "Gamma", question: "q")),
    ])

    /// A lesson of steps, the last of which asks.
    private static func lesson(_ titles: String..., question: String) -> String {
        "---\ntitle: A lesson\nsummary: For a test.\n---\n"
            + titles.map { "\n## \($0)\n\nWords.\n" }.joined()
            + "\n```{ask}\nid: \(question)\nquestion: Why?\nfree: true\n```\n"
    }

    @Test("leads back to the step that it was made of")
    func found() throws {
        for (index, lesson) in Self.course.lessons.enumerated() {
            for (stepIndex, step) in lesson.steps.enumerated() {
                let place = try #require(Self.course.find(lesson.id(of: step)))
                #expect(place == (index, stepIndex))
                guard let question = step.question else { continue }
                let asked = try #require(Self.course.find(lesson.id(of: question)))
                #expect(asked == (index, stepIndex))
            }
        }
    }

    @Test("that the course does not have leads nowhere")
    func notFound() {
        for id in [("first", "gamma"), ("third", "alpha"), ("fir", "alpha"), ("First", "alpha")] {
            #expect(Self.course.find(StepID(lesson: id.0, part: id.1)) == nil, "\(id)")
        }
        #expect(Self.course.find(QuestionID(lesson: "first", part: "alpha")) == nil)
    }
}
