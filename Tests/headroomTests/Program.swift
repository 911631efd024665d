import Foundation

/// The built program, run as a process.
struct Program {
    let status: Int32
    let output: String
    let errors: String

    /// Runs `headroom` with these arguments and waits for its end.
    static func run(_ arguments: String...) throws -> Program { try run(arguments) }

    static func run(_ arguments: [String]) throws -> Program {
        try run(executable, arguments)
    }

    /// Runs a line of shell in which `$headroom` is the program.
    static func shell(_ line: String) throws -> Program {
        try run(
            URL(fileURLWithPath: "/bin/bash"),
            ["-c", "headroom='\(executable.path)'; \(line)"])
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

    private static func run(_ executable: URL, _ arguments: [String]) throws -> Program {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        // Files, since a full pipe that nobody reads would stop the process.
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("headroom-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["out", "err"].map { folder.appendingPathComponent($0) }
        for file in files { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return Program(status: process.terminationStatus, output: texts[0], errors: texts[1])
    }
}
