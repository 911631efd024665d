import AttentionEngine

extension AttentionRecord {
    /// The record that a file holds as the tensors q, k, v and out. Throws which of them are
    /// missing, what they are written in where that is not read, and what is wrong with their
    /// shapes. Numbers are read from the file when a check asks for them.
    package init(_ file: SafeTensors) throws(FileProblem) {
        var found: [Part: SafeTensors.Tensor] = [:]
        var format = FloatFormat.float64
        for part in Part.allCases {
            guard let tensor = file.tensors[part.rawValue] else {
                throw file.lacks(Part.allCases.map(\.rawValue))
            }
            found[part] = tensor
            format = try file.format(of: tensor)
        }
        // Out is the last part.
        let (tensors, formatOfOutputs) = (found, format)
        self = try reportingProblems { () throws(VerificationProblem) in
            try AttentionRecord(shapes: tensors.mapValues(\.shape), format: formatOfOutputs) {
                (part, range) throws(VerificationProblem) in
                guard let tensor = tensors[part] else { return [] }
                do throws(FileProblem) {
                    return try file.numbers(of: tensor, in: range)
                } catch {
                    throw VerificationProblem(error.description)
                }
            }
        }
    }
}

/// The result of `body`; an attention that cannot be checked is a problem of its file.
package func reportingProblems<T>(
    _ body: () throws(VerificationProblem) -> T
) throws(FileProblem) -> T {
    do { return try body() } catch { throw FileProblem(error.description) }
}

extension SafeTensors {
    /// Says which of the names are missing and what is there, the likest names first.
    fileprivate func lacks(_ names: [String]) -> FileProblem {
        let missing = names.filter { tensors[$0] == nil }
        let others = tensors.keys.filter { !names.contains($0) }.map { name in
            (name: name, likeness: missing.map { Self.likeness(name, $0) }.max() ?? 0)
        }.sorted { ($1.likeness, $0.name) < ($0.likeness, $1.name) }
        let shown = others.prefix(6).map { "'\(shortened($0.name))'" }.joined(separator: ", ")
        let more = others.count > 6 ? " and \(grouped(others.count - 6)) more" : ""
        return FileProblem(
            "has no " + missing.map { "'\($0)'" }.joined(separator: ", ")
                + (others.isEmpty ? "" : "; it has \(shown)\(more)"))
    }

    /// How many letters two names begin with in common.
    private static func likeness(_ name: String, _ other: String) -> Int {
        zip(name.lowercased(), other.lowercased()).prefix { $0 == $1 }.count
    }
}
