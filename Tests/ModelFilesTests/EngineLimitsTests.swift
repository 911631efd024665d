import AttentionEngine
import ModelFiles
import Testing

@Suite("What is too large for an engine")
struct EngineLimitsTests {
    @Test(
        "Pages, and sums of caches, that are too large to count are refused",
        arguments: [
            // A state that makes blocks of 2^51 tokens, and 2^18 bytes of a token.
            ("vllm", "qwen35", [0, 0, 0, 1, 0, 0, 0, 65_536], 1, states, 1),
            // A state that makes blocks of 2^51 tokens, and index keys of 2^25 bytes.
            (
                "vllm", "qwen35", [0, 0, 0, 1, 0, 0, 0, 1], 1,
                states + [("attention.indexer.key_length", .u32(1 << 24))], 1
            ),
            // A hundred caches below 2^57 bytes each.
            ("llama.cpp", "llama", Array(4000..<4100), 128, [], 200_000_000),
        ] as [(String, String, [Int], Int, [(String, GGUFWriter.Value)], Int)])
    func overflow(
        engine: String, architecture: String, heads: [Int], width: Int,
        more: [(String, GGUFWriter.Value)], batch: Int
    ) throws {
        var writer = GGUFWriter()
        writer.values =
            [("general.architecture", .text(architecture))]
            + ([
                ("block_count", .u32(heads.count)), ("embedding_length", .u32(4096)),
                (
                    "attention.head_count",
                    .numbers(more.isEmpty ? heads : heads.map { _ in 65_536 })
                ), ("attention.head_count_kv", .numbers(heads)),
                ("attention.key_length", .u32(width)), ("attention.value_length", .u32(width)),
            ] + more).map { ("\(architecture).\($0.0)", $0.1) }
        let shape = try GGUFModel.shape(
            of: GGUFHeader(reading: FileBytes(writer.bytes)), name: "large")
        let load = try CacheLoad(tokens: 1, batch: batch)
        #expect(throws: SettingError.tooLarge) {
            try #require(ServingEngine(name: engine)).plan(shape.kept, load)
        }
        // Attention itself can be sized.
        _ = try shape.kept.sizes(load)
    }

    private static let states: [(String, GGUFWriter.Value)] = [
        ("full_attention_interval", .u32(4)), ("ssm.conv_kernel", .u32(65_536)),
        ("ssm.inner_size", .u32(1 << 20)), ("ssm.state_size", .u32(65_536)),
        ("ssm.group_count", .u32(65_536)),
    ]
}
