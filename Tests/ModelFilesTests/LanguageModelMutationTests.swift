import AttentionEngine
import LanguageModel
import ModelFiles
import TestSupport
import Testing

@Suite("A model's file with mistakes in it")
struct LanguageModelMutationTests {
    private static let strange: [[UInt8]] = [
        [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0], [0, 0, 0, 0x80], [0, 0, 0xC0, 0x7F],
        [0, 0, 0x80, 0x7F], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0x7C, 0, 0x7E], [1, 0, 0, 0],
    ]

    @Test("is a model that reads, or a problem in one line")
    func mutations() throws {
        let bytes = try GGUFParts.small.get().bytes
        // Weights are most of the file; what is said of them is in front.
        let header = bytes.count - 220_000
        var (read, refused, wrong): (Int, Int, [String]) = (0, 0, [])
        for seed in 0..<SlowTests.extent(400, of: 5_000) {
            var random = SplitMix(state: UInt64(seed))
            var changed = bytes
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                let isInHeader = Int.random(in: 0..<4, using: &random) > 0
                let place = Int.random(
                    in: 0..<(isInHeader ? header : changed.count - 4), using: &random)
                switch Int.random(in: 0..<6, using: &random) {
                case 0: changed.remove(at: place)
                case 1: changed.insert(UInt8.random(in: 0...255, using: &random), at: place)
                case 2: changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 3: changed[place] = UInt8.random(in: 0...255, using: &random)
                default:
                    let four = Self.strange.randomElement(using: &random) ?? []
                    changed.replaceSubrange(place..<place + 4, with: four)
                }
            }
            do {
                let model = try MappedModel(changed)
                let ids = model.own.tokenizer.tokens(of: Array("the".utf8), findsSpecial: true)
                var writing = ModelWriting(
                    ModelSequence(of: model.own.model), choice: TokenChoice(),
                    endedBy: model.own.lastTokens)
                writing.read(
                    Array(((model.own.firstToken.map { [$0] } ?? []) + ids + [3, 4]).prefix(2)))
                _ = writing.next().map { model.own.tokenizer.bytes(of: $0) }
                read += 1
            } catch {
                refused += 1
                let text = "\(error)"
                if !(error is FileProblem) || text.isEmpty || text.contains(where: \.isNewline) {
                    wrong.append("\(seed): \(text)")
                }
            }
        }
        #expect(wrong == [])
        #expect(read > 50 && refused > 50, "\(read) read, \(refused) refused")
    }
}
