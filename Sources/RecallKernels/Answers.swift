/// Turns scores into probabilities in place: a softmax over each sixteen neighbours, the values
/// that one attribute can have.
///
/// Shape: `scores` [b, 8·16].
@inline(never)
package func answerProbabilities(_ scores: Matrix) {
    for row in 0..<scores.rows {
        var column = 0
        while column < scores.columns {
            let low = scores.lanes(row, column)
            let high = scores.lanes(row, column &+ 8)
            let largest = max(low.pointee.largest, high.pointee.largest)
            let lows = exponential(low.pointee - largest)
            let highs = exponential(high.pointee - largest)
            let total = (lows + highs).total
            low.pointee = lows / total
            high.pointee = highs / total
            column &+= 16
        }
    }
}

/// Turns probabilities in place into the gradient of the mean cross-entropy with respect to the
/// scores: (p - 1 at the right answer) / number of answers.
///
/// Shapes: `probabilities` [b, 8·16], `answers` 8·b values below 16.
@inline(never)
package func answerGradient(_ probabilities: Matrix, _ answers: UnsafePointer<UInt8>) {
    let share = 1 / Float(probabilities.rows &* 8)
    for row in 0..<probabilities.rows {
        for attribute in 0..<8 {
            probabilities[row, attribute &* 16 &+ Int(answers[row &* 8 &+ attribute])] -= 1
        }
        var column = 0
        while column < probabilities.columns {
            probabilities.lanes(row, column).pointee *= share
            column &+= 8
        }
    }
}
