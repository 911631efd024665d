import AttentionEngine
import CourseSession
import CursesTerminal
import Foundation
import ModelFiles
import Synchronization

/// Looks for models' files and opens them beside the course, on a thread of its own each: disks may
/// be slow, and files large.
final class OwnModels: Sendable {
    private let waker: Waker
    private let search: ModelSearch
    private let state = Mutex(State())

    private struct State {
        var news: [ModelNews] = []
        /// The searches begun; an older one than the last ends.
        var searches = 0
    }

    init(
        waker: Waker,
        search: ModelSearch = ModelSearch(
            ProcessInfo.processInfo.environment, folder: FileManager.default.currentDirectoryPath)
    ) {
        self.waker = waker
        self.search = search
    }

    /// What there is to tell since this was asked for last.
    func news() -> [ModelNews] {
        state.withLock { state in
            defer { state.news = [] }
            return state.news
        }
    }

    private func tell(_ news: ModelNews) {
        state.withLock { state in
            // Of what was found only the newest counts.
            if case .found = news {
                state.news.removeAll { if case .found = $0 { true } else { false } }
            }
            state.news.append(news)
        }
        waker.wake()
    }

    private static let threadless = "cannot be opened: no thread could be started"

    /// Looks for files, in place of a search that is under way.
    func look() {
        let number = state.withLock { state in
            state.searches += 1
            return state.searches
        }
        let isStarted = startThread { [self] in
            let isNewest = { self.state.withLock { $0.searches == number } }
            let (files, isCut) = search.run { files in
                guard isNewest() else { return false }
                tell(.found(files, isOver: false, isCut: false))
                return true
            }
            if isNewest() { tell(.found(files, isOver: true, isCut: isCut)) }
        }
        if !isStarted { tell(.found([], isOver: true, isCut: true)) }
    }

    /// Opens a file.
    func open(_ file: ModelFile) {
        let isStarted = startThread { [self] in
            do throws(FileProblem) {
                let model = try OpenModel(opening: file.path)
                tell(.opened(file, LiveModelOptions.live(model)))
            } catch {
                tell(.refused(file, printable(error.description)))
            }
        }
        if !isStarted { tell(.refused(file, Self.threadless)) }
    }

    /// Ends the search under way.
    func stop() { state.withLock { $0.searches += 1 } }
}
