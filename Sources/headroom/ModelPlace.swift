import ArgumentParser
import AttentionEngine
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
            let snapshot = try HubCache(environment).snapshot(of: name)
        {
            self = try Self.inFolder(snapshot)
        } else if name != "-", let model = Catalog.model(id: name),
            !FileManager.default.fileExists(atPath: name)
        {
            self = .model(model)
        } else if name != "-", isFolder(name) {
            self = try Self.inFolder(try HubCache.snapshot(inRoot: name) ?? name)
        } else if name == "-" || FileManager.default.fileExists(atPath: name) {
            self = Self.isGGUF(name) ? .gguf(name) : .config(name)
        } else if let snapshot = try HubCache(environment).snapshot(of: name) {
            self = try Self.inFolder(snapshot)
        } else if name.contains("/") || name.contains(".json") || name.contains(".gguf") {
            throw ValidationError(
                "'\(printable(name))' is no file here, no model of 'headroom models' and none in "
                    + "the Hugging Face cache\(Catalog.nearestHint(to: name))")
        } else {
            self = .model(try catalogueModel(name))
        }
    }

    /// A folder without a config may hold a GGUF file: its only one, or the first part. Throws a
    /// bad argument where it holds several models.
    private static func inFolder(_ folder: String) throws -> ModelPlace {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        // A model's own eyes are a file beside it.
        let files = names.filter {
            $0.lowercased().hasSuffix(".gguf") && !$0.lowercased().hasPrefix("mmproj")
                && (GGUFPart($0)?.number ?? 1) == 1
        }.sorted()
        guard !names.contains("config.json"), !names.contains("params.json"),
            let first = files.first
        else { return .config(folder) }
        guard files.count == 1 else {
            throw ValidationError(
                "\(printable(folder)) holds \(grouped(files.count)) GGUF models; give the path of "
                    + "one, as \(printable(joined(folder, first)))")
        }
        return .gguf(joined(folder, first))
    }

    /// Whether a file is one by its name or its first bytes.
    private static func isGGUF(_ path: String) -> Bool {
        if path.lowercased().hasSuffix(".gguf") { return true }
        guard path != "-", let file = try? FileBytes(path: path), file.count >= 4 else {
            return false
        }
        return (try? file.read(0..<4)) == Array("GGUF".utf8)
    }
}

/// The shape of a GGUF file, of whose model it may be the first part: the weights of all parts are
/// summed where they lie beside it. Throws as `reading` does.
func readGGUF(_ path: String) throws -> ModelShape {
    let name = printable(HubCache.modelName(of: parent(of: path)) ?? lastName(path))
    return try reading(path) { (file) throws(FileProblem) in
        let header = try GGUFHeader(reading: file)
        let part = GGUFPart(path)
        var others: [GGUFHeader] = []
        for other in part?.others ?? [] {
            // A part that is not there, or is no part, leaves the weights unknown.
            guard let file = try? FileBytes(path: other),
                let header = try? GGUFHeader(reading: file)
            else { break }
            others.append(header)
        }
        return try GGUFModel.shape(of: header, others: others, named: part?.count, name: name)
    }
}

/// A part of a split model by its file's name, "name-00001-of-00003.gguf".
private struct GGUFPart {
    /// Counted from 1.
    let number: Int
    /// How many there are.
    let count: Int
    private let stem: String

    /// Nil where the name is not that of a part.
    init?(_ path: String) {
        let form = /^(.*)-([0-9]{5})-of-([0-9]{5})\.gguf$/.asciiOnlyDigits()
        guard let parts = path.wholeMatch(of: form), let number = Int(parts.2),
            let count = Int(parts.3), (2...1000).contains(count), (1...count).contains(number)
        else { return nil }
        (self.number, self.count, stem) = (number, count, String(parts.1))
    }

    /// The other parts' files, where this is the first.
    var others: [String] {
        func padded(_ number: Int) -> String {
            String(repeating: "0", count: 5 - String(number).count) + String(number)
        }
        guard number == 1 else { return [] }
        return (2...count).map { "\(stem)-\(padded($0))-of-\(padded(count)).gguf" }
    }
}
