import ArgumentParser
import AttentionEngine
import ModelCatalog

/// `headroom memory`: the cache's size without the course.
struct MemoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "memory",
        abstract: "Compute the key/value cache of a model or a setting, for each way to share.",
        usage: """
            headroom memory [--model ID | --state STRING] [--tokens N] [--batch N]
                           [--bytes W] [--json]
            """,
        discussion: """
            A setting as text: l layers, b batch, n query heads, g K/V heads, h head width,
            s tokens, bytes per number (4, 2, 1, 0.5); c latent and r rotary width for MLA;
            wl window layers and w their window. y shows it in the course, and learn and
            render take it too.

            EXAMPLES
              headroom memory
              headroom memory --model deepseek-v3 --tokens 100000
              headroom memory --state l=96,b=1,n=96,g=8,h=128,s=1024,bytes=2
              headroom memory --model gpt-oss-20b --tokens 8192 --batch 32 --json
            """)

    @Option(
        help: ArgumentHelp("A model of 'headroom models'.", valueName: "ID"), completion: .models)
    var model: String?

    @Option(help: ArgumentHelp("A whole setting as text.", valueName: "STRING"))
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
        help: ArgumentHelp("Bytes per number: 4, 2, 1 or 0.5.", valueName: "W"))
    var bytes: String?

    @Flag(help: "Print JSON instead of a table.")
    var json = false

    /// What is sized where nothing is named: GPT-3 with its query heads on 8 K/V heads.
    static let example = "l=96,b=1,n=96,g=8,h=128,s=1024,bytes=2"

    func run() throws {
        let answer = try answer()
        print(json ? answer.json.text : answer.lines.joined(separator: "\n"))
    }

    private func answer() throws -> any MemoryAnswer {
        guard model == nil || state == nil else {
            throw ValidationError("--model and --state exclude each other: give one of them")
        }
        let changes = try changes()
        if let state {
            let setting = try reporting("--state: ") { () throws(SettingError) in
                try CacheSetting(text: state).setting(changes)
            }
            return SettingAnswer(title: nil, setting: setting, model: nil)
        }
        guard let id = model else {
            let setting = try reporting("") { () throws(SettingError) in
                try CacheSetting(text: Self.example).setting(changes)
            }
            return SettingAnswer(
                title: "GPT-3 175B as in the lessons", setting: setting, model: nil)
        }
        guard let model = Catalog.model(id: id) else {
            throw ValidationError(
                "no model '\(id)'; the nearest is '\(Catalog.nearest(to: id).id)' "
                    + "(headroom models lists them)")
        }
        return try reporting("\(model.id): ") {
            () throws(SettingError) -> any MemoryAnswer in
            let tokens = changes[.tokens] ?? 1024
            let batch = changes[.batch] ?? 1
            let width = changes[.bytesPerNumber].flatMap(NumberWidth.init(rawValue:)) ?? .bits16
            if let setting = try model.setting(tokens: tokens, batch: batch, numberWidth: width) {
                return SettingAnswer(title: nil, setting: setting, model: model)
            }
            return try RunsAnswer(model: model, tokens: tokens, batch: batch, numberWidth: width)
        }
    }

    /// The parameters that options name.
    private func changes() throws -> [Parameter: Int] {
        var changes: [Parameter: Int] = [:]
        let options: [(Parameter, String, String?)] = [
            (.tokens, "tokens", tokens), (.batch, "batch", batch),
            (.bytesPerNumber, "bytes", bytes),
        ]
        for (parameter, option, text) in options {
            guard let text else { continue }
            changes[parameter] = try reporting("--\(option): ") { () throws(SettingError) in
                try CacheSetting.value(of: parameter, text: text.filter { $0 != "," })
            }
        }
        return changes
    }

    /// The result of `body`; a setting that cannot exist becomes a bad argument.
    private func reporting<T>(
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

/// A computed cache in the two forms it is printed in.
protocol MemoryAnswer {
    var lines: [String] { get }
    var json: JSON { get }
}
