import AttentionEngine
import CourseContent
import Foundation
import TerminalCanvas
import TestSupport
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("Experiments in a hostile file that is followed")
struct HostileExperimentsTests {
    private static var junk: [Any] {
        [
            -1, 0, 1, 9, 0.5, 1e300, -1e300, 1e-300, Int.max, Int.min, UInt64.max, true, NSNull(),
            "NaN", "\u{1B}[31m", [Any](), [String: Any](), [-1, Int.max], [[0.5]],
        ]
    }

    /// Every value in some JSON with one part of it replaced, and lists of other lengths; of a
    /// list's elements the first and the last stand for all.
    private func mutations(of value: Any) -> [Any] {
        var all = Self.junk
        if let object = value as? [String: Any] {
            for (key, part) in object {
                var without = object
                without[key] = nil
                all.append(without)
                for mutation in mutations(of: part) {
                    var copy = object
                    copy[key] = mutation
                    all.append(copy)
                }
            }
        } else if let list = value as? [Any], let last = list.indices.last {
            all += [Array(list.dropLast()), list + list, Array(list.reversed())]
            for index in Set([0, last]) {
                for mutation in mutations(of: list[index]) {
                    var copy = list
                    copy[index] = mutation
                    all.append(copy)
                }
            }
        }
        return all
    }

    @Test(
        "end nothing, whatever they hold, and show no control character",
        arguments: Teacher.allCases)
    func anyMutation(teacher: Teacher) throws {
        let app = teacher.app()
        let data = try JSONEncoder().encode(app.shared)
        let whole = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let measured = try #require(whole["measured"])
        var random = SeededGenerator(seed: 1)
        let some = SlowTests.extent(10, of: 30)
        for mutation in mutations(of: measured).shuffled(using: &random).prefix(some) {
            var file = whole
            file["measured"] = mutation
            let data = try JSONSerialization.data(withJSONObject: file)
            let place = try JSONDecoder().decode(SharedScreen.self, from: data)
            var other = CourseApp(course: ShippedCourse.course, size: .least)
            other.follow(place)
            let text = other.rows.joined()
            #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 })
            #expect(other.step.id == app.step.id)
            // Also once they are looked at by oneself.
            other.press(.character("t"), .left, .character("r"), .character("p"))
            #expect(other.rows.count == Size.least.height)
            for widget in other.step.widgets { _ = widget.words(other.scene) }
        }
    }

    @Test(
        "are left out where they cannot be, as if nothing had been run",
        arguments: [
            (Teacher.raceRunning, "\"share\":", "\"share\":-", "Trained beforehand"),
            (.raceRunning, "\"steps\":1000000", "\"steps\":1000001", "Trained beforehand"),
            (.raceRunning, "\"seconds_left\":", "\"seconds_left\":-1", "Trained beforehand"),
            (.raceRunning, "\"curve_steps\":[25", "\"curve_steps\":[-25", "Trained beforehand"),
            (.raceRunning, "\"widened\":false", "\"widened\":true", "Trained beforehand"),
            (.raceOver, "\"perspectives\":2", "\"perspectives\":12", "Trained beforehand"),
            (.raceOver, Training.day, "2026-11-\\u001b", "Trained beforehand"),
            (.layerTrained, "\"steps\":25", "\"steps\":26", "MHA before training"),
            (.layerTrained, "\"variant\":\"mha\"", "\"variant\":\"mla8\"", "MHA before training"),
            (.layerTrained, "\"followed\":[", "\"followed\":[1,", "MHA before training"),
            (.layerTrained, "\"targets\":[", "\"targets\":[8,", "MHA before training"),
            (.layerTrained, "\"attention\":[[", "\"attention\":[[],[", "MHA before training"),
            (.layerInTraining, "\"accuracy\":0", "\"accuracy\":7", "MHA before training"),
            (.timesOver, "\"g\":32", "\"g\":31", "Not timed there yet"),
            (.timesOver, "\"g\":2,", "\"g\":1,", "Not timed there yet"),
            (.timesOver, "\"threads\":3", "\"threads\":0", "Not timed there yet"),
            (.timesOver, "\"shared\":0.", "\"shared\":-0.", "Not timed there yet"),
            (.timesOver, "\"share\":1", "\"share\":1.5", "Not timed there yet"),
            (.formsOver, "\"heads\":128", "\"heads\":129", "Not run there yet"),
            (.formsOver, "\"bytesHeld\":", "\"bytesHeld\":-", "Not run there yet"),
            (.formsOver, "\"expanded\":", "\"expanded\":1e9", "Not run there yet"),
            (.appended, "\"tokens\":3", "\"tokens\":7", "held 0 bytes"),
            (.appended, "\"tokens\":3", "\"tokens\":-3", "held 0 bytes"),
            (.appended, "\"bytesHeld\":", "\"bytesHeld\":99999", "held 0 bytes"),
            (.lossesOver, "\"bytesPerToken\":512", "\"bytesPerToken\":-512", "pip download"),
            (.lossesOver, "\"form\":\"built\"", "\"form\":\"bits 3\"", "pip download"),
            (.lossesOver, "\"keyValueHeads\":4", "\"keyValueHeads\":3", "pip download"),
            (.diversityOver, "\"apart\":0.752", "\"apart\":75.2", "pip download"),
            (.placed, "\"numbers\":68", "\"numbers\":99999999999", "Guess: 128 numbers"),
        ])
    func impossible(teacher: Teacher, old: String, new: String, words: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(teacher.app().shared), as: UTF8.self)
        func shown(_ text: String) throws -> String {
            var other = CourseApp(course: ShippedCourse.course, size: .usual)
            other.follow(try JSONDecoder().decode(SharedScreen.self, from: Data(text.utf8)))
            return other.words
        }
        #expect(!(try shown(text).contains(words)))
        let mutated = text.replacingOccurrences(of: old, with: new)
        #expect(mutated != text)
        #expect(try shown(mutated).contains(words))
    }

    @Test("at settings that no machine holds end nothing")
    func settings() throws {
        for teacher in Teacher.allCases {
            for setting in [
                "l=1,b=1,n=1,g=1,h=1,s=1,bytes=2", "l=4,b=1,n=7,g=7,h=1,s=1,bytes=0.5",
                "l=1,b=1,n=1,g=1,h=1,s=144115188075855872,bytes=4",
                "l=1,b=1,n=32,g=8,h=1,s=4503599627370496,bytes=2",
                "l=1,b=1,n=65536,g=1,h=1,s=1000000000,bytes=2,c=1,r=100000000",
            ] {
                let place = try teacher.app().shared.rewritten(["setting": setting])
                var other = CourseApp(course: ShippedCourse.course, size: .usual)
                other.follow(place)
                other.press(.character("r"), .character("t"))
                #expect(other.rows.count == 24, "\(teacher) \(setting)")
            }
        }
    }
}
