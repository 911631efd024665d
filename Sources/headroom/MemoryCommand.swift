import ArgumentParser
import AttentionEngine
import Foundation
import ModelCatalog
import ModelFiles

/// `headroom memory`: the cache's size without the course.
struct MemoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "memory",
        abstract: "Compute the key/value cache of a model, a file or a setting.",
        usage: """
            headroom memory [NAME | --model ID | --config FILE | --gguf FILE |
                            --state S]
                           [--tokens N] [--batch N] [--kv-dtype F | --bytes W]
                           [--gpus T] [--weights SIZE] [--kv-budget SIZE |
                            --gpu-memory SIZE [--gpu-memory-utilization U]]
                           [--engine NAME [--engine-option OPTION[=N]] ...]
                           [--explain] [--compare SIZE] [--json]
            """,
        discussion: """
            NAME is a model of 'headroom models', a file or folder, a model in the Hugging
            Face cache, as in Qwen/Qwen3-8B, or - for a config.json on standard input.
            Files are config.json and params.json, or the folder that holds one, and GGUF
            files, of which only the headers are read, and those of all parts. 128K tokens
            are 131,072, and 24G are 24GiB. A setting as text: l layers, b batch,
            n query heads, g K/V heads, h head width, s tokens, bytes per number (4, 2, 1,
            0.5); c latent and r rotary width for MLA; wl window layers and w their window.
            y shows it in the course, and learn and render take it too.

            Without --engine what attention needs is counted, with index keys and fixed
            states beside it. With it, what that engine keeps: blocks or cells, windows,
            padding, states, ending in the words of its log. Its options have its own
            names:
            \(Self.engineOptions)

            EXAMPLES
              headroom memory --model deepseek-v3 --tokens 100000
              headroom memory llama3.1-8b --tokens 128K
              headroom memory --config config.json --tokens 8192 --explain
              headroom memory --gguf model.gguf --kv-dtype q8_0 --gpu-memory 24GB
              headroom memory --model llama3.1-70b --gpus 4 --gpu-memory 80GB
              headroom memory gpt-oss-120b --tokens 8192 --engine vllm --kv-budget 5.38GiB
              headroom memory --gguf model.gguf --tokens 32K --engine llama.cpp
              headroom memory --model falcon-7b --tokens 8192 --compare 4.44GiB
              headroom memory --state l=96,b=1,n=96,g=8,h=128,s=1024,bytes=2
            """)

    @Argument(
        help: ArgumentHelp("A model, file or folder.", valueName: "NAME"), completion: .models)
    var named: String?

    @Option(
        help: ArgumentHelp("A model of 'headroom models'.", valueName: "ID"), completion: .models)
    var model: String?

    @Option(
        help: ArgumentHelp(
            "A config.json, a folder or model in the Hugging Face cache that holds one, or -.",
            valueName: "FILE"),
        completion: .file())
    var config: String?

    @Option(
        help: ArgumentHelp("A GGUF file.", valueName: "FILE"),
        completion: .file(extensions: ["gguf"]))
    var gguf: String?

    @Option(help: ArgumentHelp("A whole setting as text.", valueName: "S"))
    var state: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Tokens in each sequence (without --state 1,024).", valueName: "N"))
    var tokens: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Sequences at once (without --state 1).", valueName: "N"))
    var batch: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Bytes per number: 4, 2, 1 or 0.5.", valueName: "W"),
        completion: .list(["4", "2", "1", "0.5"]))
    var bytes: String?

    @Option(
        help: ArgumentHelp(
            "Number format: auto, f32, f16, bf16, fp8, int8, int4, q8_0, q5_1, q5_0, q4_1, q4_0, "
                + "fp8_ds_mla, or as engines name them: float16, bfloat16, fp8_e4m3, fp8_e5m2.",
            valueName: "F"),
        completion: .list(
            ["auto"] + CacheFormat.allCases.map(\.rawValue) + CacheFormat.otherNames.keys.sorted()))
    var kvDtype = "auto"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("GPUs that split the heads of every layer.", valueName: "T"))
    var gpus: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Memory of each GPU, as in 80GB: what fits.", valueName: "SIZE"))
    var gpuMemory: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Size of the weights, where it is not known.", valueName: "SIZE"))
    var weights: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How much of --gpu-memory may be used, as in 0.9; without it all, with vllm 0.92.",
            valueName: "U"))
    var gpuMemoryUtilization: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Memory for the cache alone on each GPU, as in 5.38GiB: what fits.",
            valueName: "SIZE"))
    var kvBudget: String?

    @Option(
        help: ArgumentHelp(
            "What that engine keeps: " + ServingEngine.all.map(\.name).joined(separator: " or ")
                + ".", valueName: "NAME"),
        completion: .list(ServingEngine.all.map(\.name)))
    var engine: String?

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "An option of the engine, as in block-size=32 or swa-full.", valueName: "OPTION"),
        completion: .list(ServingEngine.all.flatMap { $0.options.map(\.name) }))
    var engineOption: [String] = []

    @Flag(help: "Show how the size is computed, factor by factor.")
    var explain = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Another tool's figure: what it got wrong.", valueName: "SIZE"))
    var compare: String?

    @Flag(help: "Print JSON instead of text.")
    var json = false

    /// What is sized where nothing is named: GPT-3 with its query heads on 8 K/V heads.
    static let example = "l=96,b=1,n=96,g=8,h=128,s=1024,bytes=2"

    func run() throws {
        let answer = try answer()
        print(json ? answer.json.text : answer.lines.joined(separator: "\n"))
    }

    private func answer() throws -> MemoryAnswer {
        let sources = [
            ("NAME", named), ("--model", model), ("--config", config), ("--gguf", gguf),
            ("--state", state),
        ].filter { $0.1 != nil }.map(\.0)
        guard sources.count < 2 else {
            throw ValidationError(
                "\(sources[0]) and \(sources[1]) exclude each other: give one of them")
        }
        guard gguf != "-" else {
            throw ValidationError("--gguf: GGUF is read by its path alone, not from standard input")
        }
        guard bytes == nil || kvDtype == "auto" else {
            throw ValidationError("--bytes and --kv-dtype exclude each other: give one of them")
        }
        guard kvDtype == "auto" || CacheFormat(name: kvDtype.lowercased()) != nil else {
            let names = CacheFormat.allCases.map(\.rawValue) + CacheFormat.otherNames.keys.sorted()
            throw ValidationError(
                "--kv-dtype: '\(kvDtype)' is not one of auto, " + names.joined(separator: ", "))
        }
        try checkEngine()
        let changes = try changes()
        let subject = try subject(changes)
        return try reporting(subject.place) { () throws(SettingError) in
            try MemoryAnswer(subject: subject, request: try request(subject, changes))
        }
    }

    // MARK: What is sized

    private func subject(_ changes: [Parameter: Int]) throws -> MemorySubject {
        let place =
            try named.map { try ModelPlace($0, ProcessInfo.processInfo.environment) }
            ?? model.map { .model(try catalogueModel($0)) }
            ?? config.map { .config($0) } ?? gguf.map { .gguf($0) }
        switch place {
        case .model(let model):
            return try withWeights(
                MemorySubject(
                    shape: model.shape, place: "\(model.id): ", source: .model(model)))
        case .config(let file):
            let (shape, path) = try readConfig(file)
            return try withWeights(
                MemorySubject(shape: shape, place: "\(printable(path)): ", source: .file(path)))
        case .gguf(let path):
            return try withWeights(
                MemorySubject(
                    shape: try readGGUF(path), place: "\(printable(path)): ", source: .file(path)))
        case nil: break
        }
        let setting = try reporting(state == nil ? "" : "--state: ") {
            () throws(SettingError) in
            try CacheSetting(text: state ?? Self.example).setting(changes)
        }
        let title = state == nil ? "GPT-3 175B as in the lessons" : nil
        return try withWeights(
            MemorySubject(
                shape: ModelShape(setting, name: title ?? "The setting"), place: "",
                source: .setting(setting, title: title)))
    }

    private func withWeights(_ subject: MemorySubject) throws -> MemorySubject {
        guard let size = try size(weights, option: "weights") else { return subject }
        return MemorySubject(
            shape: subject.shape.with(weights: Weights(size: size.count, rule: "--weights")),
            place: subject.place, source: subject.source)
    }

    // MARK: What is asked of it

    private func request(
        _ subject: MemorySubject, _ changes: [Parameter: Int]
    ) throws(SettingError) -> MemoryRequest {
        let own = subject.setting
        let engine = engine.flatMap(ServingEngine.init(name:))
        let width = changes[.bytesPerNumber].flatMap(NumberWidth.init(rawValue:))
        let named = CacheFormat(name: kvDtype.lowercased())
        let isSetting = own != nil
        let used =
            gpuMemoryUtilization.flatMap(Double.init).map { ($0, "--gpu-memory-utilization") }
            ?? engine?.usualUtilization ?? (1, "")
        let load = try CacheLoad(
            tokens: changes[.tokens] ?? own?.tokens ?? 1024,
            batch: changes[.batch] ?? own?.batch ?? 1,
            format: named ?? width.map(CacheFormat.init)
                ?? (isSetting ? nil : engine?.format(declared: subject.shape.format))
                ?? subject.shape.format ?? .f16)
        return MemoryRequest(
            load: load, gpus: try gpuCount() ?? 1, isSpread: gpus != nil,
            memory: gpuMemory.flatMap { StatedSize(text: $0) }?.count,
            utilization: used.0, utilizationRule: used.1,
            budget: kvBudget.flatMap { StatedSize(text: $0) }?.count, engine: engine,
            settings: try engine?.settings(engineOption) ?? EngineSettings(),
            stated: compare.flatMap { StatedSize(text: $0) }, isExplained: explain,
            rules: Derivation.Rules(
                tokens: tokens != nil ? "--tokens" : isSetting ? "setting" : "default of --tokens",
                batch: batch != nil ? "--batch" : isSetting ? "setting" : "default of --batch",
                format: named != nil
                    ? "--kv-dtype \(kvDtype)"
                    : bytes != nil
                        ? "--bytes"
                        : isSetting
                            ? "setting"
                            : load.format != subject.shape.format && subject.shape.format != nil
                                ? "\(load.format.rawValue): as \(engine?.title ?? "") keeps it"
                                : subject.shape.format == nil
                                    ? "16 bits, default of --kv-dtype"
                                    : "\(load.format.rawValue): \(subject.shape.rule(.format))"))
    }

    private func gpuCount() throws(SettingError) -> Int? {
        guard let gpus else { return nil }
        guard let count = NumberText.plain(gpus).flatMap({ Int($0) }), count < 1 << 20 else {
            throw .notNumberOfGPUs(gpus)
        }
        return count
    }

    /// The parameters that options name; also checks the options that hold sizes.
    private func changes() throws -> [Parameter: Int] {
        _ = try size(gpuMemory, option: "gpu-memory")
        _ = try size(kvBudget, option: "kv-budget")
        _ = try size(compare, option: "compare")
        var changes: [Parameter: Int] = [:]
        let options: [(Parameter, String, String?)] = [
            (.tokens, "tokens", tokens), (.batch, "batch", batch),
            (.bytesPerNumber, "bytes", bytes),
        ]
        for (parameter, option, text) in options {
            guard let text else { continue }
            let value = try reporting("--\(option): ") { () throws(SettingError) in
                try CacheSetting.value(
                    of: parameter, text: parameter == .tokens ? Self.tokens(text) : text)
            }
            guard value > 0 else {
                throw ValidationError("--\(option) \(value): \(parameter.name) must be 1 or more")
            }
            changes[parameter] = value
        }
        if let count = try reporting("", gpuCount), count < 1 {
            throw ValidationError("--gpus \(count): GPUs must be 1 or more")
        }
        return changes
    }

    /// The result of `body`; a setting that cannot exist becomes a bad argument.
    func reporting<T>(
        _ place: String, _ body: () throws(SettingError) -> T
    ) throws -> T {
        do {
            return try body()
        } catch {
            var text = place + error.description
            if case .missing = error { text += "; a whole setting is \(Self.example)" }
            throw ValidationError(text)
        }
    }
}
