import ArgumentParser
import Foundation
import ModelCatalog
import ModelFiles

/// Where a model is, as somebody named it without saying what that is.
enum ModelPlace {
    /// One of the catalogue.
    case model(Model)
    /// A config.json, a folder with one, or standard input.
    case config(String)
    /// A GGUF file.
    case gguf(String)

    /// A file or folder where there is one of that name, else one in the Hub's cache by its owner
    /// and name, else a model of the catalogue. Throws a bad argument where it is none of them.
    init(_ name: String, _ environment: [String: String]) throws {
        if name.contains("/"), !FileManager.default.fileExists(atPath: name),
            let snapshot = HubCache(environment).snapshot(of: name)
        {
            self = Self.inSnapshot(snapshot)
        } else if name != "-", let model = Catalog.model(id: name),
            !FileManager.default.fileExists(atPath: name)
        {
            self = .model(model)
        } else if name == "-" || FileManager.default.fileExists(atPath: name) {
            self = name.lowercased().hasSuffix(".gguf") ? .gguf(name) : .config(name)
        } else if let snapshot = HubCache(environment).snapshot(of: name) {
            self = Self.inSnapshot(snapshot)
        } else if name.contains("/") || name.contains(".json") || name.contains(".gguf") {
            throw ValidationError(
                "'\(printable(name))' is no file here, no model of 'headroom models' and none in "
                    + "the Hugging Face cache")
        } else {
            self = .model(try catalogueModel(name))
        }
    }

    /// A snapshot without a config may hold a GGUF file: its only one, or the first part.
    private static func inSnapshot(_ folder: String) -> ModelPlace {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let files = names.filter { $0.hasSuffix(".gguf") }.sorted()
        guard !names.contains("config.json"), !names.contains("params.json"),
            let first = files.first, files.count == 1 || first.contains("-00001-of-")
        else { return .config(folder) }
        return .gguf(joined(folder, first))
    }
}

/// The shape of a GGUF file, of whose model it may be the first part: the weights of all parts are
/// summed where they lie beside it. Throws as `reading` does.
func readGGUF(_ path: String) throws -> ModelShape {
    let name = printable(HubCache.modelName(of: parent(of: path)) ?? lastName(path))
    return try reading(path) { (file) throws(FileProblem) in
        let header = try GGUFHeader(reading: file)
        var others: [GGUFHeader] = []
        for part in otherParts(of: path) {
            // A part that is not there, or is no part, leaves the weights unknown.
            guard let file = try? FileBytes(path: part),
                let header = try? GGUFHeader(reading: file)
            else { break }
            others.append(header)
        }
        return try GGUFModel.shape(of: header, others: others, name: name)
    }
}

/// The files of a split model's other parts, by the name of its first:
/// "name-00001-of-00003.gguf".
private func otherParts(of path: String) -> [String] {
    let start = "-00001-of-"
    let end = ".gguf"
    let bytes = Array(path.utf8)
    let tail = start.utf8.count + 5 + end.utf8.count
    guard bytes.count > tail, path.hasSuffix(end),
        Array(bytes[(bytes.count - tail)...].prefix(start.utf8.count)) == Array(start.utf8)
    else { return [] }
    let digits = String(
        decoding: bytes[(bytes.count - end.utf8.count - 5)..<(bytes.count - end.utf8.count)],
        as: UTF8.self)
    guard let count = Int(digits), (2...1000).contains(count) else { return [] }
    let stem = String(decoding: bytes[..<(bytes.count - tail)], as: UTF8.self)
    return (2...count).map { number in
        let text = String(number)
        return stem + "-" + String(repeating: "0", count: 5 - text.count) + text + "-of-" + digits
            + end
    }
}
