import AttentionEngine
import CourseContent

extension WritingFigures.Text {
    /// What a model on this machine, or there, wrote so far with a way.
    init(
        _ form: MeasuredModel.Form, in live: WritingStatus, knowing losses: WritingLosses
    ) {
        let row = live.rows.first { $0.form == form.id }
        // A way that the model does not have keeps nothing.
        let isPossible = row?.isPossible ?? true
        let pieces = isPossible ? row?.pieces ?? [] : []
        isGoingOn = live.isRunning || row?.end == .goesOn
        // As a reader sees it: a bar is shorter because fewer tokens were written.
        let isShort = !isGoingOn && !pieces.isEmpty && pieces.count < WritingSpec.mostWritten
        let isStopped = row?.end == .stopped || live.share < 1
        let end = isShort ? isStopped ? ", stopped" : ", ended by itself" : ""
        let known = if case .latent(let numbers) = form { numbers } else { 0 }
        name = WritingFigures.name(form, in: live) + end
        numbers = isPossible ? row?.numbers ?? known : 0
        bytesPerToken = isPossible ? row?.bytesPerToken ?? 0 : 0
        layers = live.built?.layers
        readTokens = row?.readTokens ?? 0
        self.pieces = pieces
        tokensAtEnd = row?.heldTokens ?? max(0, (row?.readTokens ?? 0) + pieces.count - 1)
        loss = losses.point(form)
        if let row, !isPossible {
            missing = "not possible: this model keeps \(counted(row.numbers, "number"))"
        } else if row == nil, !live.isRunning {
            let with: String =
                switch form {
                case .latent(let numbers): " with c = \(numbers)"
                case .bits(let bits): " with \(bits) bits"
                case .built: " as built"
                default: ""
                }
            missing = "not written\(with) yet; r runs it"
        }
    }
}

extension WritingFigures {
    /// A way in a few words, of the model that wrote with it.
    static func name(_ form: MeasuredModel.Form, in live: WritingStatus) -> String {
        live.content == MeasuredModel.smolLM2.content ? name(form) : name(form, of: live.built)
    }

    /// A way in a few words, of a model with these heads.
    private static func name(_ form: MeasuredModel.Form, of built: BuiltHeads?) -> String {
        let own = built.map { ", g = \($0.keyValueHeads)" } ?? ""
        return switch form {
        case .built: "as built" + own
        case .copies: built.map { "g = \($0.queryHeads), copies" } ?? "a copy for each query head"
        case .bits(let bits):
            built.map { "g = \($0.keyValueHeads), \(bits) bits" } ?? "\(bits) bits"
        default: name(form)
        }
    }
}

extension WritingStatus {
    /// Where it was written, and on which days: "on this machine", "on 2026-11-30 08:00".
    func places(_ origin: ExperimentStatuses.Origin) -> String {
        let own = rows.isEmpty || rows.contains { $0.date == nil } ? [origin.inWords] : []
        let others = rows.compactMap(\.date).map {
            ExperimentStatuses.Origin.before(date: $0).inWords
        }
        return (own + others).reduce(into: [String]()) { places, place in
            if !places.contains(place) { places.append(place) }
        }.joined(separator: " and ")
    }
}
