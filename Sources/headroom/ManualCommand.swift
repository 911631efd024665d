import ArgumentParser

/// `headroom manual`: the manual page, made from the commands themselves.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Print the manual page for man, in roff.",
        discussion: """
            EXAMPLES
              headroom manual > headroom.1
              headroom manual | man -l -
            """)

    func run() throws {
        print(
            try ManualPage(
                toolInfo: HeadroomCommand._dumpHelp(), version: HeadroomCommand.version,
                day: HeadroomCommand.day
            ).text)
    }
}
