import ModelFiles
import TestSupport
import Testing

@Suite("What a GGUF file's header says of it")
struct GGUFSummaryTests {
    private func summary(_ change: (inout GGUFParts) -> Void = { _ in }) throws -> GGUFSummary {
        var parts = try GGUFParts.small.get()
        change(&parts)
        return try GGUFSummary(reading: FileBytes(parts.bytes))
    }

    @Test("names what it is, and nothing that keeps the small model from being run")
    func small() throws {
        let summary = try summary()
        #expect(summary.architecture == "llama" && summary.obstacle == nil)
        #expect(!summary.format.isEmpty)
    }

    @Test("refuses in the words of whoever opens it")
    func refused() throws {
        let changes: [(inout GGUFParts) -> Void] = [
            { $0.set("general.architecture", .text("qwen2")) },
            { $0.set("general.architecture", nil) },
            { $0.set("tokenizer.ggml.model", .text("llama")) },
            { $0.set("tokenizer.ggml.pre", .text("qwen2")) },
            { $0.set("split.count", .whole(3)) },
            { $0.set("llama.rope.scaling.type", .text("yarn")) },
            { $0.tensors.append(.init(name: "blk.0.attn_q.bias", extents: [4], data: [])) },
            { parts in parts.tensors.removeAll { $0.name == "blk.0.ffn_up.weight" } },
        ]
        for change in changes {
            var parts = try GGUFParts.small.get()
            change(&parts)
            let told = try GGUFSummary(reading: FileBytes(parts.bytes)).obstacle
            do {
                _ = try MappedModel(parts.bytes)
                Issue.record("a changed model was opened")
            } catch { #expect(told?.description == "\(error)") }
        }
    }

    @Test("a format that is not run is named all the same")
    func format() throws {
        let summary = try summary { parts in
            for index in parts.tensors.indices where parts.tensors[index].extents.count > 1 {
                parts.tensors[index].type = 10
            }
        }
        #expect(summary.format == "Q2_K" && summary.obstacle != nil)
    }
}
