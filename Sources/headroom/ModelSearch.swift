import AttentionEngine
import CourseSession
import Foundation
import ModelFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Finds the GGUF files of this machine where programs usually keep them, and in a folder.
///
/// Nothing that lies there is trusted: links to folders are not followed, no file is opened but a
/// regular one, of each its header is read and no more, and folders, names, files, bytes and time
/// have an end.
struct ModelSearch {
    /// A place where models' files are kept.
    struct Place: Equatable {
        let name: String
        let path: String
        /// How many folders deep it is looked into.
        var depth = 6
        /// Whether its files are named by manifests.
        var hasManifests = false
    }

    let places: [Place]
    var limits = Limits()

    /// What is looked at in all, at the most.
    struct Limits {
        var folders = 4_000
        var names = 50_000
        var files = 300
        /// Of one header.
        var bytes = 64 << 20
        var time = Duration.seconds(20)
    }

    init(places: [Place], limits: Limits = Limits()) {
        self.places = places
        self.limits = limits
    }

    /// Of the places that programs use by themselves, or where the environment says.
    init(_ environment: [String: String], folder: String) {
        func value(_ name: String) -> String? {
            environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        let home = value("HOME")
        func own(_ path: String) -> String? { home.map { joined($0, path) } }
        let cache = value("XDG_CACHE_HOME") ?? own(".cache")
        let hub = HubCache(environment).folder
        let llama =
            value("LLAMA_CACHE").map { [$0] }
            ?? [cache.map { joined($0, "llama.cpp") }, own("Library/Caches/llama.cpp")]
            .compactMap(\.self)
        let ollama = value("OLLAMA_MODELS") ?? own(".ollama/models")
        let studio = [own(".lmstudio/models"), own(".cache/lm-studio/models")].compactMap(\.self)
        places =
            [Place(name: "this folder", path: folder, depth: 0)]
            + (hub.map { [Place(name: "Hugging Face", path: $0)] } ?? [])
            + llama.map { Place(name: "llama.cpp", path: $0) }
            + studio.map { Place(name: "LM Studio", path: $0) }
            + (ollama.map { [Place(name: "Ollama", path: $0, hasManifests: true)] } ?? [])
    }

    /// Looks everywhere and tells each time what was found so far, until that is to be the end.
    /// - Returns: what was found, and whether there was more than is looked at.
    func run(tell: ([ModelFile]) -> Bool) -> (files: [ModelFile], isCut: Bool) {
        var walk = Walk(limits: limits)
        for place in places where !walk.isOver {
            walk.look(in: place, tell: tell)
        }
        return (walk.found, walk.isCut)
    }
}

/// A search under way.
private struct Walk {
    let limits: ModelSearch.Limits
    private(set) var found: [ModelFile] = []
    private(set) var isCut = false
    private var isEnded = false
    private var folders = 0
    private var names = 0
    private var seen: Set<Identity> = []
    private let end: ContinuousClock.Instant

    /// What tells files apart, whatever they are called.
    private struct Identity: Hashable {
        let device: UInt64
        let number: UInt64
    }

    init(limits: ModelSearch.Limits) {
        self.limits = limits
        end = .now + limits.time
    }

    var isOver: Bool { isCut || isEnded }

    mutating func look(in place: ModelSearch.Place, tell: ([ModelFile]) -> Bool) {
        guard place.hasManifests else {
            return visit(place.path, depth: place.depth) { walk, path, name in
                guard name.lowercased().hasSuffix(".gguf") else { return }
                walk.take(path, called: String(name.dropLast(5)), of: place, tell: tell)
            }
        }
        let manifests = joined(place.path, "manifests")
        visit(manifests, depth: place.depth) { walk, path, _ in
            guard let digest = Self.model(in: path) else { return }
            let blob = joined(joined(place.path, "blobs"), "sha256-\(digest)")
            let parts = path.split(separator: "/").suffix(2)
            walk.take(blob, called: parts.joined(separator: ":"), of: place, tell: tell)
        }
    }

    /// Goes through the regular files in a folder and those below it, in the order of their names.
    private mutating func visit(
        _ folder: String, depth: Int, _ body: (inout Walk, _ path: String, _ name: String) -> Void
    ) {
        folders += 1
        guard folders <= limits.folders, ContinuousClock.now < end else { return cut() }
        var below: [String] = []
        for name in entries(of: folder) where !isOver {
            let path = joined(folder, name)
            guard let status = Self.status(of: path, isLinkFollowed: false) else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: below.append(path)
            case S_IFREG, S_IFLNK: body(&self, path, name)
            default: break
            }
        }
        guard depth > 0 else { return }
        for path in below where !isOver { visit(path, depth: depth - 1, body) }
    }

    private mutating func entries(of folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var found: [String] = []
        while let entry = readdir(stream) {
            names += 1
            guard names <= limits.names else {
                cut()
                break
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { found.append(name) }
        }
        return found.sorted()
    }

    private mutating func cut() { isCut = true }

    private static func status(of path: String, isLinkFollowed: Bool) -> stat? {
        var status = stat()
        let result = isLinkFollowed ? stat(path, &status) : lstat(path, &status)
        return result == 0 ? status : nil
    }

    /// Takes a file, once, whatever leads to it.
    private mutating func take(
        _ path: String, called name: String, of place: ModelSearch.Place,
        tell: ([ModelFile]) -> Bool
    ) {
        guard let status = Self.status(of: path, isLinkFollowed: true),
            status.st_mode & S_IFMT == S_IFREG,
            seen.insert(
                Identity(
                    device: UInt64(truncatingIfNeeded: status.st_dev),
                    number: UInt64(truncatingIfNeeded: status.st_ino))
            ).inserted
        else { return }
        guard found.count < limits.files else { return cut() }
        found.append(read(path, called: name, of: place, size: Int(status.st_size)))
        if !tell(found) { isEnded = true }
    }

    /// What a file's header says.
    private func read(
        _ path: String, called name: String, of place: ModelSearch.Place, size: Int
    ) -> ModelFile {
        let (limits, end) = (limits, end)
        func file(_ summary: GGUFSummary?, _ problem: FileProblem?) -> ModelFile {
            ModelFile(
                path: path, shownPath: printable(path), name: printable(name), place: place.name,
                size: ByteCount(size),
                architecture: printable(summary?.architecture ?? ""),
                format: summary?.format ?? "",
                obstacle: (problem ?? summary?.obstacle).map { printable($0.description) })
        }
        do throws(FileProblem) {
            let whole = try FileBytes(path: path)
            let header = FileBytes(count: whole.count) { range throws(FileProblem) in
                guard range.upperBound <= limits.bytes else {
                    throw FileProblem("has a header of more than \(limits.bytes >> 20) MiB")
                }
                guard ContinuousClock.now < end else {
                    throw FileProblem("could not be read in time")
                }
                return try whole.read(range)
            }
            return file(try GGUFSummary(reading: header), nil)
        } catch {
            return file(nil, error)
        }
    }

    // MARK: Manifests

    private struct Manifest: Decodable {
        struct Layer: Decodable {
            let mediaType: String?
            let digest: String?
        }
        let layers: [Layer]
    }

    /// The digest of the model that a manifest of Ollama's names, 64 digits.
    private static func model(in path: String) -> Substring? {
        let longest = 1 << 16
        guard let data = try? Data(ofFile: path, atMost: longest), data.count < longest,
            let manifest = try? JSONDecoder().decode(Manifest.self, fromForeign: data)
        else { return nil }
        let layer = manifest.layers.first { $0.mediaType == "application/vnd.ollama.image.model" }
        guard let digest = layer?.digest, digest.hasPrefix("sha256:") else { return nil }
        let digits = digest.dropFirst("sha256:".count)
        return digits.utf8.count == 64
            && digits.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
            ? digits : nil
    }
}
