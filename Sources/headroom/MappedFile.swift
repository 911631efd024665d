import CMappedFile
import ModelFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A regular file in memory as it lies on the disk, for as long as the program runs.
///
/// What the file loses meanwhile reads as zeros, and `isWhole` says so. One in a process.
struct MappedFile: @unchecked Sendable {
    /// The file's bytes.
    let bytes: UnsafeRawBufferPointer

    /// Throws why the file cannot be opened or mapped.
    init(path: String) throws(FileProblem) {
        let file = try OpenFile(path: path)
        guard file.count > 0 else { throw FileProblem("is empty; a model was expected") }
        guard let start = mapFile(file.descriptor, file.count) else { throw .system(errno) }
        bytes = UnsafeRawBufferPointer(start: start, count: file.count)
    }

    /// Whether all that was read so far was there.
    var isWhole: Bool { mappedFileHasGap() == 0 }
}
