import AttentionEngine

/// What a layer makes of one of its unseen questions.
struct LayerLook: Hashable, Sendable {
    let attention: [[Double]]
    let answers: [Int]
    let right: [Int]
    /// The item that each part asks about.
    let targets: [Int]
    /// The part that each head follows; nil before the layer is trained.
    let followed: [Int]?

    var isTrained: Bool { followed != nil }

    /// The heads, those that follow the same part beside each other.
    var heads: [Int] {
        let heads = Array(0..<RecallTask.queryHeads)
        guard let followed else { return heads }
        return heads.sorted { (followed[$0], $0) < (followed[$1], $1) }
    }

    /// "head 2", "3, 5, 7", "5 heads" or "no head"; nothing before the layer is trained.
    func followers(of part: Int) -> String {
        guard let followed else { return "" }
        let heads = followed.indices.filter { followed[$0] == part }
        switch heads.count {
        case 0: return "no head"
        case 1: return "head \(heads[0])"
        case 2, 3: return heads.map(String.init).joined(separator: ", ")
        case followed.count: return "all"
        default: return "\(heads.count) heads"
        }
    }
}

extension LayerLook {
    /// Of a layer at a question.
    init(_ layer: TrainedRecall, at question: RecallQuestion, followed: [Int]?) {
        let (attention, answers) = layer.look(at: question)
        self.init(
            attention: attention, answers: answers,
            right: (0..<RecallTask.attributes).map(question.answer), targets: question.targets,
            followed: followed)
    }
}
