import ArgumentParser
import AttentionEngine

/// The engines that `headroom memory` knows: their help, and what may be wrong of them.
extension MemoryCommand {
    /// "vllm: block-size=16, …", a line or two for each.
    static var engineOptions: String {
        ServingEngine.all.flatMap { engine in
            wrapped(
                engine.options.map { "\($0.text) (\($0.meaning))" }.joined(separator: ", "),
                width: 76, first: "  \(engine.name): ", indent: "    ")
        }.joined(separator: "\n")
    }

    /// Throws what is wrong of the engine, its options and its memory.
    func checkEngine() throws {
        if let engine, ServingEngine(name: engine) == nil {
            throw ValidationError(
                "--engine: '\(printable(engine))' is not one of "
                    + ServingEngine.all.map(\.name).joined(separator: ", "))
        }
        if let engine = engine.flatMap(ServingEngine.init(name:)) {
            _ = try reporting("--engine-option: ") { () throws(SettingError) in
                try engine.settings(engineOption)
            }
        } else if !engineOption.isEmpty {
            throw ValidationError("--engine-option needs --engine")
        }
        if gpuMemory != nil, kvBudget != nil {
            throw ValidationError(
                "--gpu-memory and --kv-budget exclude each other: give one of them")
        }
        if weights != nil, gpuMemory == nil {
            throw ValidationError("--weights needs --gpu-memory")
        }
        guard let text = gpuMemoryUtilization else { return }
        guard gpuMemory != nil else {
            throw ValidationError("--gpu-memory-utilization needs --gpu-memory")
        }
        guard let part = Double(text), part > 0, part <= 1 else {
            throw ValidationError(
                "--gpu-memory-utilization: '\(printable(text))' is not a number above 0 and up to "
                    + "1, as in 0.9")
        }
    }
}
