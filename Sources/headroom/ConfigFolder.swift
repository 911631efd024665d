import AttentionEngine
import Foundation
import ModelCatalog
import ModelFiles

/// A `config.json`, or the one in a folder, with the weights beside it; its path is returned as it
/// was read. Throws as `reading` does.
func readConfig(_ path: String) throws -> (shape: ModelShape, path: String) {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    let folder = exists && isFolder.boolValue ? path : parent(of: path)
    let file = exists && isFolder.boolValue ? joined(path, "config.json") : path
    let name = lastName(folder == "." ? file : folder)
    let shape = try reading(file) { (bytes) throws(FileProblem) in
        try ConfigFile.shape(of: JSONValue(parsing: bytes), name: printable(name))
    }
    return (try weights(in: folder).map(shape.with(weights:)) ?? shape, file)
}

/// The weights that lie beside a config: those of an index of shards, or of a single file. Nil
/// where there are none, or where what is there is not whole.
private func weights(in folder: String) throws -> Weights? {
    let index = joined(folder, "model.safetensors.index.json")
    if let file = try? FileBytes(path: index) {
        let shards = try? ShardedTensors(index: file) { (name) throws(FileProblem) in
            try FileBytes(path: joined(folder, name))
        }
        if let shards {
            return Weights(
                size: ByteCount(shards.dataSize), rule: "headers of \(shards.shards.count) shards")
        }
        // Shards that were not downloaded have no headers to read.
        guard let json = try? JSONValue(parsing: file),
            case .int(let size)? = json["metadata"]?["total_size"], (1...1 << 60).contains(size)
        else { return nil }
        return Weights(size: ByteCount(size), rule: "total_size of the index of shards")
    }
    guard let file = try? FileBytes(path: joined(folder, "model.safetensors")),
        let tensors = try? SafeTensors(file)
    else { return nil }
    return Weights(size: ByteCount(tensors.dataSize), rule: "header of model.safetensors")
}

/// The last part of a path.
func lastName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
}

private func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}

private func joined(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
}
