import AttentionEngine
import LanguageModel

/// Reads one file's model: the shape from its header, the weights where they lie.
struct GGUFWeightReader {
    let header: GGUFHeader
    let mapped: UnsafeRawBufferPointer

    /// The model; throws what keeps it from being run.
    func model() throws(FileProblem) -> LanguageModel {
        guard !header.isBigEndian else { throw Self.bigEndian }
        let shape = try shape()
        var layers: [LanguageModelWeights.Layer] = []
        for index in 0..<shape.layers {
            let name = "blk.\(index)."
            layers.append(
                LanguageModelWeights.Layer(
                    attentionNorm: try vector(name + "attn_norm.weight", of: shape.width),
                    query: try matrix(name + "attn_q.weight"),
                    key: try matrix(name + "attn_k.weight"),
                    value: try matrix(name + "attn_v.weight"),
                    attentionOutput: try matrix(name + "attn_output.weight"),
                    feedForwardNorm: try vector(name + "ffn_norm.weight", of: shape.width),
                    gate: try matrix(name + "ffn_gate.weight"),
                    up: try matrix(name + "ffn_up.weight"),
                    down: try matrix(name + "ffn_down.weight")))
        }
        try refuseOtherTensors(layers: shape.layers)
        let embedding = try matrix("token_embd.weight")
        let own = "output.weight"
        let factors = "rope_freqs.weight"
        let weights = LanguageModelWeights(
            embedding: embedding, layers: layers,
            outputNorm: try vector("output_norm.weight", of: shape.width),
            output: header.tensors[own] == nil ? embedding : try matrix(own),
            rotaryFactors: header.tensors[factors] == nil
                ? nil : try vector(factors, of: shape.rotaryDimension / 2))
        return try stating { () throws(LanguageModelProblem) in
            try LanguageModel(shape: shape, weights: weights)
        }
    }

    // MARK: Tensors

    private func matrix(_ name: String) throws(FileProblem) -> WeightMatrix {
        let (tensor, format) = try tensor(name)
        guard tensor.dimensions.count == 2 else {
            throw FileProblem(
                "has \(name) of \(tensor.dimensions.count) dimensions, where 2 were expected")
        }
        let (columns, rows) = (tensor.dimensions[0], tensor.dimensions[1])
        let (numbers, isTooMany) = rows.multipliedReportingOverflow(by: columns)
        guard !isTooMany, numbers < 1 << 50, columns % format.numbersPerBlock == 0,
            let bytes = bytes(format.bytes(of: numbers), from: tensor.offset),
            let matrix = WeightMatrix(rows: rows, columns: columns, format: format, bytes: bytes)
        else {
            throw FileProblem(
                "has \(name) of \(rows) x \(columns) numbers in \(format.rawValue), which the file "
                    + "does not hold")
        }
        return matrix
    }

    /// A copy, of no more numbers than the model's sizes ask for.
    private func vector(_ name: String, of count: Int) throws(FileProblem) -> [Float] {
        let (tensor, format) = try tensor(name)
        guard tensor.dimensions == [count] else {
            throw FileProblem(
                "has \(name) of \(tensor.dimensions.map(String.init).joined(separator: " x ")) "
                    + "numbers, where its sizes ask for \(count)")
        }
        guard count % format.numbersPerBlock == 0,
            let bytes = bytes(format.bytes(of: count), from: tensor.offset),
            let matrix = WeightMatrix(rows: 1, columns: count, format: format, bytes: bytes)
        else {
            throw FileProblem(
                "has \(name) of \(count) numbers in \(format.rawValue), which the file does not "
                    + "hold")
        }
        return matrix.row(0)
    }

    private func tensor(_ name: String) throws(FileProblem) -> (GGUFTensor, WeightFormat) {
        guard let tensor = header.tensors[name] else {
            throw FileProblem("has no tensor \(name)")
        }
        guard let format = WeightFormat(typeInFile: tensor.type) else {
            throw FileProblem(
                "has \(name) in the format of number \(tensor.type); supported are "
                    + wordList(WeightFormat.allCases.map(\.rawValue)))
        }
        return (tensor, format)
    }

    private func bytes(_ count: Int, from offset: Int) -> UnsafeRawBufferPointer? {
        let start = header.tensorStart + offset
        guard start + count <= mapped.count else { return nil }
        return UnsafeRawBufferPointer(rebasing: mapped[start..<start + count])
    }

    /// The tensors that every model of so many layers has.
    private static func needed(layers: Int) -> Set<String> {
        let parts = [
            "attn_norm", "attn_q", "attn_k", "attn_v", "attn_output", "ffn_norm", "ffn_gate",
            "ffn_up", "ffn_down",
        ]
        return Set(
            ["token_embd.weight", "output_norm.weight"]
                + (0..<layers).flatMap { layer in parts.map { "blk.\(layer).\($0).weight" } })
    }

    /// Throws what keeps the model from being run, as far as its header tells; no weight is read.
    func check() throws(FileProblem) {
        guard !header.isBigEndian else { throw Self.bigEndian }
        let layers = try shape().layers
        for name in Self.needed(layers: layers).union(header.tensors.keys).sorted() {
            _ = try tensor(name)
        }
        try refuseOtherTensors(layers: layers)
        guard header.tensorBytes != nil else { throw FileProblem("is cut off") }
    }

    private static let bigEndian = FileProblem(
        "stores its weights big-endian, which is not supported")

    /// A tensor that nothing reads changes what the model is: it is refused by its name.
    private func refuseOtherTensors(layers: Int) throws(FileProblem) {
        let read = Self.needed(layers: layers).union(["output.weight", "rope_freqs.weight"])
        if let other = header.tensors.keys.filter({ !read.contains($0) }).min() {
            throw FileProblem("has a tensor \(plainText(other)), which is not supported")
        }
    }
}
