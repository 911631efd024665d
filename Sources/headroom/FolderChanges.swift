import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The changes of a folder's files, waited for one after the other.
///
/// On Linux the kernel tells of them and nothing is looked at meanwhile; elsewhere the folder is
/// looked at once a second. Files changed by another machine on a shared folder are not told of.
struct FolderChanges {
    #if os(Linux)
        private let descriptor: Int32

        /// nil where the folder cannot be watched.
        init?(of folder: String) {
            descriptor = inotify_init1(Int32(IN_CLOEXEC))
            // Editors write a file in place and close it, or beside and rename it.
            let events = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE
            guard descriptor >= 0, inotify_add_watch(descriptor, folder, UInt32(events)) >= 0
            else { return nil }
        }

        /// Returns when something has changed, and nothing more for a moment: an editor takes
        /// several steps to write a file, between which there may be none.
        mutating func wait() {
            var patience: Int32 = -1
            var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            while true {
                let count = poll(&watched, 1, patience)
                if count == 0 { return }
                if count < 0 { continue }
                withUnsafeTemporaryAllocation(byteCount: 4_096, alignment: 8) { buffer in
                    _ = read(descriptor, buffer.baseAddress, buffer.count)
                }
                patience = 50
            }
        }
    #else
        private let folder: URL
        private var version: [URL: Date]

        init?(of folder: String) {
            self.folder = URL(fileURLWithPath: folder)
            version = [:]
            version = look()
        }

        mutating func wait() {
            repeat { Thread.sleep(forTimeInterval: 1) } while look() == version
            version = look()
        }

        private func look() -> [URL: Date] {
            let files = try? FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: [.contentModificationDateKey])
            let dates = (files ?? []).map { file in
                let values = try? file.resourceValues(forKeys: [.contentModificationDateKey])
                return (file, values?.contentModificationDate ?? .distantPast)
            }
            return Dictionary(dates) { first, _ in first }
        }
    #endif
}
