import CourseContent
import Foundation
import Testing

@testable import CourseSession

@Suite("A file of progress that a newer program wrote")
struct NewerFileTests {
    private static let text = """
        {
          "version": 2, "lesson": "gqa", "step": "half-of-g", "setting": "", "isExploring": false,
          "visited": ["gqa/half-of-g"], "streak": [1, 2.5, null, {"longest": 18446744073709551615}],
          "answers": {
            "gqa/half-of-g": {
              "given": "1 B", "tries": 1, "isRight": false, "isRevealed": false, "found": [],
              "confidence": 0.75
            }
          },
          "notes": {
            "n": {
              "text": "mine", "lesson": "gqa", "step": "half-of-g", "setting": "",
              "isExploring": false, "tags": ["a", {"b": true}]
            }
          },
          "settings": {"gqa/half-of-g": {"setting": "g=4", "own": "g=8", "more": {"a": 1}}},
          "reviews": {
            "gqa/half-of-g": {"times": 1, "isRight": true, "given": "2 B", "more": "text"}
          },
          "measurements": {
            "y": {
              "what": "y", "rows": [{"name": "g = 8", "result": "1 ms"}], "more": 1,
              "found": {
                "probe": {"a": []},
                "proposal": {"isMoved": false, "place": {"numbers": 3, "percent": 4, "why": "c"}}
              }
            }
          },
          "proposal": {"numbers": 32, "percent": 50, "why": "a guess"}
        }
        """

    private func progress(_ text: String = Self.text) throws -> CourseProgress {
        try JSONDecoder().decode(CourseProgress.self, from: Data(text.utf8))
    }

    private func value(_ text: String) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    }

    private func written(_ progress: CourseProgress) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(progress))
    }

    @Test("is written back whole, with what has changed since")
    func whole() throws {
        var progress = try progress()
        progress.answers[QuestionID("gqa/half-of-g")!]?.given = "3 B"
        #expect(try written(progress) == value(Self.text.replacing("1 B", with: "3 B")))
    }

    @Test("loses what was unknown of an entry together with the entry")
    func takenAway() throws {
        var progress = try progress()
        let (notes, proposal) = (progress.notes, progress.proposal)
        (progress.notes, progress.proposal) = ([:], nil)
        let without = try written(progress)
        #expect(!without.hasObject(at: ["notes"]) && !without.hasObject(at: ["proposal"]))
        // Nor does another entry of the same name take it over.
        progress = progress.tidied
        (progress.notes, progress.proposal) = (notes, proposal)
        let expected = Self.text.replacing(#", "tags": ["a", {"b": true}]"#, with: "")
            .replacing(#", "why": "a guess""#, with: "")
        #expect(try written(progress) == value(expected))
    }

    @Test("keeps what is unknown where two programs' files become one")
    func merged() throws {
        let review = #"{"times": 1, "isRight": true, "given": "1", "x": 1}"#
        let own = try progress(#"{"version": 3, "reviews": {"l/q": \#(review)}}"#)
        var both = try own.merged(since: CourseProgress(), with: progress())
        both.position = try progress().position
        let expected = Self.text.replacing(#""version": 2"#, with: #""version": 3"#)
            .replacing(#""reviews": {"#, with: #""reviews": {"l/q": \#(review),"#)
        #expect(try written(both) == value(expected))
    }
}
