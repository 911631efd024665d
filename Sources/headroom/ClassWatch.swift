import AttentionEngine
import CourseSession
import CursesTerminal
import Synchronization

/// What the students of a class answer, read whenever it is another.
final class ClassWatch: Sendable {
    private struct State {
        var newest: ClassAnswers?
        var isNew = false
    }

    private let state = Mutex(State())

    /// How long it takes until a student counts as gone who left without a word, at the longest.
    private static let interval = Duration.seconds(5)

    /// Wakes the course whenever a student has answered, come or gone, from now on; nil where the
    /// system gives no thread for it.
    init?(beside file: String, waker: Waker) {
        let isWatched = startThread { [self] in
            guard let path = try? endOfLinks(of: file) + ".answers" else { return }
            let changes = FolderChanges(of: path, quiet: .milliseconds(200)) {
                $0.hasSuffix(".json")
            }
            var known: [String: AnswersFolder.Known] = [:]
            while true {
                if look(file, &known) { waker.wake() }
                changes.wait(atMost: Self.interval)
            }
        }
        if !isWatched { return nil }
    }

    /// What is there now, if nobody has taken it yet.
    func news() -> ClassAnswers? {
        state.withLock { state in
            defer { state.isNew = false }
            return state.isNew ? state.newest : nil
        }
    }

    /// Whether there is something new. Where the folder cannot be read, nothing is.
    private func look(_ file: String, _ known: inout [String: AnswersFolder.Known]) -> Bool {
        guard let folder = try? AnswersFolder(beside: file),
            let answers = try? folder.read(known: &known)
        else { return false }
        return state.withLock { state in
            guard state.newest != answers else { return false }
            (state.newest, state.isNew) = (answers, true)
            return true
        }
    }
}
