import ArgumentParser
import AttentionEngine
import CourseContent
import CourseSession
import ForeignText
import Foundation
import LanguageModel
import ModelFiles

/// The learner's own model, for the course's lesson on a real one.
struct LiveModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A model's file, for the lesson on a real model; there m lists those found.",
            valueName: "FILE"),
        completion: .file(extensions: ["gguf"]))
    var gguf: String?

    @Option(
        help: ArgumentHelp(
            "What that model goes on with.", valueName: "TEXT"))
    var begin: String?

    /// A model that was named, or why it is not open; neither where none was named.
    struct Named {
        var model: LiveModel?
        var problem: String?
    }

    /// The file of the option, opened; throws where it holds no model that is run. Without the
    /// option that of HEADROOM_GGUF, without which the course goes on where it cannot be opened.
    func open() throws -> Named {
        let variable = ProcessInfo.processInfo.environment["HEADROOM_GGUF"] ?? ""
        guard let path = gguf ?? (variable.isEmpty ? nil : variable), !path.isEmpty else {
            try check(begin == nil, "--begin is what a model goes on with: it needs --gguf FILE")
            return Named()
        }
        let most = WritingStatus.mostBeginning
        try check(
            1...most ~= begin?.count ?? 1,
            "--begin: the beginning of a text has 1 to \(most) characters")
        if gguf != nil { return Named(model: Self.live(try OpenModel(path: path))) }
        do throws(FileProblem) {
            return Named(model: Self.live(try OpenModel(opening: path)))
        } catch {
            return Named(problem: "HEADROOM_GGUF: " + printable("\(path): \(error.description)"))
        }
    }

    /// A model in a file, as the course asks it. Cost: O(the file's bytes).
    static func live(_ model: OpenModel) -> LiveModel {
        let shape = model.own.model.shape
        return LiveModel(
            name: model.name, content: model.digest.text, path: model.path,
            built: BuiltHeads(
                layers: shape.layers, queryHeads: shape.attention.queryHeads,
                keyValueHeads: shape.attention.keyValueHeads),
            begin: { LiveText($0, of: model, threads: $1) },
            read: { Self.reading($0, by: model, threads: $1) },
            measures: LiveMeasures(of: model, threads: max(1, Machine.processors - 1)))
    }

    /// Where a model's heads look in the first tokens of a sentence; nil where it has none, or the
    /// model more heads than are looked at.
    static func reading(_ sentence: String, by model: OpenModel, threads: Int) -> LooksReading? {
        let shape = model.own.model.shape
        let all = model.tokens(of: Array(sentence.utf8), findsSpecial: false)
        let ids = Array(all.prefix(min(LooksSpec.tokens, shape.context)))
        guard !ids.isEmpty, max(shape.layers, shape.attention.queryHeads) <= LooksSpec.mostHeads
        else { return nil }
        // As `headroom looks` keeps what it reads.
        var sequence = ModelSequence(
            of: model.own.model, format: KeptPoint.usualFormat, threads: threads)
        var layers: [[[[Int]]]] = []
        let count = ids.count
        sequence.read(ids) { _, weights in
            layers.append(
                (0..<shape.attention.queryHeads).map { head in
                    (0..<count).map { asking in
                        let row = (head * count + asking) * count
                        return weights[row...row + asking].map { share in
                            share.isFinite ? Int((100 * share).rounded()) : 0
                        }
                    }
                })
        }
        guard model.isWhole else { return nil }
        let tokens = ids.map { id in
            let text = String(foreign: model.own.tokenizer.bytes(of: id))
            return String(text.replacing([.control, .separator, .format]).prefix(60))
        }
        return LooksReading(
            tokens: tokens.map { $0.isEmpty ? " " : $0 }, groupSize: shape.attention.groupSize,
            layers: layers, sentenceTokens: all.count)
    }
}

extension Session {
    /// Opens the learner's own model, where there is one, or says why it cannot be.
    mutating func open(_ named: LiveModelOptions.Named, _ options: LiveModelOptions) {
        if let model = named.model { open(model, beginning: options.begin) }
        notice = named.problem ?? notice
    }
}

/// A text that a model writes beside the course, with one way after the other to keep its cache: a
/// slice at a time, so that it can be stopped.
struct LiveText: LiveWriting {
    private let order: WritingOrder
    private let model: OpenModel
    private let ids: [Int]
    private(set) var rows: [WritingStatus.Row] = []
    private var writing: ModelWriting?
    /// Bytes of a character that is not written to its end.
    private var stream = TextStream()
    private var search: KeptSearch
    private var isOver = false

    init(_ order: WritingOrder, of model: OpenModel, threads: Int) {
        (self.order, self.model) = (order, model)
        let ids = model.tokens(of: Array(order.beginning.utf8), findsSpecial: false)
        self.ids = Array(ids.prefix(max(1, model.own.model.shape.context - order.tokens)))
        // Latents of every width are the first numbers of the widest, found once.
        let widest = order.forms.contains { if case .latent = $0 { true } else { false } }
        search = KeptSearch(
            of: (order.forms + (widest ? WritingFigures.latents : [])).map {
                Self.point($0, of: model)
            }, for: model, threads: threads)
        isOver = self.ids.isEmpty
    }

    var isFinished: Bool { isOver || !model.isWhole }

    var doing: String {
        if let progress = search.progress { return "Calibrating, once: \(progress)." }
        let isNext = writing == nil && rows.count < order.forms.count
        return isNext ? "Looking for what it keeps." : ""
    }

    var share: Double {
        if isOver { return 1 }
        let written = writing == nil ? nil : rows.last?.pieces.count
        let done = written.map { (rows.count - 1) * order.tokens + $0 } ?? rows.count * order.tokens
        return min(1, Double(done) / Double(order.forms.count * order.tokens))
    }

    mutating func advance(for time: Duration) { advance(for: time, goesOn: { true }) }

    mutating func advance(for time: Duration, goesOn: () -> Bool) {
        let end = ContinuousClock.now + time
        repeat { step(goesOn) } while !isFinished && goesOn() && ContinuousClock.now < end
    }

    /// One piece of the work: a part of calibrating, finding what is kept, a token.
    private mutating func step(_ goesOn: () -> Bool) {
        guard var writing else { return begin(goesOn) }
        let token = rows[rows.count - 1].pieces.count < order.tokens ? writing.next() : nil
        guard let token, model.isWhole else {
            // Where the model ended by itself it has read its last token, too.
            var pieces = rows[rows.count - 1].pieces
            let rest = Self.text(stream.finish())
            if let last = pieces.popLast() {
                pieces.append(String((last + rest).prefix(WritingStatus.mostPiece)))
            }
            rows[rows.count - 1] = row(writing, pieces)
            self.writing = nil
            isOver = rows.count == order.forms.count
            return
        }
        self.writing = writing
        let piece = Self.text(stream.append(model.own.tokenizer.bytes(of: token)))
        rows[rows.count - 1] = row(writing, rows[rows.count - 1].pieces + [piece])
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(String(foreign: bytes).prefix(WritingStatus.mostPiece))
    }

    private func row(_ writing: ModelWriting, _ pieces: [String]) -> WritingStatus.Row {
        let sequence = writing.sequence
        return WritingStatus.Row(
            form: order.forms[max(0, rows.count - 1)],
            numbers: sequence.numbersPerTokenAndLayer,
            bytesPerToken: sequence.bytesHeld.bytes / max(1, sequence.tokens),
            readTokens: ids.count, pieces: pieces, heldTokens: sequence.tokens)
    }

    /// A way with this model's heads: copies are as many as it has query heads.
    private static func point(_ form: MeasuredModel.Form, of model: OpenModel) -> KeptPoint {
        guard case .copies = form else { return KeptPoint(form) }
        return KeptPoint(.copies(model.own.model.shape.attention.queryHeads))
    }

    /// Begins with the next way, once what it asks for is found.
    private mutating func begin(_ goesOn: () -> Bool) {
        let form = order.forms[rows.count]
        if let known = order.known.first(where: { $0.isOf(form) }) {
            rows.append(known)
            isOver = rows.count == order.forms.count
            return
        }
        let point = Self.point(form, of: model)
        let shape = model.own.model.shape
        guard point.isPossible(with: shape) else {
            rows.append(
                WritingStatus.Row(
                    form: form, numbers: KeptPoint.builtNumbers(of: shape.attention),
                    bytesPerToken: 1, readTokens: 0, pieces: []))
            isOver = rows.count == order.forms.count
            return
        }
        guard let sequence = search.sequence(keeping: point, goesOn: goesOn) else { return }
        var writing = ModelWriting(
            sequence, choice: TokenChoice(temperature: 0, share: 1, seed: 0),
            endedBy: model.own.lastTokens)
        writing.read(ids)
        self.writing = writing
        rows.append(
            WritingStatus.Row(
                form: form, numbers: 1, bytesPerToken: 1, readTokens: ids.count, pieces: []))
        rows[rows.count - 1] = row(writing, [])
    }
}
