import AttentionEngine

@testable import CourseSession

/// Models' files as a machine may hold them.
enum MachineFiles {
    static let run = ModelFile(
        path: "/home/someone/models/SmolLM2-135M-Instruct.Q4_1.gguf",
        name: "SmolLM2-135M-Instruct.Q4_1", place: "Hugging Face", size: ByteCount(97_900_000),
        architecture: "llama", format: "Q4_1")

    static let other = ModelFile(
        path: "/home/someone/.ollama/models/blobs/sha256-0123456789abcdef0123456789abcdef",
        name: "a-model-with-a-name-that-is-much-longer-than-a-row:latest", place: "Ollama",
        size: ByteCount(4_370_000_000), architecture: "qwen2", format: "Q4_K",
        obstacle: "is a model of qwen2; only llama models are supported")

    static let broken = ModelFile(
        path: "/home/someone/broken.gguf", name: "broken", place: "this folder",
        size: ByteCount(7),
        obstacle: "is not a GGUF file: it does not begin with GGUF and a whole header")

    static let found = ModelNews.found([other, run, broken], isOver: true, isCut: false)
    static let none = ModelNews.found([], isOver: true, isCut: false)

    /// A model that writes nothing and looks nowhere.
    static let model = LiveModel(
        name: "Own", content: "1",
        built: BuiltHeads(layers: 36, queryHeads: 32, keyValueHeads: 8),
        begin: { order, _ in LiveModelTests.Silent(order: order) },
        read: { sentence, _ in
            let token = [[100], [40, 60]]
            return LooksReading(
                tokens: [sentence, " b"], groupSize: 4,
                layers: Array(repeating: Array(repeating: token, count: 32), count: 36))
        },
        measures: LiveMeasuresTests.measures())
}
