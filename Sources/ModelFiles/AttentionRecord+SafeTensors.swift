import AttentionEngine

extension AttentionRecord {
    /// The record that a file holds. Throws what a tensor is written in that a check would read and
    /// cannot. Numbers are read from the file when a check asks for them.
    package init(_ file: SafeTensors) throws(FileProblem) {
        var tensors: [String: Tensor] = [:]
        for (name, tensor) in file.tensors {
            // Others may be of any type; their names are told where one is missing.
            let format: FloatFormat
            if Self.knownName(name) == nil || Self.isPadding(name) {
                format = .float64
            } else {
                format = try file.format(of: tensor)
            }
            tensors[name] = Tensor(shape: tensor.shape, format: format)
        }
        self.init(tensors) { (name, range) throws(VerificationProblem) in
            guard let tensor = file.tensors[name] else { return [] }
            do throws(FileProblem) {
                return Self.isPadding(name)
                    ? try file.wholeNumbers(of: tensor, in: range)
                    : try file.numbers(of: tensor, in: range)
            } catch {
                throw VerificationProblem(error.description)
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
