import Foundation

/// The built program, run as a process.
struct Program {
    let status: Int32
    let output: String
    let errors: String

    /// Runs `headroom` with these arguments and waits for its end.
    static func run(_ arguments: String...) throws -> Program { try run(arguments) }

    static func run(_ arguments: [String]) throws -> Program {
        try run(command: [executable.path] + arguments)
    }

    /// Runs a line of shell in which `$headroom` is the program.
    static func shell(_ line: String) throws -> Program {
        try run(command: ["/bin/bash", "-c", "headroom='\(executable.path)'; \(line)"])
    }

    var lines: [String] {
        output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// SwiftPM puts the program beside the test bundle.
    static let executable: URL = {
        let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
        let folder = bundle?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
        return folder.appendingPathComponent("headroom")
    }()

    private static func run(command: [String]) throws -> Program {
        let folder = try TestFolder()
        var environment = ProcessInfo.processInfo.environment
        // What is found in a model is the user's to keep, not a test's.
        // Nor does what is drawn depend on the language of whoever runs the tests.
        environment["LC_ALL"] = "C.UTF-8"
        environment["XDG_CACHE_HOME"] = folder.url.appendingPathComponent("cache").path
        return try ChildProcess.run(command, environment: environment, in: folder)
    }
}
