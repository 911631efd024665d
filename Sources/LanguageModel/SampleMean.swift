/// The mean of some numbers, and how far off it may be as that of all that could have been drawn.
package struct SampleMean: Hashable, Sendable {
    /// The mean; no number where there are none.
    package let mean: Double
    /// The sample's standard deviation (n - 1) / √n; nil of fewer than two numbers.
    package let standardError: Double?

    /// Cost: O(n).
    package init(of numbers: [Double]) {
        let count = Double(numbers.count)
        let mean = numbers.reduce(0, +) / count
        self.mean = mean
        let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        standardError = numbers.count < 2 ? nil : (squares / (count - 1) / count).squareRoot()
    }
}
