import AttentionEngine

/// The header of a GGUF file: its metadata and where its tensors lie, never the tensors themselves.
///
/// Versions 1 (32-bit lengths), 2 (64-bit lengths) and 3 (the same in either byte order) of the
/// format, as github.com/ggml-org/ggml/blob/master/docs/gguf.md describes them.
package struct GGUFHeader: Hashable, Sendable {
    /// The format's version, 1 to 3.
    package let version: Int
    /// Whether the most significant byte comes first, which only version 3 may have.
    package let isBigEndian: Bool
    /// The tensors by their names, as many as there are.
    let tensors: [String: GGUFTensor]
    /// The values by their keys. Texts and lists too long to say something about a model's shape
    /// (vocabularies) are left out.
    let metadata: [String: JSONValue]
    /// Where in the file each value begins, behind its type.
    let places: [String: Int]
    /// Where in the file the tensors' bytes begin.
    let tensorStart: Int
    /// The bytes behind the header, which are the tensors'; nil where the file ends before the last
    /// of them begins.
    let tensorBytes: Int?

    /// The keys of lists and texts that are too long to be kept.
    let passedOver: Set<String>

    /// Lists longer than this are vocabularies.
    static let longestList = 16_384
    /// Texts longer than this are licences and templates, in bytes.
    static let longestText = 4096

    /// Reads a header. Throws where the file is none, is cut off or holds more than a model's would
    /// (`GGUFBudget`). Cost: O(the header), in pieces of 64 KiB; no memory is taken on the file's
    /// word.
    package init(reading file: FileBytes) throws(FileProblem) {
        guard file.count > 0 else { throw FileProblem("is empty; a GGUF file was expected") }
        guard file.count >= 24, try file.read(0..<4) == Array("GGUF".utf8) else {
            throw FileProblem("is not a GGUF file: it does not begin with GGUF and a whole header")
        }
        var cursor = GGUFCursor(file: file, position: 4)
        var version = try cursor.whole(bytes: 4)
        // A version is small, so its bytes say in which order they stand.
        if version & 0xFFFF == 0 {
            cursor.isBigEndian = true
            version = version.byteSwapped >> 32
        }
        guard (1...3).contains(version) else {
            throw FileProblem("is GGUF version \(version); versions 1, 2 and 3 are supported")
        }
        cursor.lengthBytes = version == 1 ? 4 : 8
        // A tensor's entry has a name, a count of dimensions, a type and an offset; a value a key,
        // a type and a byte.
        let tensors = try cursor.count("tensors", atLeast: cursor.lengthBytes + 16)
        let values = try cursor.count("values", atLeast: cursor.lengthBytes + 5)
        var metadata: [String: JSONValue] = [:]
        var places: [String: Int] = [:]
        for _ in 0..<values {
            let key = try cursor.text("a key", atMost: 65_535)
            try cursor.budget.keepEntry(of: key.utf8.count)
            let type = try cursor.whole(bytes: 4)
            let place = cursor.position
            let value = try cursor.value(
                type: type, key: key, longestText: Self.longestText, longestList: Self.longestList)
            if metadata.updateValue(value ?? .null, forKey: key) != nil {
                throw FileProblem("holds the key \(plainText(key)) twice")
            }
            places[key] = place
        }
        self.version = Int(version)
        isBigEndian = cursor.isBigEndian
        self.metadata = metadata.filter { $0.value != .null }
        passedOver = Set(metadata.lazy.filter { $0.value == .null }.map(\.key))
        self.places = places
        self.tensors = try cursor.tensors(tensors)
        var alignment = 32
        if case .int(let own)? = metadata["general.alignment"] {
            guard (1...1 << 20).contains(own) else {
                throw FileProblem("general.alignment is \(own), which is not an alignment")
            }
            alignment = own
        }
        let start = (cursor.position + alignment - 1) / alignment * alignment
        let last = self.tensors.values.map(\.offset).max()
        tensorStart = start
        tensorBytes = last.map { start + $0 < file.count } == true ? file.count - start : nil
    }
}

/// Where a tensor lies and what it is.
struct GGUFTensor: Hashable, Sendable {
    /// Its extents, the one whose numbers are neighbours first.
    let dimensions: [Int]
    /// The number of its format.
    let type: UInt32
    /// Bytes from the first tensor's.
    let offset: Int
}
