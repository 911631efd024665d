import Foundation
import Testing

@testable import AttentionEngine

@Suite("Recall: task and random numbers")
struct RecallTaskTests {
    /// 640 questions of a seed.
    static let questions: [RecallQuestion] = {
        var random = RecallRandom(seed: 7, stream: .training)
        var batch = RecallBatch()
        return (0..<10).flatMap { _ in
            batch.draw(from: &random)
            return (0..<64).map { [batch] in batch[$0] }
        }
    }()

    @Test("No two items of a context share a value of an attribute")
    func values() {
        for question in Self.questions {
            for attribute in 0..<8 {
                let values = Set(question.values.map { $0[attribute] })
                #expect(values.count == 8 && values.isSubset(of: 0..<16))
            }
        }
    }

    @Test("Values, targets and answers are spread evenly")
    func spread() {
        var values = Array(repeating: 0, count: 16)
        var answers = values
        var targets = Array(repeating: 0, count: 8)
        for question in Self.questions {
            for item in question.values { for value in item { values[value] += 1 } }
            for target in question.targets { targets[target] += 1 }
            for attribute in 0..<8 { answers[question.answer(attribute)] += 1 }
        }
        // Five standard deviations of a count.
        #expect(values.allSatisfy { abs($0 - 2560) < 250 })
        #expect(targets.allSatisfy { abs($0 - 640) < 120 })
        #expect(answers.allSatisfy { abs($0 - 320) < 90 })
    }

    @Test("A part of a question names a value of its item and asks for the next attribute's")
    func parts() {
        let question = RecallQuestion(
            values: (0..<8).map { item in (0..<8).map { (item + 3 * $0) % 16 } },
            targets: [5, 0, 7, 1, 1, 2, 3, 4])
        #expect((0..<8).map(question.asked) == [5, 3, 13, 10, 13, 1, 5, 9])
        #expect((0..<8).map(question.answer) == [8, 6, 0, 13, 0, 4, 8, 4])
        let batch = RecallBatch([question])
        #expect(batch[0] == question)
        #expect(batch.asked.prefix(8) == [5, 19, 45, 58, 77, 81, 101, 121])
        #expect(batch.answers.prefix(8) == [8, 6, 0, 13, 0, 4, 8, 4])
    }

    @Test("Unseen questions can be taken one by one, and are others than those of training")
    func unseen() {
        let unseen = (60..<70).map { TrainedRecall.question($0, seed: 7) }
        #expect(Set(unseen).count == 10)
        #expect(Set(unseen).isDisjoint(with: Self.questions))
        #expect(unseen == (60..<70).map { TrainedRecall.question($0, seed: 7) })
        #expect(unseen[0] != TrainedRecall.question(60, seed: 8))
    }

    @Test("Normal numbers have mean 0, variance 1 and the tails of a normal distribution")
    func normal() {
        var random = RecallRandom(seed: 0, stream: .weights)
        let numbers = (0..<40_000).map { _ in random.normal() }
        let mean = numbers.reduce(0, +) / 40_000
        let variance = numbers.reduce(0) { $0 + $1 * $1 } / 40_000
        let beyondTwo = numbers.count { abs($0) > 2 }
        #expect(abs(mean) < 0.025)
        #expect(abs(variance - 1) < 0.035)
        #expect(abs(beyondTwo - 1820) < 210)
    }

    @Test("The logarithm is the system's to some units in the last place")
    func logarithm() {
        var x = 1e-300
        while x < 1e300 {
            #expect(abs(naturalLogarithm(x) - log(x)) <= 4 * abs(log(x)).ulp)
            x *= 1.37
        }
        #expect(naturalLogarithm(1) == 0)
    }
}
