import ArgumentParser

/// `headroom json`: the reference of what --json writes, also as `headroom help json`.
struct JSONCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "json",
        abstract: "Say what every command writes with --json, member by member.",
        // The parser asks every command at each start; the page takes a while to be made.
        discussion: """
            \(HeadroomCommand.arguments.contains("json") ? JSONReference.text : "")

            EXAMPLES
              headroom help json
              headroom memory --model llama3-8b --json
            """)

    func run() throws { print(JSONReference.text) }
}
