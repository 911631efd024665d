import ArgumentParser
import AttentionEngine
import Lessons
import ModelCatalog

/// `headroom models`: the catalogue as a table or as JSON.
struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "List the models, their heads and the cache they need.",
        discussion: """
            EXAMPLES
              headroom models
              headroom models llama 70b     models whose id or name contains both words
              headroom models mla           models of one kind of attention
              headroom models --json        every fact, with sources and doubts
            """)

    @Argument(help: "Show only models whose id, name or kind contains it.", completion: .models)
    var search: [String] = []

    @Flag(help: "Print an array of objects instead of a table.")
    var json = false

    /// The context that the table's sizes are for.
    static let tokens = 32_768

    func run() throws {
        let text = search.joined(separator: " ")
        let models = Catalog.search(text)
        guard !models.isEmpty else {
            throw ValidationError("no model matches '\(text)'\(Self.hint(to: text))")
        }
        if json {
            print(try JSON.array(models.map(Self.object)).text)
        } else {
            print(try Self.lines(models).joined(separator: "\n"))
        }
    }

    /// A whole name that is near, or else a word of one; nothing where neither is.
    private static func hint(to text: String) -> String {
        let whole = Catalog.nearestHint(to: text)
        guard whole.isEmpty else { return whole }
        let words = Catalog.models.flatMap { $0.name.split { " -".contains($0) } }.map(String.init)
        return nearest(text, in: words).map { "; did you mean '\($0)'?" } ?? ""
    }

    static func lines(_ models: [Model]) throws -> [String] {
        var table = TextTable(columns: [
            .init(title: "id", alignment: .left), .init(title: "name", alignment: .left),
            .init(title: "kind", alignment: .left),
            .init(title: "layers", alignment: .right, gap: 1),
            .init(title: "g x n/g", alignment: .right, gap: 1),
            .init(title: "width", alignment: .right, gap: 1),
            .init(title: "GiB", alignment: .right, gap: 1),
            .init(title: "", alignment: .left, gap: 0),
        ])
        for model in models {
            let gibibytes = Double(try model.cacheSize(tokens: tokens).bytes) / 1_073_741_824
            table.rows.append([
                model.id, model.name, model.kind, String(model.layers), headsText(model),
                model.headDimension.map(String.init) ?? "?", fixed(gibibytes, decimals: 3),
                model.isDoubtful ? "*" : "",
            ])
        }
        var lines = table.lines + [""]
        lines += wrapped(
            "g x n/g: K/V heads x query heads on each; for MLA the latent + rotary width.")
        lines += wrapped(
            "width: numbers per head. GiB: cache of one sequence of \(grouped(tokens)) tokens, "
                + "2 bytes per number.")
        for model in models where model.isDoubtful {
            let doubts = model.doubts
                .filter { $0.subject == .cacheSize || $0.subject == .queryHeads }.map(\.text)
            lines += wrapped(
                "* \(model.id): \(doubts.joined(separator: " "))", indent: "  ")
        }
        return lines
    }

    /// "8 x 4", or "512+64" where a latent is kept instead of heads.
    static func headsText(_ model: Model) -> String {
        if let latent = model.latent {
            return "\(latent.latentRank)+\(latent.rotaryDimension)"
        }
        return "\(model.keyValueHeads) x \(model.groupSize)"
    }

    private static func object(_ model: Model) throws -> JSON {
        var members: [(key: String, value: JSON)] = [
            ("id", .string(model.id)), ("name", .string(model.name)),
            ("kind", .string(model.kind)), ("layers", .int(model.layers)),
            ("query_heads", .int(model.queryHeads)), ("kv_heads", .int(model.keyValueHeads)),
            ("head_dim", model.headDimension.map(JSON.int) ?? .null),
            ("hidden_size", .int(model.hiddenSize)),
        ]
        if let latent = model.latent {
            members.append(("latent", .int(latent.latentRank)))
            members.append(("rotary", .int(latent.rotaryDimension)))
        }
        if let windowed = model.windowed {
            members.append(("window_layers", .int(windowed.layers)))
            members.append(("window", .int(windowed.window)))
        }
        if model.linearLayers > 0 { members.append(("linear_layers", .int(model.linearLayers))) }
        if model.sharedLayers > 0 { members.append(("shared_layers", .int(model.sharedLayers))) }
        if let heads = model.fullLayerHeads {
            members.append(("full_layer_kv_heads", .int(heads.count)))
            members.append(("full_layer_head_dim", .int(heads.dimension)))
        }
        members += [
            ("max_tokens", .int(model.maximumTokens)),
            ("native_format", model.nativeFormat.map(JSON.string) ?? .null),
            ("parameters", .string(model.parameters)),
            ("numbers_per_token", .int(model.numbersPerToken)),
            ("bytes_per_token", .int(try model.cacheSize(tokens: 1).bytes)),
            ("bytes_at_\(tokens)", .int(try model.cacheSize(tokens: tokens).bytes)),
            ("sources", .array(model.sources.map(JSON.string))),
            ("notes", .array(model.remarks.map(JSON.string))),
            ("doubts", .array(model.doubts.map { .string($0.text) })),
        ]
        return .object(members)
    }
}

/// The model that an option names.
func catalogueModel(_ id: String) throws -> Model {
    guard let model = Catalog.model(id: id) else {
        throw ValidationError(
            "no model '\(id)'\(Catalog.nearestHint(to: id)) (headroom models lists them)")
    }
    return model
}
