import ArgumentParser
import AttentionEngine
import ForeignText
import LanguageModel
import ModelFiles

/// A model's file in memory, and the model in it.
struct OpenModel {
    let own: GGUFLanguageModel
    /// Where its file lies, as it was named.
    let path: String
    private let map: MappedFile
    /// What was read to know what is worth keeping, where that was stopped on its way.
    let calibration = CalibrationUnderWay()

    /// The names of a large vocabulary, and what finds tokens by them.
    private static let memoryNeeded = ByteCount(256 << 20)

    /// Throws where the file cannot be opened or holds no model that is run; that is said then.
    init(path: String) throws {
        self.path = path
        try requireMemory(Self.memoryNeeded)
        (map, own) = try reading(path, opening: MappedFile.init(path:)) {
            (map) throws(FileProblem) in (map, try GGUFLanguageModel(mapped: map.bytes))
        }
    }

    /// The same where nothing is said and the program goes on: throws what keeps the file from
    /// being opened or run.
    init(opening path: String) throws(FileProblem) {
        self.path = path
        guard memoryIsGiven(Self.memoryNeeded.bytes + 1 << 28) else {
            throw FileProblem("takes more memory than is available")
        }
        map = try MappedFile(path: path)
        own = try GGUFLanguageModel(mapped: map.bytes)
    }

    /// What the file calls the model, or what the file is called, in characters that may be shown.
    var name: String {
        let (own, file) = (own.name, lastName(path))
        let shown = [own, file].map { $0.replacing([.control, .separator, .format]) }
        return shown.first { $0.contains { !$0.isWhitespace } } ?? ""
    }

    /// What tells this file from others. Cost: O(its bytes).
    var digest: ContentDigest { ContentDigest(of: map.bytes) }

    /// Whether all that was read of the file so far was there.
    var isWhole: Bool { map.isWhole }

    /// Throws where what was read is no answer: of a file that became shorter meanwhile, or of
    /// weights that made no numbers.
    func check(madeNumbers: Bool) throws {
        if !isWhole { throw problem("became shorter while being read") }
        if !madeNumbers { throw problem("has weights that compute to something not finite") }
    }

    /// The tokens of a text, begun with the token that the file asks for, if it does.
    func tokens(of text: [UInt8], findsSpecial: Bool) -> [Int] {
        let ids = own.tokenizer.tokens(of: text, findsSpecial: findsSpecial)
        guard let first = own.firstToken, ids.first != first else { return ids }
        return [first] + ids
    }

    private func problem(_ text: String) -> ExitCode {
        writeErrorLine("\(path): \(text)")
        return CommandStatus.wrongFile.code
    }
}
