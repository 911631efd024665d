import ArgumentParser
import AttentionEngine
import Foundation
import ModelFiles

/// The local cache of the Hugging Face Hub: `models--OWNER--NAME/snapshots/COMMIT`, each a folder
/// as it stands on the Hub.
struct HubCache {
    /// Nil where the environment names none.
    let folder: String?

    init(_ environment: [String: String]) {
        func value(_ name: String) -> String? {
            environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        let cache = value("XDG_CACHE_HOME") ?? value("HOME").map { joined($0, ".cache") }
        folder =
            value("HF_HUB_CACHE")
            ?? (value("HF_HOME") ?? cache.map { joined($0, "huggingface") }).map {
                joined($0, "hub")
            }
    }

    /// The snapshot of a model by its id, "meta-llama/Llama-3.1-8B"; nil where the text is no id,
    /// or nothing of it is there. Throws as `snapshot(inRoot:)` does.
    func snapshot(of id: String) throws -> String? {
        let parts = id.split(separator: "/", omittingEmptySubsequences: false)
        let isID =
            parts.count <= 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.first != "."
                    && part.utf8.allSatisfy { byte in
                        byte < 0x80
                            && (Character(Unicode.Scalar(byte)).isLetter
                                || Character(Unicode.Scalar(byte)).isNumber
                                || "-_.".utf8.contains(byte))
                    }
            }
        guard isID, let folder else { return nil }
        return try Self.snapshot(inRoot: joined(folder, "models--" + parts.joined(separator: "--")))
    }

    /// The snapshot in a model's folder of the cache: the one that `refs/main` names, or the only
    /// one; nil elsewhere. Throws a bad argument where nothing says which of several it is.
    static func snapshot(inRoot root: String) throws -> String? {
        guard lastName(root).hasPrefix("models--") else { return nil }
        let all = joined(root, "snapshots")
        if let bytes = try? FileBytes(path: joined(root, "refs/main")), bytes.count <= 128,
            let read = try? bytes.read(0..<bytes.count)
        {
            let commit = String(decoding: read, as: UTF8.self).filter(\.isHexDigit)
            let path = joined(all, commit)
            if !commit.isEmpty, isFolder(path) { return path }
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: all)) ?? []
        guard names.count > 1 else { return names.first.map { joined(all, $0) } }
        throw ValidationError(
            "\(printable(lastName(root))) has \(grouped(names.count)) snapshots and no refs/main; "
                + "give the path of one, as \(printable(joined(all, names.sorted()[0])))")
    }

    /// The model's name where a folder is one of its snapshots, which is called by its commit.
    static func modelName(of folder: String) -> String? {
        let parts = URL(fileURLWithPath: folder).standardizedFileURL.pathComponents
        guard parts.count > 2, parts[parts.count - 2] == "snapshots" else { return nil }
        let root = parts[parts.count - 3]
        guard root.hasPrefix("models--"), let name = root.components(separatedBy: "--").last,
            !name.isEmpty
        else { return nil }
        return name
    }
}

/// Whether a path leads to a folder.
func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        && isFolder.boolValue
}
