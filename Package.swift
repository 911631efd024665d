// swift-tools-version: 6.1
import Foundation
import PackageDescription

/// Every target of ours is built in Swift 6 mode. A warning is an error where HEADROOM_STRICT asks
/// for it, as `.ci/run` does, and nowhere else: another compiler's new warning must not keep a user
/// or a packager from a program.
let strict: [SwiftSetting] =
    [.swiftLanguageMode(.v6)]
    + (Context.environment["HEADROOM_STRICT"] == "1" ? [.unsafeFlags(["-warnings-as-errors"])] : [])

/// Optimised in debug builds too, which keep their checks and can be tested from inside: what most
/// tests spend their time in, and little enough to be compiled soon. (Of the rest it would take
/// longer than the tests gain.)
let quick: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// The same as one module, which takes half the time to compile; those that wait for it wait longer.
let quickAsOne: [SwiftSetting] =
    quick
    + [
        .unsafeFlags(
            ["-wmo", "-num-threads", "1", "-disable-batch-mode"], .when(configuration: .debug))
    ]

func ours(
    _ name: String, uses dependencies: [Target.Dependency] = [],
    with settings: [SwiftSetting] = strict
) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(
    of name: String, uses dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.init(stringLiteral: name), "TestSupport"] + dependencies,
        exclude: exclude, swiftSettings: strict)
}

/// The kernels of attention. Optimised in debug builds too, and as one module: their speed is what
/// lessons show, and their generic helpers must be compiled into them.
func kernels(_ name: String, _ flags: [String] = [], _ settings: [SwiftSetting] = []) -> Target {
    let optimised = ["-Ounchecked", "-wmo", "-num-threads", "1", "-disable-batch-mode"]
    return .target(
        name: name, dependencies: ["CAttentionKernels"],
        swiftSettings: strict + [.unsafeFlags(optimised + flags)] + settings)
}

/// For one architecture, of the machine that the program is for: clang drops a `-Xarch_` of another.
/// `-march` reaches Swift's code generator by way of its C compiler.
func tuned(for level: String) -> [String] {
    ["-Xarch_x86_64", "-march=\(level)", "-Wno-unused-command-line-argument"]
        .flatMap { ["-Xcc", $0] }
}

/// The same sources once more, for processors with AVX2 and FMA, and what is worth more for AVX-512.
/// The folder of the one and some files of the other are links. Where a checkout has none the
/// program is built without both, and is slower.
let hasLinks = FileManager.default.fileExists(
    atPath: Context.packageDirectory + "/Sources/AttentionKernelsAVX2/Kernels.swift")
let fasterKernels =
    hasLinks
    ? [
        kernels("AttentionKernelsAVX2", tuned(for: "x86-64-v3"), [.define("FUSED")]),
        kernels("AttentionKernelsAVX512", tuned(for: "x86-64-v4"), [.define("FUSED")]),
    ] : []

/// What `.ci/fuzz` runs, and nobody else builds. libFuzzer begins it, so that it has no `main`; nor
/// may any other program of that build, as the plugin's is.
let fuzzing: [Target] =
    Context.environment["HEADROOM_FUZZ"] == "1"
    ? [
        .executableTarget(
            name: "FuzzReaders",
            dependencies: [
                "AttentionEngine", "LanguageModel", "ModelCatalog", "ModelFiles", "Lessons",
                "ForeignText", "TerminalCanvas", "CourseContent", "CourseSession", "CourseScreens",
                "CoursePlain", "CourseExport",
            ],
            path: "Tests/FuzzReaders", exclude: ["Seeds"], swiftSettings: strict)
    ] : []

let package = Package(
    name: "headroom",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "headroom", targets: ["headroom"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    ],
    targets: [
        .target(
            name: "RecallKernels",
            swiftSettings: strict + [
                // Optimised in debug builds too, where training would take minutes; and square
                // roots without the check for an error number, which stands in the way of SIMD.
                .unsafeFlags(["-O", "-Xcc", "-fno-math-errno"])
            ]),
        .target(name: "CAttentionKernels"),
        kernels("AttentionKernels"),
        ours(
            "AttentionEngine",
            uses: ["RecallKernels", "CAttentionKernels", "AttentionKernels"]
                + fasterKernels.map { .init(stringLiteral: $0.name) }, with: quick),
        ours(
            "LanguageModel",
            uses: ["AttentionEngine", "AttentionKernels", "CAttentionKernels"]
                + fasterKernels.map { .init(stringLiteral: $0.name) }, with: quickAsOne),
        ours("ModelCatalog", uses: ["AttentionEngine"]),
        ours(
            "ModelFiles", uses: ["AttentionEngine", "ModelCatalog", "LanguageModel", "ForeignText"]),
        ours("Lessons", uses: ["Yams", "ForeignText"], with: quick),
        ours("ForeignText", with: quick),
        ours("TerminalCanvas", uses: ["ForeignText"], with: quick),
        ours(
            "CourseContent",
            uses: ["AttentionEngine", "ModelCatalog", "Lessons", "ForeignText"]),
        ours(
            "CourseSession",
            uses: ["AttentionEngine", "ModelCatalog", "Lessons", "ForeignText", "CourseContent"]),
        ours(
            "CourseScreens",
            uses: [
                "AttentionEngine", "ModelCatalog", "Lessons", "CourseContent", "CourseSession",
                "TerminalCanvas",
            ]),
        ours(
            "CoursePlain",
            uses: [
                "AttentionEngine", "ModelCatalog", "Lessons", "ForeignText", "CourseContent",
                "CourseSession", "TerminalCanvas",
            ]),
        ours(
            "CourseExport",
            uses: [
                "AttentionEngine", "ModelCatalog", "Lessons", "CourseContent", "CourseSession",
                "CourseScreens", "CoursePlain", "TerminalCanvas",
            ]),
        .target(
            name: "CNcurses",
            linkerSettings: [
                .linkedLibrary("ncursesw", .when(platforms: [.linux])),
                // The system's own, which has wide characters under this name.
                .linkedLibrary("ncurses", .when(platforms: [.macOS])),
            ]),
        .target(name: "CMappedFile"),
        .target(name: "CArguments"),
        ours("CursesTerminal", uses: ["TerminalCanvas", "CNcurses"]),
        .executableTarget(
            name: "headroom",
            dependencies: [
                "AttentionEngine", "LanguageModel", "ModelCatalog", "ModelFiles", "CMappedFile",
                "CArguments", "Lessons", "ForeignText", "TerminalCanvas", "CourseContent",
                "CourseSession", "CourseScreens", "CoursePlain", "CourseExport", "CursesTerminal",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict, plugins: fuzzing.isEmpty ? ["EmbedLessons"] : []),
        .executableTarget(name: "embed-lessons", swiftSettings: strict),
        .plugin(
            name: "EmbedLessons", capability: .buildTool(), dependencies: ["embed-lessons"],
            path: "Sources/EmbedLessons"),
        .target(
            name: "TestSupport", dependencies: ["TerminalCanvas", "Lessons", "CourseContent"],
            path: "Tests/TestSupport", swiftSettings: quick),
        tests(of: "AttentionEngine", uses: ["RecallKernels"], exclude: ["Fixtures"]),
        tests(of: "LanguageModel", uses: ["AttentionEngine"], exclude: ["Fixtures"]),
        tests(of: "ModelCatalog", uses: ["AttentionEngine"]),
        tests(
            of: "ModelFiles", uses: ["AttentionEngine", "ModelCatalog", "LanguageModel"],
            exclude: ["Fixtures"]),
        tests(of: "Lessons", uses: ["ForeignText"]),
        tests(of: "ForeignText"),
        tests(of: "TerminalCanvas"),
        tests(of: "CourseContent", uses: ["AttentionEngine", "ModelCatalog", "Lessons"]),
        tests(
            of: "CourseScreens",
            uses: [
                "AttentionEngine", "ModelCatalog", "Lessons", "CourseContent", "CourseSession",
                "CoursePlain", "CourseExport", "TerminalCanvas",
            ],
            exclude: ["Snapshots"]),
        tests(
            of: "headroom",
            uses: [
                "AttentionEngine", "LanguageModel", "CourseContent", "CourseSession",
                "CourseScreens",
            ],
            exclude: ["Fixtures"]),
        .testTarget(name: "ArchitectureTests", swiftSettings: strict),
    ] + fasterKernels + fuzzing
)
