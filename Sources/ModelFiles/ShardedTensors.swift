import AttentionEngine

/// Weights in several safetensors files, with the index that says which tensor is in which:
/// `model.safetensors.index.json`.
package struct ShardedTensors: Sendable {
    /// The files by name, as the index lists them.
    package let shards: [String: SafeTensors]
    /// `metadata.total_size` where the index gives one. It is anyone's word.
    package let declaredSize: Int?

    /// Bytes of all tensors in all files.
    package var dataSize: Int { shards.values.reduce(0) { $0 + $1.dataSize } }

    /// Reads the index and the header of every file that it lists; `open` gives the file of a
    /// name, which is a plain one without folders. Throws what is wrong with the index, or with a
    /// file under its name, and where the index names a tensor that its file does not have.
    package init(
        index: FileBytes, open: (String) throws(FileProblem) -> FileBytes
    ) throws(FileProblem) {
        guard index.count <= JSONValue.longestText else {
            throw FileProblem("is \(index.count) bytes long, too long for an index")
        }
        let json = try JSONValue(parsing: index)
        guard case .object(let map)? = json["weight_map"], !map.isEmpty else {
            throw FileProblem("has no 'weight_map' that says where the tensors are")
        }
        var shards: [String: SafeTensors] = [:]
        var headers = 0
        for (tensor, place) in map.sorted(by: { $0.key < $1.key }) {
            guard case .string(let name) = place, Self.isPlain(name) else {
                throw FileProblem("places '\(shortened(tensor))' in no file of this folder")
            }
            if shards[name] == nil {
                do {
                    let shard = try SafeTensors(try open(name))
                    headers += shard.headerSize
                    shards[name] = shard
                } catch {
                    throw FileProblem("lists '\(shortened(name))': \(error.description)")
                }
                // Links could make a thousand of one.
                guard headers <= SafeTensors.longestHeader else {
                    throw FileProblem(
                        "lists files whose headers are together longer than "
                            + "\(SafeTensors.longestHeader) bytes")
                }
            }
            guard shards[name]?.tensors[tensor] != nil else {
                throw FileProblem(
                    "places '\(shortened(tensor))' in '\(shortened(name))', which has no such tensor"
                )
            }
        }
        self.shards = shards
        declaredSize =
            switch json["metadata"]?["total_size"] {
            case .int(let size)?: size
            case .double(let size)?: Int(exactly: size)
            default: nil
            }
    }

    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name != "." && name != ".." && !name.contains("/")
            && !name.utf8.contains(0)
    }
}
