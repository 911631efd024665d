/// The weights of rows that give a row, by least squares; nil where none do, or many. Cost: their
/// number cubed, and its square times their width.
func weights(of rows: [[Double]], giving sum: [Double]) -> [Double]? {
    let count = rows.count
    func product(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }
    var matrix = rows.map { row in rows.map { product(row, $0) } + [product(row, sum)] }
    let size = (0..<count).map { matrix[$0][$0] }.max() ?? 0
    for column in 0..<count {
        guard
            let pivot = (column..<count).max(by: {
                abs(matrix[$0][column]) < abs(matrix[$1][column])
            }), abs(matrix[pivot][column]) > 1e-9 * size
        else { return nil }
        matrix.swapAt(column, pivot)
        for row in 0..<count where row != column {
            let factor = matrix[row][column] / matrix[column][column]
            for place in column...count { matrix[row][place] -= factor * matrix[column][place] }
        }
    }
    let weights = (0..<count).map { matrix[$0][count] / matrix[$0][$0] }
    let all = sum.reduce(0) { $0 + $1 * $1 }
    let rest = sum.indices.reduce(0.0) { rest, place in
        let given = (0..<count).reduce(0.0) { $0 + weights[$1] * rows[$1][place] }
        return rest + (given - sum[place]) * (given - sum[place])
    }
    return rest <= 1e-4 * max(all, .leastNormalMagnitude) ? weights : nil
}
