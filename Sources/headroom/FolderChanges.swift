import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The changes of some of a folder's files, waited for one after the other.
///
/// On Linux the kernel tells of them, and nothing is looked at meanwhile; of links it is asked at
/// their targets, too. Where it cannot tell (a folder that is gone, no watches left), and on other
/// systems, every second may have brought a change: who waits looks for themselves. Files changed
/// by another machine on a shared folder are told of by nobody.
final class FolderChanges {
    #if os(Linux)
        private let folder: String
        private let quiet: Duration
        private let matters: (String) -> Bool
        /// Below zero where there is none.
        private(set) var descriptor: Int32
        /// The kernel's number for each folder that it watches.
        private var numbers: [String: Int32] = [:]
        /// In each folder to be watched, the targets of links; the folder itself is among them.
        private var targets: [String: Set<String>] = [:]

        /// The folder is watched from now on, as soon as it is there.
        ///
        /// - Parameters:
        ///   - quiet: how long nothing more must have happened: editors take several steps to
        ///     write a file.
        ///   - matters: whether a file of this name is of interest.
        init(of folder: String, quiet: Duration, matters: @escaping (String) -> Bool) {
            self.folder = folder
            self.quiet = quiet
            self.matters = matters
            descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
            watch()
        }

        deinit { if descriptor >= 0 { close(descriptor) } }

        /// Returns when something may have changed and then nothing more for a moment, a second
        /// after the first change at the latest; or when the time is over.
        func wait(atMost limit: Duration? = nil) {
            let second = Duration.seconds(1)
            guard descriptor >= 0 else { return sleep(min(limit ?? second, second)) }
            let isBlind = targets.keys.contains { numbers[$0] == nil }
            let longest = isBlind ? min(limit ?? second, second) : limit
            let over = longest.map { ContinuousClock.now + $0 }
            repeat {
                // Much may happen that is of no interest.
                guard isReady(by: over), over.map({ .now < $0 }) ?? true else {
                    // What is missing may be there now.
                    if isBlind { watch() }
                    return
                }
            } while !take() && descriptor >= 0
            var last = ContinuousClock.now
            let end = last + second
            while descriptor >= 0, isReady(by: min(last + quiet, end)), .now < end {
                if take() { last = .now }
            }
            watch()
        }
    #else
        init(of folder: String, quiet: Duration, matters: @escaping (String) -> Bool) {}

        func wait(atMost limit: Duration? = nil) {
            sleep(min(limit ?? .seconds(1), .seconds(1)))
        }
    #endif

    private func sleep(_ duration: Duration) {
        Thread.sleep(forTimeInterval: duration / .seconds(1))
    }
}

#if os(Linux)
    extension FolderChanges {
        /// Editors write a file in place and close it, or beside and rename it.
        private static let events =
            UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ATTRIB)
            | UInt32(IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

        /// Has the kernel watch the folder, and those in which the targets of its links lie, as
        /// they are now.
        private func watch() {
            guard descriptor >= 0 else { return }
            findTargets()
            for (path, number) in numbers where targets[path] == nil {
                inotify_rm_watch(descriptor, number)
                numbers[path] = nil
            }
            for path in targets.keys {
                let number = inotify_add_watch(descriptor, path, Self.events)
                numbers[path] = number < 0 ? nil : number
            }
        }

        private func findTargets() {
            let files = FileManager.default
            targets = [folder: []]
            let here = URL(fileURLWithPath: folder)
            let names = ((try? files.contentsOfDirectory(atPath: folder)) ?? []).filter(matters)
            if (try? files.destinationOfSymbolicLink(atPath: here.path)) != nil {
                let parent = here.deletingLastPathComponent().path
                targets[parent, default: []].insert(here.lastPathComponent)
            }
            for start in [here] + names.map({ here.appending(path: $0) }) {
                var link = start
                // Each link of a chain may be led elsewhere; a ring of them has no end.
                for _ in 0..<40 {
                    guard let next = try? files.destinationOfSymbolicLink(atPath: link.path)
                    else { break }
                    link = URL(fileURLWithPath: next, relativeTo: link.deletingLastPathComponent())
                    let parent = link.deletingLastPathComponent().path
                    targets[parent, default: []].insert(link.lastPathComponent)
                }
            }
        }

        /// Waits for the kernel to have something to tell; false where the time is over first.
        private func isReady(by end: ContinuousClock.Instant?) -> Bool {
            while true {
                let left = end.map { max(.zero, ContinuousClock.now.duration(to: $0)) }
                let patience = left.map { Int32(($0 / .milliseconds(1)).rounded(.up)) } ?? -1
                var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                let count = poll(&watched, 1, patience)
                if count >= 0 { return count > 0 }
                guard errno == EINTR else {
                    giveUp()
                    return true
                }
            }
        }

        /// Takes what the kernel tells; whether any of it is of interest.
        private func take() -> Bool {
            withUnsafeTemporaryAllocation(byteCount: 4_096, alignment: 8) { buffer in
                let count = read(descriptor, buffer.baseAddress, buffer.count)
                guard count > 0 else {
                    // Asked again at once, it would fail for ever.
                    if count == 0 || (errno != EAGAIN && errno != EINTR) { giveUp() }
                    return false
                }
                var isOfInterest = false
                var rest = UnsafeRawBufferPointer(rebasing: buffer[..<count])
                let header = MemoryLayout<inotify_event>.size
                while rest.count >= header {
                    let event = rest.load(as: inotify_event.self)
                    let end = min(rest.count, header + Int(event.len))
                    let name = String(
                        decoding: rest[header..<end].prefix { $0 != 0 }, as: UTF8.self)
                    if take(event, name) { isOfInterest = true }
                    rest = UnsafeRawBufferPointer(rebasing: rest[end...])
                }
                return isOfInterest
            }
        }

        private func take(_ event: inotify_event, _ name: String) -> Bool {
            // Too much happened to be told.
            if event.mask & UInt32(IN_Q_OVERFLOW) != 0 { return true }
            let paths = numbers.filter { $0.value == event.wd }.keys
            let isGone = event.mask & UInt32(IN_IGNORED | IN_MOVE_SELF) != 0
            for path in paths where isGone { numbers[path] = nil }
            // What was moved away is still told of, though another may take its place.
            if isGone, event.mask & UInt32(IN_IGNORED) == 0 {
                inotify_rm_watch(descriptor, event.wd)
            }
            return paths.contains { path in
                isGone || path == folder && matters(name) || targets[path]?.contains(name) == true
            }
        }

        private func giveUp() {
            close(descriptor)
            descriptor = -1
        }
    }
#endif
