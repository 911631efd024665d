/// The recall task: a question of eight parts, each about another of eight items, answered in one
/// step of attention.
///
/// A context holds eight items. An item has eight attributes, each one of sixteen values; within a
/// context no two items share a value of an attribute. An item is one token, the sum of its eight
/// attributes' embeddings, and so is the question: for every attribute it names a value, which
/// picks an item. The answer to that part is the picked item's value of the next attribute. Chance
/// is one in sixteen. The task is made so that a layer needs eight perspectives at once. The
/// kernels are written for these sizes.
package enum RecallTask {
    /// Items of a context, each a token of it.
    package static let items = 8
    /// Attributes of an item, and so parts of a question.
    package static let attributes = 8
    /// Values that an attribute may have.
    package static let values = 16
    /// Query heads of the layer, and the numbers of each.
    package static let queryHeads = 8
    /// h of the layer.
    package static let headDimension = 8
    /// Width of the embeddings where nothing else is said.
    static let width = 64
    /// Questions that one step of training looks at.
    static let batch = 64
    /// Adam's learning rate.
    static let learningRate = 3e-3
    /// Rows of a table that has one for each value of each attribute.
    static let entries = attributes * values
    /// The share of right answers that guessing gives.
    package static let chance = 1.0 / Double(values)
}

/// A context and the question asked about it.
package struct RecallQuestion: Hashable, Sendable {
    /// The value of every attribute of every item: `values[item][attribute]`, below 16.
    let values: [[Int]]
    /// The item that each part of the question, one an attribute, is about.
    package let targets: [Int]

    /// The value that the part of the question names.
    func asked(_ attribute: Int) -> Int { values[targets[attribute]][attribute] }

    /// The right answer to the part of the question.
    package func answer(_ attribute: Int) -> Int {
        values[targets[attribute]][(attribute + 1) % RecallTask.attributes]
    }
}
