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
/// What the file loses meanwhile reads as zeros, and `isWhole` says so. 64 in a process.
struct MappedFile: @unchecked Sendable {
    /// The file's bytes.
    let bytes: UnsafeRawBufferPointer
    private let file: OpenFile

    /// Throws why the file cannot be opened or mapped.
    init(path: String) throws(FileProblem) {
        let file = try OpenFile(path: path)
        guard file.count > 0 else { throw FileProblem("is empty; a model was expected") }
        guard let start = mapFile(file.descriptor, file.count) else { throw .system(errno) }
        bytes = UnsafeRawBufferPointer(start: start, count: file.count)
        self.file = file
    }

    /// Whether all that was read so far was there. A file that ends within its last page leaves
    /// zeros behind its end without a signal: its length is asked for, too.
    var isWhole: Bool {
        var status = stat()
        return mappedFileHasGap(bytes.baseAddress) == 0 && fstat(file.descriptor, &status) == 0
            && Int(status.st_size) >= bytes.count
    }
}
