import AttentionEngine
import LanguageModel
import ModelCatalog
import ModelFiles

func readConfig(_ bytes: [UInt8]) {
    sizing { () throws(FileProblem) in
        try ConfigFile.shape(reading: FileBytes(bytes), name: "file")
    }
}

func readGGUF(_ bytes: [UInt8]) {
    sizing { () throws(FileProblem) in
        try GGUFModel.shape(of: GGUFHeader(reading: FileBytes(bytes)), name: "file")
    }
    runModel(in: bytes)
    // A header alone is then a model, too, whose weights are 0.
    runModel(in: bytes + [UInt8](repeating: 0, count: 1 << 18))
}

private func runModel(in bytes: [UInt8]) {
    // Of its own length, so that a read behind its end is found; aligned as a mapped file is.
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 64)
    defer { memory.deallocate() }
    memory.copyBytes(from: bytes)
    do throws(FileProblem) {
        write(with: try GGUFLanguageModel(mapped: UnsafeRawBufferPointer(memory)))
    } catch {
        demandOneLine(error)
    }
}

/// Two tokens of a text are read, and one more is written.
private func write(with own: GGUFLanguageModel) {
    let ids = own.tokenizer.tokens(of: Array("the cache".utf8), findsSpecial: true)
    demand(ids.allSatisfy { 0..<own.model.shape.vocabulary ~= $0 }, "tokens \(ids)")
    _ = ids.map { own.tokenizer.bytes(of: $0) }
    var writing = ModelWriting(
        ModelSequence(of: own.model), choice: TokenChoice(), endedBy: own.lastTokens)
    writing.read(Array(((own.firstToken.map { [$0] } ?? []) + ids + [0, 0]).prefix(2)))
    _ = writing.next().map { own.tokenizer.bytes(of: $0) }
}

func readTensors(_ bytes: [UInt8]) {
    do throws(FileProblem) {
        if bytes.first == UInt8(ascii: "{") {
            let index = try ShardedTensors(index: FileBytes(bytes)) { _ throws(FileProblem) in
                FileBytes(smallTensors)
            }
            demand(index.dataSize >= 0, "a size below nothing")
            return
        }
        let file = try SafeTensors(FileBytes(bytes))
        demand(file.dataSize <= bytes.count, "more bytes than the file has")
        let record = try AttentionRecord(file)
        _ = try reportingProblems { () throws(VerificationProblem) in
            try AttentionVerification(record, VerificationOptions())
        }
    } catch {
        demandOneLine(error)
    }
}

/// A file of two tensors, which every name of an index leads to.
private let smallTensors: [UInt8] = {
    let header =
        #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"#
        + #""b":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}"#
    return (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) }
        + Array(header.utf8) + [0, 0]
}()

/// Asks a shape all that `headroom memory` does.
private func sizing(_ read: () throws(FileProblem) -> ModelShape) {
    let shape: ModelShape
    do throws(FileProblem) { shape = try read() } catch { return demandOneLine(error) }
    demand(shape.stack.layers > 0, "no layers")
    let texts = [shape.name, shape.kind] + shape.remarks + shape.resolved.map(\.rule)
    for text in texts { demand(!text.contains(where: \.isNewline), "lines in \(text)") }
    for tokens in [1, 4_096, 1 << 40] {
        for format in [CacheFormat.f32, .q8, .fp8Latent] {
            guard let load = try? CacheLoad(tokens: tokens, batch: 3, format: format) else {
                continue
            }
            ask(shape, of: load)
        }
    }
}

private func ask(_ shape: ModelShape, of load: CacheLoad) {
    for engine in ServingEngine.all {
        guard let needed = try? shape.stack.needed(load),
            let plan = try? engine.plan(shape.kept, load, budget: ByteCount(80_000_000_000))
        else { continue }
        demand(
            needed <= plan.total || shape.rebuilt != nil,
            "\(needed) needed, \(engine.name) keeps \(plan.total)")
    }
    let plan = try? ServingPlan(
        shape: shape, load: load, gpus: 8, memory: ByteCount(80_000_000_000))
    _ = (plan?.widestFormat, plan?.mostKeyValueHeads)
    let rules = Derivation.Rules(tokens: "", batch: "", format: "")
    _ = try? Derivation(shape, load, rules: rules)
    guard let stated = StatedSize(text: "4.44GiB") else { return }
    _ = try? SizeComparison(
        stated: stated, stack: shape.stack, load: load, queryHeads: shape.queryHeads,
        headDimension: shape.headDimension, hiddenSize: shape.hiddenSize)
}
