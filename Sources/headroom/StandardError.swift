import ArgumentParser
import AttentionEngine
import ModelFiles

#if canImport(Glibc)
    @preconcurrency import Glibc
#elseif canImport(Musl)
    @preconcurrency import Musl
#else
    @preconcurrency import Darwin
#endif

/// Writes to stderr, unbuffered. What cannot be written is dropped: there is nowhere left to say
/// so.
func writeError(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        let written = rest.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
        if written <= 0 { return }
        rest = rest.dropFirst(written)
    }
}

/// Writes a line on stderr, "headroom: …", in which nothing commands a terminal, and of which no
/// more is written than somebody reads: the middle is left out of what is longer than messages
/// are. No path is cut: between its slashes names are of 255 bytes at the most, and all of it of
/// 4,096.
func writeErrorLine(_ line: String) {
    let parts = printable("headroom: " + line)
        .split(separator: "/", omittingEmptySubsequences: false)
        .map { part in
            // A name has signs around it in a sentence.
            let words = part.split(separator: " ", omittingEmptySubsequences: false)
                .map { shortened($0, to: 280) }
            return shortened(words.joined(separator: " "), to: 1_023)
        }
    writeError(shortened(parts.joined(separator: "/"), to: 10_000) + "\n")
}

/// Says that standard output took not all that was printed, for ending with status 74.
func outputFailure(_ number: Int32) -> ExitCode {
    let problem = FileProblem.system(number == 0 ? EIO : number)
    writeErrorLine("the output cannot be written: \(problem.description)")
    return CommandStatus.outputNotWritten.code
}

/// Writes what was printed out; throws where that did not work, now or before.
func flushOutput() throws {
    errno = 0
    let isFlushed = fflush(stdout) == 0
    if !isFlushed || ferror(stdout) != 0 { throw outputFailure(errno) }
}

/// Ends the process with stdout flushed.
func exitProcess(_ status: Int32) -> Never { exit(status) }
