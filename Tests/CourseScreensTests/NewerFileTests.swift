import CourseContent
import Foundation
import Synchronization
import TestSupport
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
              "what": "y", "more": 1,
              "rows": [
                {"name": "g = 8", "result": "1 ms", "runs": [7]},
                {"name": "g = 8", "result": "1 ms", "runs": [8]}
              ],
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
        #expect(!without.containers.contains([.member("notes")]))
        #expect(!without.containers.contains([.member("proposal")]))
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

    @Test("loses what was unknown of a list's item where another stands in its place")
    func changedItem() throws {
        var progress = try progress()
        progress.measurements["y"]?.rows[0].result = "2 ms"
        // Of two equal items it is the second that is gone now.
        let expected = Self.text.replacing(#""1 ms", "runs": [8]"#, with: #""1 ms", "runs": [7]"#)
            .replacing(#""1 ms", "runs": [7]}"#, with: #""2 ms"}"#, maxReplacements: 1)
        #expect(try written(progress) == value(expected))
    }

    private static func lists(within depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    @Test("has no value that is deeper than any program writes")
    func deep() throws {
        #expect(try value(Self.lists(within: 60)) != .null)
        let text = [String](repeating: Self.lists(within: 400), count: 500).joined(separator: ",")
        #expect(throws: DecodingError.self) { try value("[\(text)]") }
    }

    @Test("is tidied in time that grows with its length, however much of it is unknown")
    func linear() {
        let isLinear = Growth.isLinear(from: 500) { count -> CourseProgress? in
            let rows = (0..<count).map { #"{"name": "\#($0)", "result": "1", "runs": [1]}"# }
            return try? progress(
                #"{"measurements": {"y": {"what": "y", "rows": [\#(rows.joined(separator: ","))]}}}"#
            )
        } _: { progress in
            #expect(progress?.unknown.isEmpty == false && progress?.tidied == progress)
        }
        #expect(isLinear)
    }

    @Test(
        "says that not all was understood where a part of it cannot be carried along",
        arguments: [
            (#""version": 2"#, #""version": "two""#),
            (#""visited": ["gqa/half-of-g"]"#, #""visited": ["gqa/half-of-g", {"at": "gqa/x"}]"#),
            (#""visited": ["gqa/half-of-g"]"#, #""visited": ["gqa/half-of-g", "nowhere"]"#),
            (#""isExploring": false, "tags""#, #""isExploring": "gpus", "tags""#),
            (#""tries": 1"#, #""tries": "once""#),
            (#""streak": [1,"#, #""streak": [\#(lists(within: 70)),"#),
        ])
    func notWhole(old: String, new: String) throws {
        let left = Mutex(0)
        let decoder = JSONDecoder()
        decoder.userInfo[.unreadableEntry] =
            { left.withLock { $0 += 1 } } as @Sendable () -> Void
        _ = try decoder.decode(CourseProgress.self, from: Data(Self.text.utf8))
        #expect(left.withLock { $0 } == 0)
        #expect(Self.text.contains(old))
        _ = try decoder.decode(
            CourseProgress.self, from: Data(Self.text.replacing(old, with: new).utf8))
        #expect(left.withLock { $0 } == 1)
    }
}

@Suite("Progress of two programs that becomes one")
struct MergedProgressTests {
    private static let ids = ["gqa/one", "gqa/two", "mha/one"].map { StepID($0)! }

    private static var begun: CourseProgress {
        var progress = CourseProgress(
            lesson: "gqa", step: "two",
            settings: ["gqa/one": KeptSetting(setting: "g=4", own: "g=8")],
            answers: [
                "gqa/q": AnswerRecord(given: String(repeating: "long ", count: 200), tries: 1),
                "mha/q": AnswerRecord(given: "1", tries: 1),
            ],
            reviews: ["gqa/q": ReviewRecord(times: 1, isRight: true, given: "2")],
            notes: Dictionary(
                uniqueKeysWithValues: ["gqa", "mha"].map {
                    let note = Note(text: "text", lesson: $0, step: "one", setting: "")
                    return (note.key, note)
                }))
        progress.visited = Set(ids)
        return progress
    }

    @Test("keeps the whole of an answer that a session has clipped and not changed")
    func clipped() {
        let base = Self.begun
        #expect(base.clipped != base)
        #expect(base.clipped.merged(since: base, with: base) == base)
    }

    @Test("has nothing of an answer that was taken away, also of one too long to be kept whole")
    func takenAway() {
        let base = Self.begun
        var own = base.clipped
        own.answers[QuestionID("gqa/q")!] = nil
        #expect(
            own.merged(since: base, with: base).answers.keys.map(\.description) == ["mha/q"])
    }

    @Test("has nothing of what was forgotten meanwhile, but what is new")
    func reset() {
        let base = Self.begun
        var own = base.clipped
        own.visited.insert(StepID("mla/new")!)
        own.answers[QuestionID("mla/q")!] = AnswerRecord(given: "3", tries: 1)
        let merged = own.merged(since: base, with: CourseProgress())
        #expect(merged.visited == [StepID("mla/new")!])
        #expect(merged.answers.keys.map(\.description) == ["mla/q"])
        #expect(merged.settings.isEmpty && merged.reviews.isEmpty && merged.notes.isEmpty)
    }

    @Test("a lesson that is forgotten takes nothing of another with it")
    func lesson() {
        let rest = Self.begun.without(lesson: "gqa")
        #expect(rest.visited == [Self.ids[2]])
        #expect(rest.answers.keys.map(\.description) == ["mha/q"])
        #expect(rest.settings.isEmpty && rest.reviews.isEmpty)
        #expect(rest.notes.values.map(\.position.step.lesson) == ["mha"])
        #expect(rest.position.step == StepID(lesson: "gqa", part: ""))
        #expect(Self.begun.without(lesson: "nope") == Self.begun)
    }
}
