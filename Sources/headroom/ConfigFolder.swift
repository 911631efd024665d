import AttentionEngine
import Foundation
import ModelCatalog
import ModelFiles

/// A `config.json` or `params.json`, or the one in a folder, with the weights beside it: a folder
/// is also a model's in the Hub's cache, or its id there, and "-" is standard input. The path is
/// returned as it was read. Throws as `reading` does.
func readConfig(
    _ named: String, _ environment: [String: String] = ProcessInfo.processInfo.environment
) throws -> (shape: ModelShape, path: String) {
    if named == "-" {
        let name = "standard input"
        let shape = try reading(name, opening: FileBytes.standardInput) {
            (bytes) throws(FileProblem) in
            try ConfigFile.shape(reading: bytes, name: name)
        }
        return (shape, name)
    }
    let exists = FileManager.default.fileExists(atPath: named)
    let path =
        try (exists ? HubCache.snapshot(inRoot: named) : HubCache(environment).snapshot(of: named))
        ?? named
    let isOwnFile = !isFolder(path)
    let folder = isOwnFile ? parent(of: path) : path
    var file = path
    if !isOwnFile {
        let names = ["config.json", "params.json"].map { joined(folder, $0) }
        file = names.first { access($0, F_OK) == 0 } ?? names[0]
    }
    let isNamed = !["config.json", "params.json"].contains(lastName(file))
    let name =
        isNamed
        ? withoutJSON(lastName(file))
        : HubCache.modelName(of: folder) ?? lastName(folder == "." ? file : folder)
    var problem: FileProblem?
    var beside: JSONValue?
    do throws(FileProblem) {
        beside = try present("hf_quant_config.json", in: folder) { (file) throws(FileProblem) in
            try JSONValue(parsing: file)
        }
    } catch { problem = error }
    var shape = try reading(file) { (bytes) throws(FileProblem) in
        try ConfigFile.shape(reading: bytes, beside: beside, name: printable(name))
    }
    if let problem {
        shape = shape.with(remark: printable("Not read: \(problem.description)."))
    }
    do {
        return (try weights(in: folder).map(shape.with(weights:)) ?? shape, file)
    } catch {
        return (
            shape.with(remark: printable("Its weights are not known: \(error.description).")), file
        )
    }
}

/// The weights that lie beside a config: those of an index of shards, or of a single file. Nil
/// where there are none; throws what is wrong with those that are there.
private func weights(in folder: String) throws(FileProblem) -> Weights? {
    let indexName = "model.safetensors.index.json"
    if let weights = try present(indexName, in: folder, sizeFromIndex) { return weights }
    return try present("model.safetensors", in: folder) { (file) throws(FileProblem) in
        Weights(
            size: ByteCount(try SafeTensors(file).dataSize), rule: "header of model.safetensors")
    }

    func sizeFromIndex(_ index: FileBytes) throws(FileProblem) -> Weights? {
        var isIncomplete = false
        do throws(FileProblem) {
            let shards = try ShardedTensors(index: index) { (name) throws(FileProblem) in
                let path = joined(folder, name)
                isIncomplete = access(path, F_OK) != 0
                return try FileBytes(path: path)
            }
            return Weights(
                size: ByteCount(shards.dataSize), rule: "headers of \(shards.shards.count) shards")
        } catch {
            // Shards that were not downloaded have no headers to read.
            guard isIncomplete else { throw error }
        }
        let json = try JSONValue(parsing: index)
        guard case .int(let size)? = json["metadata"]?["total_size"], (1...1 << 60).contains(size)
        else { throw FileProblem("has no total_size, and its shards are not all there") }
        return Weights(size: ByteCount(size), rule: "total_size of the index of shards")
    }
}

/// What `body` makes of a file of a folder; nil where there is none. Throws what is wrong with it,
/// behind its name.
private func present<T>(
    _ name: String, in folder: String, _ body: (FileBytes) throws(FileProblem) -> T?
) throws(FileProblem) -> T? {
    let path = joined(folder, name)
    guard access(path, F_OK) == 0 else { return nil }
    do throws(FileProblem) { return try body(try FileBytes(path: path)) } catch {
        throw FileProblem("\(name) \(error.description)")
    }
}

/// A file's name without the end that says what it is.
private func withoutJSON(_ name: String) -> String {
    name.hasSuffix(".json") && name != ".json" ? String(name.dropLast(5)) : name
}

/// The last part of a path.
func lastName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
}

/// The folder that a path lies in.
func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// A name in a folder.
func joined(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
}
