import AttentionEngine
import CourseSession
import LanguageModel

extension LiveMeasures {
    /// Multiplications of weights a second on one thread, about, as a processor with AVX2 makes
    /// them: only to say beforehand whether something takes minutes.
    private static let multiplicationsPerSecond = 1.5e10

    /// What a model can be measured for beside the course, as `headroom perplexity --sweep` and
    /// `headroom looks` measure it.
    init(of model: OpenModel, threads: Int) {
        let shape = model.own.model.shape
        let points = KeptPoint.measurable(of: shape)
        let speed = Self.multiplicationsPerSecond * Double(threads)
        func seconds(_ tokens: Int) -> Double {
            Double(tokens) * Double(shape.multiplicationsPerToken) / speed
        }
        let isCalibrated = points.contains { $0.reduction != nil }
        // Two heads' weights at each token of the text, and what is read at once.
        let compared = 8 * shape.attention.queryHeads * 64 * LooksCommand.mostCompared
        let predicted = 128 * 4 * (shape.vocabulary + 4 * shape.feedForwardWidth)
        let gathered = isCalibrated ? Calibration.memoryNeeded(of: shape).bytes : 0
        self.init(
            heads: shape.attention, layers: shape.layers, ways: points.count,
            seconds: (
                // Four bytes a token, about.
                seconds(min(PerplexityCommand.usualTokens, OwnTexts.predicted.count / 4)),
                isCalibrated ? seconds(KeptMomentsFile.mostTokens) : 0
            ),
            memoryNeeded: ByteCount(gathered + compared + predicted + 64 << 20),
            losses: { LiveLosses(of: model, knowing: $0, threads: $1) },
            diversity: { LiveDiversity(of: model, threads: $0) })
    }
}

/// What ways to keep a model's cache cost, measured beside the course one after the other.
struct LiveLosses: LiveFinding {
    private let model: OpenModel
    private let points: [KeptPoint]
    private let ids: [Int]
    private var search: KeptSearch
    /// Ways that are still to be measured.
    private var todo: [KeptPoint]
    private var prediction: TextPrediction?
    private var answer: PerplexityAnswer
    private var measured: [MeasuredModel.Point]
    /// Time spent on predicting, and the tokens that were.
    private var spent = (time: Duration.zero, tokens: 0)

    /// Goes on behind the points that are known: how the model predicts as built is measured anew,
    /// since the others are compared with it token by token.
    init(of model: OpenModel, knowing known: [MeasuredModel.Point], threads: Int) {
        self.model = model
        points = KeptPoint.measurable(of: model.own.model.shape).filter {
            $0.measuredForm != nil
        }
        ids = Array(
            model.tokens(of: OwnTexts.predicted, findsSpecial: false)
                .prefix(PerplexityCommand.usualTokens + 1))
        search = KeptSearch(of: points, for: model, threads: threads)
        answer = PerplexityAnswer(model: model.own.name, isSweep: true, threads: threads)
        let forms = Set(known.map { Optional($0.form) })
        measured = known
        todo = points.filter { $0.measuredForm == .built || !forms.contains($0.measuredForm) }
        if ids.count < 2 { todo = [] }
    }

    var isFinished: Bool { todo.isEmpty || !model.isWhole }

    private var tokens: Int { max(0, ids.count - 1) }

    var found: LossesFound {
        let left = todo.count * tokens - (prediction?.nats.count ?? 0)
        let seconds = spent.time.seconds * Double(left) / Double(max(1, spent.tokens))
        return LossesFound(
            heads: model.own.model.shape.attention, layers: model.own.model.shape.layers,
            tokens: tokens, points: measured, next: todo.first?.measuredForm,
            doing: search.progress.map { "calibrating: \($0)" } ?? "",
            share: 1 - Double(left) / Double(max(1, points.count * tokens)),
            secondsLeft: spent.tokens == 0 || todo.isEmpty ? nil : seconds)
    }

    mutating func advance(for time: Duration) { advance(for: time, goesOn: { true }) }

    mutating func advance(for time: Duration, goesOn: () -> Bool) {
        let end = ContinuousClock.now + time
        repeat { step(goesOn) } while !isFinished && goesOn() && ContinuousClock.now < end
    }

    /// One piece of the work: a part of calibrating, finding what is kept, 64 tokens.
    private mutating func step(_ goesOn: () -> Bool) {
        guard let point = todo.first else { return }
        guard var prediction else {
            self.prediction = search.sequence(keeping: point, goesOn: goesOn).map {
                TextPrediction(of: ids, by: $0)
            }
            return
        }
        let (start, before) = (ContinuousClock.now, prediction.nats.count)
        let isMore = prediction.readOn()
        spent.time += ContinuousClock.now - start
        spent.tokens += prediction.nats.count - before
        self.prediction = prediction
        if isMore { return }
        self.prediction = nil
        todo.removeFirst()
        if prediction.isOver, prediction.isNumber, model.isWhole { add(prediction, point) }
    }

    private mutating func add(_ prediction: TextPrediction, _ point: KeptPoint) {
        answer.add(prediction, point)
        guard let row = answer.rows.last, let new = MeasuredModel.Point(row) else { return }
        let order = points.compactMap(\.measuredForm)
        measured = order.compactMap { form in
            form == new.form ? new : measured.first { $0.form == form }
        }
    }
}

extension MeasuredModel.Point {
    /// A row of `headroom perplexity --sweep`; nil of one that the course has no name for.
    init?(_ row: PerplexityAnswer.Row) {
        guard let form = row.point.measuredForm else { return nil }
        self.init(
            form: form, numbers: row.numbersPerTokenAndLayer, bytesPerToken: row.bytesPerToken,
            perplexity: min(row.perplexity, Self.mostPerplexity),
            more: More(nats: row.more.mean, error: row.more.standardError ?? 0),
            tokens: row.tokens)
    }
}

/// How different a model's heads look, compared beside the course.
struct LiveDiversity: LiveFinding {
    private let model: OpenModel
    private var comparison: HeadComparison

    init(of model: OpenModel, threads: Int) {
        self.model = model
        let ids = model.tokens(of: OwnTexts.predicted, findsSpecial: false)
            .prefix(min(LooksCommand.mostCompared, model.own.model.window))
        comparison = HeadComparison(
            of: Array(ids),
            by: ModelSequence(
                of: model.own.model, format: KeptPoint.usualFormat, threads: threads),
            groupSize: model.own.model.shape.attention.groupSize,
            uncounted: LooksCommand.uncounted)
    }

    var isFinished: Bool { comparison.isOver || !model.isWhole || !comparison.isNumber }

    var found: DiversityFound {
        let tokens = comparison.layers[0].tokens
        let isAnswer = tokens > 0 && comparison.isNumber && model.isWhole
        return DiversityFound(
            tokens: isAnswer ? tokens : 0,
            layers: isAnswer ? comparison.layers.map(MeasuredModel.Layer.init) : [],
            share: Double(comparison.read) / Double(max(1, comparison.count)))
    }

    mutating func advance(for time: Duration) {
        let end = ContinuousClock.now + time
        repeat { _ = comparison.readOn() } while !isFinished && ContinuousClock.now < end
    }
}

extension MeasuredModel.Layer {
    /// A row of `headroom looks`.
    init(_ layer: HeadDiversity) {
        self.init(
            all: Means(sharing: layer.all.sharing, apart: layer.all.apart),
            withoutFirst: Means(
                sharing: layer.withoutFirst.sharing, apart: layer.withoutFirst.apart),
            onFirst: layer.onFirst)
    }
}
