/// Numbers of heads in row-major order: [batch, heads, tokens, width].
struct HeadTensor {
    let batch: Int
    let heads: Int
    let tokens: Int
    let width: Int
    var numbers: [Double]

    init(batch: Int, heads: Int, tokens: Int, width: Int, numbers: [Double]) {
        (self.batch, self.heads, self.tokens, self.width) = (batch, heads, tokens, width)
        self.numbers = numbers
    }

    init(zeros batch: Int, _ heads: Int, _ tokens: Int, _ width: Int) {
        self.init(
            batch: batch, heads: heads, tokens: tokens, width: width,
            numbers: Array(repeating: 0, count: batch * heads * tokens * width))
    }

    /// Where a row begins.
    func start(_ batch: Int, _ head: Int, _ token: Int) -> Int {
        ((batch * heads + head) * tokens + token) * width
    }

    /// The first tokens of one of so many heads each.
    func first(_ count: Int, ofEvery step: Int) -> HeadTensor {
        var part = HeadTensor(zeros: batch, heads / step, count, width)
        for b in 0..<batch {
            for i in 0..<part.heads {
                let (to, from) = (part.start(b, i, 0), start(b, i * step, 0))
                for place in 0..<count * width {
                    part.numbers[to + place] = numbers[from + place]
                }
            }
        }
        return part
    }

    /// Whether a token is followed by one more, the same, which is not all zeros.
    func repeatsToken(_ token: Int) -> Bool {
        guard token + 2 == tokens else { return false }
        return (0..<batch * heads).allSatisfy { head in
            let start = (head * tokens + token) * width
            let (one, two) = (
                numbers[start..<start + width], numbers[start + width..<start + 2 * width]
            )
            return one.elementsEqual(two) && one.contains { $0 != 0 }
        }
    }

    /// The same shape with each row taken from another place.
    func rows(from source: (_ batch: Int, _ head: Int, _ token: Int) -> (Int, Int, Int))
        -> HeadTensor
    {
        var other = self
        for b in 0..<batch {
            for i in 0..<heads {
                for t in 0..<tokens {
                    let (sb, si, st) = source(b, i, t)
                    let (to, from) = (start(b, i, t), start(sb, si, st))
                    for place in 0..<width { other.numbers[to + place] = numbers[from + place] }
                }
            }
        }
        return other
    }

    /// [tokens, heads · width] read as [heads, tokens, width] without a transpose.
    var splitWithoutTranspose: HeadTensor {
        rows { batch, head, token in
            let row = head * tokens + token
            return (batch, row % heads, row / heads)
        }
    }

    /// Each token so many times, [g, count · t, w], viewed as [count · g, t, w].
    func repeatedAlongTokens(_ count: Int) -> HeadTensor {
        var other = HeadTensor(zeros: batch, heads * count, tokens, width)
        for row in 0..<batch * heads * count * tokens {
            for place in 0..<width {
                other.numbers[row * width + place] = numbers[row / count * width + place]
            }
        }
        return other
    }

    /// The rows of the listed sequences; its own where there is no list.
    func ofSequences(_ list: [Int]) -> HeadTensor {
        list.isEmpty ? self : rows { (list[$0], $1, $2) }
    }

    /// The mean over the batch, in each sequence.
    var batchAveraged: HeadTensor {
        var other = self
        let count = heads * tokens * width
        for index in 0..<count {
            let sum = (0..<batch).reduce(0.0) { $0 + numbers[$1 * count + index] }
            for sequence in 0..<batch {
                other.numbers[sequence * count + index] = sum / Double(batch)
            }
        }
        return other
    }

    /// The mean over the heads, in each of them.
    var headsAveraged: HeadTensor {
        var other = HeadTensor(zeros: batch, heads, tokens, width)
        for b in 0..<batch {
            for t in 0..<tokens {
                for place in 0..<width {
                    let sum = (0..<heads).reduce(0.0) { $0 + numbers[start(b, $1, t) + place] }
                    for i in 0..<heads {
                        other.numbers[start(b, i, t) + place] = sum / Double(heads)
                    }
                }
            }
        }
        return other
    }

    /// Turns `count` numbers of each row, from `offset` on, by its token's angles `times` times;
    /// a negative number turns back. Token t is at position t `step` + `first`.
    mutating func turn(
        _ rotary: Rotary, times: Int, first: Int, step: Int = 1, from offset: Int = 0, count: Int
    ) {
        guard times != 0, count > 1 else { return }
        let angles = rotary.angles(
            positions: tokens, first: first * times, step: step * times, count)
        for b in 0..<batch {
            for i in 0..<heads {
                for t in 0..<tokens {
                    let row = start(b, i, t) + offset
                    for pair in 0..<count / 2 {
                        let (one, two) = rotary.pair(pair, count)
                        let (cosine, sine) = angles[t * (count / 2) + pair]
                        let (x, y) = (numbers[row + one], numbers[row + two])
                        numbers[row + one] = x * cosine - y * sine * rotary.signs.first
                        numbers[row + two] = x * sine * rotary.signs.second + y * cosine
                    }
                }
            }
        }
    }
}

/// How a rotary embedding turns (Su et al. 2021, arXiv 2104.09864): pair i of r numbers at
/// position p by the angle p / base^(2i/r).
struct Rotary: Hashable {
    /// Those of the sines, 1 where they are right, in a pair's first and second number.
    struct Signs: Hashable {
        var first = 1.0
        var second = 1.0

        static let right = Signs()
    }

    var base: Double
    var layout: RotaryLayout
    var signs = Signs.right

    func pair(_ index: Int, _ count: Int) -> (Int, Int) {
        layout == .pairs ? (2 * index, 2 * index + 1) : (index, index + count / 2)
    }

    /// Cosine and sine for each position and pair.
    func angles(
        positions: Int, first: Int, step: Int, _ count: Int
    ) -> [(cosine: Double, sine: Double)] {
        let speeds = (0..<count / 2).map { power(base, -2 * Double($0) / Double(count)) }
        return (0..<positions).flatMap { position in
            speeds.map { speed in
                let angle = Double(first + position * step) * speed
                return (cosine(angle), sine(angle))
            }
        }
    }
}
