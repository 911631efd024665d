import Testing

/// What each target may import: the standard library comes by itself, everything else is named.
/// Siblings are those of Package.swift's table; the rest are packages and the system's modules.
private let allowedImports: [String: Set<String>] = [
    // Threads and locks come from the system; numbers from kernels of our own.
    "AttentionEngine": [
        "RecallKernels", "AttentionKernels", "AttentionKernelsAVX2", "AttentionKernelsAVX512",
        "CAttentionKernels", "Synchronization", "Glibc", "Musl", "Darwin",
    ],
    "RecallKernels": [],
    "AttentionKernels": ["CAttentionKernels"],
    "AttentionKernelsAVX2": ["CAttentionKernels"],
    "AttentionKernelsAVX512": ["CAttentionKernels"],
    "CAttentionKernels": [],
    "ForeignText": [],
    "TerminalCanvas": ["ForeignText"],
    "ModelCatalog": ["AttentionEngine"],
    "LanguageModel": [
        "AttentionEngine", "AttentionKernels", "AttentionKernelsAVX2", "CAttentionKernels",
        "Glibc", "Musl", "Darwin",
    ],
    "ModelFiles": [
        "AttentionEngine", "ModelCatalog", "LanguageModel", "ForeignText", "Foundation",
    ],
    "Lessons": ["Yams", "ForeignText"],
    "CourseContent": [
        "AttentionEngine", "ModelCatalog", "Lessons", "ForeignText", "Synchronization",
    ],
    "CourseSession": [
        "AttentionEngine", "ModelCatalog", "Lessons", "ForeignText", "CourseContent",
        "Synchronization",
    ],
    "CourseScreens": [
        "AttentionEngine", "ModelCatalog", "Lessons", "CourseContent", "CourseSession",
        "TerminalCanvas",
    ],
    "CoursePlain": [
        "AttentionEngine", "ModelCatalog", "Lessons", "ForeignText", "CourseContent",
        "CourseSession", "TerminalCanvas",
    ],
    "CourseExport": [
        "AttentionEngine", "ModelCatalog", "Lessons", "CourseContent", "CourseSession",
        "CourseScreens", "CoursePlain", "TerminalCanvas",
    ],
    "CursesTerminal": ["TerminalCanvas", "CNcurses", "Glibc", "Musl", "Darwin"],
    "CNcurses": [],
    "CMappedFile": [],
    "CArguments": [],
    "headroom": [
        "AttentionEngine", "LanguageModel", "ModelCatalog", "ModelFiles", "CMappedFile",
        "CArguments", "Lessons", "ForeignText", "TerminalCanvas", "CourseContent", "CourseSession",
        "CourseScreens", "CoursePlain", "CourseExport", "CursesTerminal", "ArgumentParser",
        "Foundation", "Synchronization", "Glibc", "Musl", "Darwin",
    ],
    "embed-lessons": ["Foundation"],
    "EmbedLessons": ["PackagePlugin", "Foundation"],
]

@Suite("The borders of the architecture")
struct ArchitectureTests {
    @Test("sources are found where they are looked for")
    func sourcesFound() {
        // Those that are written in C, or are a link, have no Swift file of their own.
        let others: Set = [
            "CAttentionKernels", "CNcurses", "CMappedFile", "CArguments", "AttentionKernelsAVX2",
        ]
        #expect(
            Set(Repository.sources.map(\.target))
                == Set(allowedImports.keys).subtracting(others))
        #expect(Repository.package.hasPrefix("// swift-tools-version: 6.1\n"))
    }

    @Test("every target imports only what lies on its side of the borders")
    func importsWithinBorders() {
        for file in Repository.sources {
            let allowed = allowedImports[file.target]
            #expect(allowed != nil, "\(file.path): the target is not in the table")
            #expect(file.imports.subtracting(allowed ?? []) == [], "\(file.path)")
        }
    }

    @Test("only CursesTerminal knows ncurses")
    func onlyCursesTerminalKnowsNcurses() {
        let knowing = Repository.sources.filter { $0.imports.contains("CNcurses") }.map(\.target)
        #expect(Set(knowing) == ["CursesTerminal"])
    }

    @Test("every import of a sibling is a dependency that Package.swift declares")
    func siblingsDeclared() throws {
        let declared = try PackageTable(Repository.package)
        let siblings = Set(declared.dependencies.keys)
        #expect(siblings.isSuperset(of: ["CourseScreens", "headroom", "AttentionEngine"]))
        for file in Repository.sources {
            guard let own = declared.dependencies[file.target] else { continue }
            #expect(file.imports.intersection(siblings).subtracting(own) == [], "\(file.path)")
        }
    }
}

@Suite("Every source file")
struct SourceStyleTests {
    @Test("is no longer than 350 lines", arguments: ["Sources", "Tests"])
    func notTooLong(folder: String) {
        let long = Repository.files(in: folder).filter { $0.lines.count > 351 }.map(\.path)
        #expect(long == [])
    }

    @Test("has no line of comment longer than 100 characters")
    func noLongComment() {
        let headers = Repository.files(in: "Sources", endingIn: [".h", ".c"])
        let long = (Repository.sources + Repository.tests + headers).flatMap { file in
            file.lines.enumerated().filter { _, line in
                line.count > 100 && line.drop { $0 == " " }.hasPrefix("//")
            }.map { "\(file.path):\($0.offset + 1)" }
        }
        #expect(long == [])
    }

    @Test("holds no note of work left to do")
    func noWorkLeft() {
        // Spelled in halves, so that this file does not find itself.
        let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X:"]
        for file in Repository.sources + Repository.tests {
            #expect(marks.filter { file.text.contains($0) } == [], "\(file.path)")
        }
    }
}
