import AttentionEngine
import ModelCatalog

/// How the numbers of a config's cache are written.
extension ConfigReader {
    /// The format that the checkpoint declares for its cache, or that of the model's numbers; nil,
    /// and said, where no field gives one.
    mutating func numberFormat() throws(FileProblem) -> CacheFormat? {
        if let declared = declaredFormat() {
            findings.note(.format, declared.format.rawValue, declared.rule)
            findings.remark(
                "The checkpoint declares its cache's numbers as \(declared.format.rawValue) "
                    + "(\(declared.rule)); a --kv-dtype would overrule it.")
            return declared.format
        }
        for holder in fields.path.isEmpty ? [fields] : [fields, root] {
            for key in ["torch_dtype", "dtype"] {
                // The format of the weights, whichever that is.
                guard let text = try holder.text(key), text != "auto" else { continue }
                let name = (text.hasPrefix("torch.") ? String(text.dropFirst(6)) : text)
                    .lowercased()
                let others: [String: CacheFormat] = [
                    "float": .f32, "float8_e4m3fn": .fp8, "float8_e5m2": .fp8, "fp32": .f32,
                    "fp16": .f16, "bf16": .bf16,
                ]
                guard let format = CacheFormat.otherNames[name] ?? others[name] else {
                    throw FileProblem(
                        "\(holder.name(key)) is \(JSONValue.string(plainText(text)).summary); "
                            + "expected float32, float16, bfloat16 or a float8")
                }
                findings.note(.format, format.rawValue, holder.name(key))
                return format
            }
        }
        findings.remark("No torch_dtype or dtype: 2 bytes per number is the default of --kv-dtype.")
        return nil
    }

    /// The format of the cache as quantisation leaves it: of compressed-tensors a scheme, of
    /// ModelOpt a name, also in a file beside, of Quark that of the layers in `kv_cache_group`. One
    /// that is not known is remarked on.
    private mutating func declaredFormat() -> (format: CacheFormat, rule: String)? {
        let scheme = "kv_cache_scheme"
        let algorithm = "kv_cache_quant_algo"
        for (object, place) in [
            (fields.object["quantization_config"], fields.name("quantization_config.")),
            (root.object["quantization_config"], root.name("quantization_config.")),
            (fields.object["compression_config"], fields.name("compression_config.")),
            (root.object["compression_config"], root.name("compression_config.")),
            (beside?["quantization"], "hf_quant_config.json: "),
        ] {
            // As vLLM's QuarkConfig reads it.
            if case .array(let group)? = object?["export"]?["kv_cache_group"],
                case .string(let layer)? = group.first
            {
                let value = object?["layer_quant_config"]?[layer]?["output_tensors"]?["dtype"]
                let rule = "\(place)export.kv_cache_group"
                if let value, let format = Self.cacheFormat(value) { return (format, rule) }
                findings.remark(
                    "\(rule) says that the cache is quantised, in a format that is not known: it is "
                        + "not taken.")
            }
            for key in [scheme, algorithm] {
                guard let value = object?[key], value != .null else { continue }
                if let format = Self.cacheFormat(value) { return (format, place + key) }
                if case .string(let text) = value, text.lowercased() == "none" { continue }
                findings.remark(
                    "\(place + key) is \(value.summary), a format of the cache that is not known: "
                        + "it is not taken.")
            }
        }
        return nil
    }

    /// {"num_bits": 8, "type": "float"}, or "FP8".
    private static func cacheFormat(_ value: JSONValue) -> CacheFormat? {
        if case .string(let name) = value {
            return CacheFormat(name: name.lowercased())
        }
        guard value["num_bits"] == .int(8), case .string(let type)? = value["type"] else {
            return nil
        }
        return ["float": .fp8, "int": .int8][type]
    }
}
