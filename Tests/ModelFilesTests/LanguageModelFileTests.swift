import AttentionEngine
import Foundation
import LanguageModel
import ModelFiles
import TestSupport
import Testing

@Suite("A model that is run from a GGUF file")
struct LanguageModelFileTests {
    private let fixture: SmallModelFixture
    private let small: MappedModel

    init() throws {
        fixture = try SmallModelFixture.shared.get()
        small = try MappedModel()
    }

    @Test("has the sizes, the name and the tokens that the file says")
    func sizes() throws {
        let shape = try LanguageModelShape(
            layers: 1, width: 256,
            attention: AttentionShape(queryHeads: 4, keyValueHeads: 2, headDimension: 24),
            feedForwardWidth: 128, vocabulary: 70, context: 48, rotaryDimension: 16,
            rotaryBase: 10_000, normEpsilon: 1e-5)
        #expect(small.own.model.shape == shape)
        #expect(small.own.name == "Small test model")
        #expect(small.own.firstToken == nil)
        #expect(small.own.lastTokens == [0])
        #expect(
            small.own.tokenizer.tokens(of: Array(" the heads".utf8), findsSpecial: true)
                == fixture.prompt)
        let asked = try MappedModel {
            $0.set("tokenizer.ggml.add_bos_token", .flag(true))
            $0.set("tokenizer.ggml.eot_token_id", .whole(5))
        }
        #expect(asked.own.firstToken == 1)
        #expect(asked.own.lastTokens == [0, 5])
    }

    @Test(
        "has the log-probabilities of PyTorch in 32 bits, however it reads",
        arguments: [1, 5, .max], [1, 3])
    func asBuilt(parts: Int, threads: Int) {
        let own = small.logProbabilities(fixture.read, parts: parts, threads: threads)
        #expect(largestDifference(own, fixture.asBuilt) < 1e-3)
    }

    @Test("is off by no more than a bfloat16 cache rounds")
    func bfloat16() {
        let own = small.logProbabilities(fixture.read, format: .bfloat16)
        let difference = largestDifference(own, fixture.asBuilt)
        #expect(difference < 0.03)
        #expect(difference > 1e-4)
    }

    @Test("without an output of its own reads the embedding for it")
    func tied() throws {
        let tied = try MappedModel { $0.remove("output.weight") }
        #expect(largestDifference(tied.logProbabilities(fixture.read), fixture.tied) < 1e-3)
    }

    @Test("writes the same to the bit with heads that are kept twice")
    func copied() {
        let copied = small.logProbabilities(fixture.read, kept: .heads(.copied(times: 2)))
        #expect(copied == small.logProbabilities(fixture.read))
    }

    @Test("writes what PyTorch writes with means of heads, and another text than as built")
    func mean() {
        let own = small.logProbabilities(fixture.read, kept: .heads(.mean(of: 2)))
        #expect(largestDifference(own, fixture.mean) < 1e-3)
        #expect(largestDifference(own, fixture.asBuilt) > 0.1)
    }

    @Test("reads every factor, angle and norm: without one it is another model")
    func everythingIsRead() throws {
        for name in ["rope_freqs", "blk.0.attn_norm", "blk.0.ffn_norm", "output_norm"] {
            let other = try MappedModel { parts in
                parts.change(name + ".weight") { tensor in
                    let one = withUnsafeBytes(of: Float(1).bitPattern.littleEndian, Array.init)
                    tensor.data = (0..<tensor.extents[0]).flatMap { _ in one }
                }
            }
            let own = other.logProbabilities(fixture.read)
            #expect(largestDifference(own, fixture.asBuilt) > 1e-2, "\(name)")
        }
        for (key, value) in [
            ("rope.freq_base", GGUFParts.Value.real(500)), ("rope.dimension_count", .whole(24)),
            ("attention.layer_norm_rms_epsilon", .real(0.5)),
        ] {
            let other = try MappedModel {
                $0.set("llama." + key, value)
                $0.remove("rope_freqs.weight")
            }
            let plain = try MappedModel { $0.remove("rope_freqs.weight") }
            let difference = largestDifference(
                other.logProbabilities(fixture.read), plain.logProbabilities(fixture.read))
            #expect(difference > 1e-2, "\(key)")
        }
    }

    @Test("holds the bytes of what grows with tokens")
    func bytesHeld() {
        for (sharing, format, bytes) in [
            (HeadSharing.asBuilt, NumberFormat.float32, 384), (.copied(times: 2), .float32, 768),
            (.mean(of: 2), .bfloat16, 96),
        ] {
            var sequence = ModelSequence(of: small.own.model, kept: .heads(sharing), format: format)
            #expect(sequence.bytesHeld == ByteCount(0))
            _ = sequence.read([4, 5, 6])
            #expect(sequence.tokens == 3)
            #expect(sequence.bytesHeld == ByteCount(3 * bytes))
            let size = format == .float32 ? 4 : 2
            #expect(sequence.numbersPerTokenAndLayer == bytes / size)
        }
    }

    // MARK: Writing

    private func writing(_ model: MappedModel, endedBy ends: Set<Int> = []) -> ModelWriting {
        var writing = ModelWriting(
            ModelSequence(of: model.own.model), choice: TokenChoice(), endedBy: ends)
        writing.read(fixture.prompt)
        return writing
    }

    @Test("writes greedily what PyTorch writes, to the end of its context")
    func greedy() {
        var writing = writing(small)
        let written = fixture.greedy.map { _ in writing.next() }
        #expect(written == fixture.greedy)
        #expect(writing.end == nil)
        while writing.next() != nil {}
        #expect(writing.end == .context)
        // The last token is written and not read.
        #expect(writing.sequence.tokens == 48)
        #expect(fixture.prompt.count + writing.written.count == 49)
        #expect(writing.reading.tokens == fixture.prompt.count)
        #expect(writing.steps.tokens == writing.written.count - 1)
    }

    @Test("ends at a token that ends a text, which is not written")
    func lastToken() {
        var writing = writing(small, endedBy: [fixture.greedy[3]])
        while writing.next() != nil {}
        #expect(writing.end == .lastToken)
        #expect(writing.written == Array(fixture.greedy[..<3]))
    }

    @Test(
        "writes nothing where weights are no numbers", arguments: ["output_norm", "blk.0.attn_v"])
    func noNumbers(name: String) throws {
        let broken = try MappedModel { parts in
            parts.change(name + ".weight") {
                $0.data.replaceSubrange(0..<4, with: [0, 0, 0xC0, 0x7F])
            }
        }
        var writing = writing(broken)
        #expect(writing.next() == nil)
        #expect(writing.end == .noNumber)
    }
}
