/// Where a function is least: the best of some steps, then between its neighbours by the golden
/// section. Nil where every step is no number. Cost: `steps` + 62 values.
func leastPlace(
    from low: Double, to high: Double, steps: Int, of value: (Double) -> Double
) -> Double? {
    let places = (0...steps).map { low + (high - low) * Double($0) / Double(steps) }
    let values = places.map(value)
    guard let best = values.indices.min(by: { values[$0] < values[$1] }), values[best].isFinite
    else { return nil }
    var (low, high) = (places[max(0, best - 1)], places[min(steps, best + 1)])
    let ratio = (5.0.squareRoot() - 1) / 2
    var (one, two) = (high - ratio * (high - low), low + ratio * (high - low))
    var (ofOne, ofTwo) = (value(one), value(two))
    for _ in 0..<60 {
        if ofOne < ofTwo {
            (high, two, ofTwo) = (two, one, ofOne)
            one = high - ratio * (high - low)
            ofOne = value(one)
        } else {
            (low, one, ofOne) = (one, two, ofTwo)
            two = low + ratio * (high - low)
            ofTwo = value(two)
        }
    }
    return (low + high) / 2
}
