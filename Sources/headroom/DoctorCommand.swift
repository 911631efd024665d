import ArgumentParser
import AttentionEngine
import CourseContent
import CourseSession
import CursesTerminal
import Foundation
import ModelFiles
import TerminalCanvas

/// `headroom doctor`: what a report of a fault should say of machine, terminal and files.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Print what a bug report should say: version, machine, terminal, files.",
        discussion: """
            Nothing is changed and nothing is sent. Your home folder is written as ~.

            EXAMPLES
              headroom doctor
              headroom doctor > report.txt
            """)

    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        let report = DoctorReport(home: environment["HOME"])
        print(
            try report.lines(CourseFiles.load(folder: nil), environment).map(glyphs.printable)
                .joined(separator: "\n"))
    }

    private var glyphs: Glyphs { LineTerminal.glyphs(ascii: false) }
}

/// What `headroom doctor` prints, a fact a line.
struct DoctorReport {
    /// Replaced by "~" in paths, so that the report names nobody.
    let home: String?

    func lines(_ files: CourseFiles, _ environment: [String: String]) -> [String] {
        let facts: [(String, [String])] = [
            ("headroom", [build]), ("system", [system]), ("processors", [processors]),
            ("memory", [Machine.memory.both]), ("terminal", [terminal]),
            ("variables", [variables(environment)]), ("course", [course(files)]),
            ("progress", [progress(files)]), ("races", races), ("cache", [cache(environment)]),
            ("models", models(environment)),
        ]
        let width = (facts.map(\.0.count).max() ?? 0) + 2
        return facts.flatMap { name, values in
            values.enumerated().map { index, value in
                (index == 0 ? name : "").padded(to: width) + value
            }
        }
    }

    private var build: String {
        #if DEBUG
            let kind = "a debug build"
        #else
            let kind = "optimised"
        #endif
        return "\(HeadroomCommand.versionAndCommit), \(kind)"
    }

    private var system: String {
        var name = utsname()
        guard uname(&name) == 0 else { return "unknown" }
        func text<T>(_ field: T) -> String {
            withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        return "\(text(name.sysname)) \(text(name.release)), \(text(name.machine))"
    }

    private var processors: String {
        let all = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let usable = KernelBuild.allCases.filter(\.isUsable).map(\.rawValue)
        return "\(Machine.processors) of \(all) may be used; kernels: \(KernelBuild.best.rawValue)"
            + " (of \(usable.joined(separator: ", ")))"
    }

    private var terminal: String {
        let terminal = TerminalDescription()
        let kind =
            switch terminal.kind {
            case .usable: "can show the course"
            case .unknown: "unknown to ncurses: the course runs as text"
            case .unfit: "cannot place its cursor: the course runs as text"
            }
        let size = terminal.size.map { "\($0.width)x\($0.height)" } ?? "output is no terminal"
        return "\(terminal.type ?? "TERM is not set"), \(size), \(terminal.colours) colours, "
            + "\(terminal.hasUTF8 ? "UTF-8" : "ASCII"), \(kind)"
    }

    /// What is set of that which the program asks for, by name.
    private func variables(_ environment: [String: String]) -> String {
        let names = [
            "LC_ALL", "LC_CTYPE", "LANG", "COLORFGBG", "COLORTERM", "NO_COLOR", "TERM_PROGRAM",
            "TMUX", "STY", "ESCDELAY", "XDG_STATE_HOME", "XDG_CACHE_HOME", "HEADROOM_LESSONS",
            "HEADROOM_PLAIN",
            "HEADROOM_GGUF", "HF_HOME", "HF_HUB_CACHE", "LLAMA_CACHE",
            "OLLAMA_MODELS", "EDITOR", "VISUAL",
        ]
        let set = names.compactMap { name in
            environment[name].map { "\(name)=\(shown(String($0.prefix(80))))" }
        }
        return set.isEmpty ? "none set" : set.joined(separator: " ")
    }

    private func course(_ files: CourseFiles) -> String {
        let course = files.course
        let place = files.folder.map { "in \(shown($0))" } ?? "built in"
        let steps = course.lessons.reduce(0) { $0 + $1.steps.count }
        return "\(place): \(counted(course.lessons.count, "lesson")), \(counted(steps, "step"))"
    }

    private func progress(_ files: CourseFiles) -> String {
        let file = ProgressFile(files)
        return file.isKept ? state(of: file.name) : ProgressFile.noPlace
    }

    private var races: [String] {
        let files = RaceStore().files
        return files.isEmpty ? ["none trained here"] : files.map(state)
    }

    private func cache(_ environment: [String: String]) -> String {
        guard let folder = UserFolder.cache(environment) else { return "no place for it" }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let bytes = names.prefix(1_000).reduce(0) { $0 + (size(of: joined(folder.path, $1)) ?? 0) }
        return "\(shown(folder.path)): \(counted(names.count, "file")), "
            + "\(ByteCount(bytes).decimal), \(writing(folder.path))"
    }

    private func models(_ environment: [String: String]) -> [String] {
        let here = FileManager.default.currentDirectoryPath
        let (files, isCut) = ModelSearch(environment, folder: here).run { _ in true }
        let runs = files.count { $0.obstacle == nil }
        return [
            "\(counted(files.count, "GGUF file")) found\(isCut ? " so far" : ""), \(runs) can be run"
        ]
            + files.prefix(10).map { "\(shown($0.shownPath)): \($0.facts)" }
            + (files.count > 10 ? ["and \(files.count - 10) more"] : [])
    }

    // MARK: Files

    /// A file's path, its size, and whether it can be written.
    private func state(of path: String) -> String {
        let size = size(of: path).map { ByteCount($0).decimal } ?? "not there yet"
        return "\(shown(path)): \(size), \(writing(path))"
    }

    private func size(of path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    /// Of what is not there, whether it can be made where it would be.
    private func writing(_ path: String) -> String {
        var (place, isMissing) = (path, false)
        while size(of: place) == nil, place.count > 1 {
            (place, isMissing) = ((place as NSString).deletingLastPathComponent, true)
        }
        // A slash behind its name asks for a folder.
        let problem =
            access(isMissing ? place + "/" : place, W_OK) == 0 ? nil : FileProblem.system(errno)
        return problem.map { "cannot be written: \($0.description)" } ?? "can be written"
    }

    private func shown(_ text: String) -> String {
        guard let home, home.count > 1 else { return text }
        let parts = text.components(separatedBy: home)
        // What only begins alike, as a longer name does, is another folder.
        return parts.dropFirst().reduce(parts[0]) { before, rest in
            let isWhole = rest.first.map { !($0.isLetter || $0.isNumber || "-_.".contains($0)) }
            return before + (isWhole ?? true ? "~" : home) + rest
        }
    }
}
