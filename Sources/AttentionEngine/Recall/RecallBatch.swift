/// Questions in the form that training reads: rows of the tables that have one row for each value
/// of each attribute.
struct RecallBatch {
    /// For every question and item, the eight rows of its values.
    private(set) var items: [UInt8]
    /// For every question, the eight rows of the values it names.
    private(set) var asked: [UInt8]
    /// For every question, the eight right values.
    private(set) var answers: [UInt8]
    /// For every question, the eight items it is about.
    private(set) var targets: [UInt8]

    /// A batch of questions that are all alike, to be filled.
    init() {
        items = Array(repeating: 0, count: RecallTask.batch * 64)
        asked = Array(repeating: 0, count: RecallTask.batch * 8)
        answers = asked
        targets = asked
    }

    /// A batch that asks the given questions, at most as many as it holds; the rest are alike.
    init(_ questions: [RecallQuestion]) {
        self.init()
        for (row, question) in questions.enumerated() {
            for attribute in 0..<8 {
                for item in 0..<8 {
                    let entry = attribute * 16 + question.values[item][attribute]
                    items[row * 64 + item * 8 + attribute] = UInt8(entry)
                }
                targets[row * 8 + attribute] = UInt8(question.targets[attribute])
            }
            ask(row)
        }
    }

    /// One of the questions.
    subscript(row: Int) -> RecallQuestion {
        RecallQuestion(
            values: (0..<8).map { item in
                (0..<8).map { Int(items[row * 64 + item * 8 + $0]) % 16 }
            },
            targets: (0..<8).map { Int(targets[row * 8 + $0]) })
    }

    /// Replaces all questions by fresh ones.
    mutating func draw(from random: inout RecallRandom) {
        for row in 0..<RecallTask.batch {
            for attribute in 0..<8 {
                // The sixteen values as the digits of one number, shuffled from the first on.
                var digits: UInt64 = 0xFEDC_BA98_7654_3210
                var bits = random.next()
                for item in 0..<8 {
                    let draw = bits.multipliedFullWidth(by: UInt64(16 &- item))
                    bits = draw.low
                    let place = UInt64(item) &* 4
                    let other = place &+ draw.high &* 4
                    let difference = (digits &>> place ^ digits &>> other) & 15
                    digits ^= difference &<< place
                    digits ^= difference &<< other
                    let value = UInt8(truncatingIfNeeded: digits &>> place) & 15
                    items[row &* 64 &+ item &* 8 &+ attribute] =
                        UInt8(truncatingIfNeeded: attribute &* 16) | value
                }
            }
            var bits = random.next()
            for attribute in 0..<8 {
                targets[row &* 8 &+ attribute] = UInt8(truncatingIfNeeded: bits) & 7
                bits = bits &>> 3
            }
            ask(row)
        }
    }

    /// Sets what a question names and its answers from its items and targets.
    private mutating func ask(_ row: Int) {
        for attribute in 0..<8 {
            let target = Int(targets[row &* 8 &+ attribute])
            let first = row &* 64 &+ target &* 8
            asked[row &* 8 &+ attribute] = items[first &+ attribute]
            answers[row &* 8 &+ attribute] = items[first &+ (attribute &+ 1) & 7] & 15
        }
    }
}
