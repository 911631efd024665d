import RecallKernels

/// One of the layer's tensors of weights.
enum RecallTensor: CaseIterable, Hashable {
    /// Embeddings of an item's values, and of those a question names.
    case item, question
    /// From a question to the queries of all heads.
    case query
    /// From an item to the keys of all K/V heads, side by side with their values.
    case keyValue
    /// From an item to its latent, and from there to keys and values of all heads.
    case down, up
    /// From the heads' outputs to the scores of all answers.
    case output

    struct Shape {
        let tensor: RecallTensor
        let rows: Int
        let columns: Int
        /// The reciprocal of the first weights' variance: how many numbers one sum runs over; for
        /// embeddings, which are no sums, their width.
        let fanIn: Int
    }

    /// The tensors of a variant in the order in which they lie and are drawn.
    static func shapes(of variant: RecallVariant) -> [Shape] {
        let width = variant.width
        let heads = RecallTask.queryHeads * RecallTask.headDimension
        func matrix(_ tensor: RecallTensor, _ rows: Int, _ columns: Int) -> Shape {
            Shape(tensor: tensor, rows: rows, columns: columns, fanIn: rows)
        }
        func embeddings(_ tensor: RecallTensor) -> Shape {
            Shape(tensor: tensor, rows: RecallTask.entries, columns: width, fanIn: width)
        }
        let projections: [Shape]
        switch variant.layout {
        case .perHead(let keyValueHeads, let headDimension):
            projections = [matrix(.keyValue, width, 2 * keyValueHeads * headDimension)]
        case .latent(let latent, _):
            projections = [matrix(.down, width, latent), matrix(.up, latent, 2 * heads)]
        }
        return [embeddings(.item), embeddings(.question), matrix(.query, width, heads)]
            + projections + [matrix(.output, heads, RecallTask.entries)]
    }
}

/// All tensors of a layer in one block of memory: its weights, their gradient, or what Adam keeps.
///
/// A width that is no multiple of 8 is filled up with zeros. They stay zero: the gradient of a zero
/// column of embeddings meets a zero row of the projections, and the other way round.
final class RecallTensors {
    let block: FloatBlock
    private let matrices: [RecallTensor: Matrix]

    /// All zero.
    init(of variant: RecallVariant) {
        let shapes = RecallTensor.shapes(of: variant).map {
            ($0.tensor, rows: multipleOf8($0.rows), columns: multipleOf8($0.columns))
        }
        block = FloatBlock(count: shapes.reduce(0) { $0 + $1.rows * $1.columns })
        var matrices: [RecallTensor: Matrix] = [:]
        var place = 0
        for (tensor, rows, columns) in shapes {
            matrices[tensor] = Matrix(block.base + place, rows: rows, columns: columns)
            place += rows * columns
        }
        self.matrices = matrices
    }

    /// The first weights: normal, of variance 1 / fan-in.
    convenience init(of variant: RecallVariant, seed: UInt64) {
        self.init(of: variant)
        var random = RecallRandom(seed: seed, stream: .weights)
        for shape in RecallTensor.shapes(of: variant) {
            let scale = (1 / Double(shape.fanIn)).squareRoot()
            let matrix = self[shape.tensor]
            for row in 0..<shape.rows {
                for column in 0..<shape.columns {
                    matrix[row, column] = Float(random.normal() * scale)
                }
            }
        }
    }

    /// A tensor that the variant has.
    subscript(tensor: RecallTensor) -> Matrix { matrices[tensor]! }
}

/// Memory for numbers, zero at first, aligned to 64 bytes.
final class FloatBlock {
    let base: UnsafeMutablePointer<Float>
    let count: Int

    init(count: Int) {
        self.count = count
        base = UnsafeMutableRawPointer.allocate(
            byteCount: count * MemoryLayout<Float>.stride, alignment: 64
        ).bindMemory(to: Float.self, capacity: count)
        base.initialize(repeating: 0, count: count)
    }

    deinit { base.deallocate() }

    var numbers: [Float] { Array(UnsafeBufferPointer(start: base, count: count)) }
}

func multipleOf8(_ count: Int) -> Int { (count + 7) & ~7 }
