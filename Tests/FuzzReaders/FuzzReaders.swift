import Foundation

/// What fuzzing gives bytes to: a reader of files that anyone may have written, and what the
/// program does with what was read. HEADROOM_READER names it.
///
/// `.ci/fuzz` builds and runs this program; nobody else's build has it.
enum Reader: String, CaseIterable {
    /// A model's `config.json`.
    case config
    /// A GGUF file: its shape, and the model in it.
    case gguf
    /// A safetensors file, or an index of several.
    case safetensors
    /// A lesson: parsed, prepared, linted and written again.
    case lesson
    /// A lesson on screens, as the whole linter has it.
    case screens
    /// `progress.json`.
    case progress
    /// What `--share` writes.
    case share
    /// `race.json`.
    case race

    static let chosen: Reader = {
        let name = ProcessInfo.processInfo.environment["HEADROOM_READER"] ?? ""
        guard let reader = Reader(rawValue: name) else {
            let names = allCases.map(\.rawValue).joined(separator: ", ")
            fatalError("HEADROOM_READER is '\(name)'; the readers are \(names)")
        }
        return reader
    }()

    func read(_ bytes: [UInt8]) {
        switch self {
        case .config: readConfig(bytes)
        case .gguf: readGGUF(bytes)
        case .safetensors: readTensors(bytes)
        case .lesson: readLesson(bytes)
        case .screens: readScreens(bytes)
        case .progress: readProgress(bytes)
        case .share: readShare(bytes)
        case .race: readRace(bytes)
        }
    }
}

/// What libFuzzer calls, once for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let begin = ownTime
    Reader.chosen.read(bytes)
    demand(ownTime - begin < mostTime, "\(count) bytes took \(ownTime - begin) nanoseconds")
    return 0
}

/// More is a find. libFuzzer's own limit counts the time of other programs, too.
private let mostTime: UInt64 = 5_000_000_000

/// This thread's own time, in nanoseconds.
private var ownTime: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// Ends the process where something does not hold, which is a find.
func demand(_ holds: Bool, _ what: @autoclosure () -> String) {
    if !holds { fatalError(what()) }
}

/// What a reader says is wrong with a file must be one line that commands no terminal.
func demandOneLine(_ problem: some Error) {
    let text = "\(problem)"
    demand(
        !text.isEmpty && text.utf8.count < 2_000 && !text.contains(where: \.isNewline),
        "a problem that is no line: \(text.debugDescription)")
}
