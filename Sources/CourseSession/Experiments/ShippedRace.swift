import CourseContent

extension RaceResults {
    /// What came with the program; `headroom race` prints the same on any machine.
    static let shipped = RaceResults(
        .race,
        """
        0.7216 6 0.6705 | 104 121 135 144 147 151 155 167 202 308 399 573 655 668 724
        0.3696 4 0.3823 | 97 105 116 123 133 135 128 123 146 161 182 307 330 339 363
        0.3000 3 0.4654 | 95 100 97 104 105 112 102 112 125 169 208 192 213 302 304
        0.1791 1 0.0347 | 90 83 80 87 92 96 86 81 86 91 128 173 172 179 183
        0.4873 4 0.5098 | 89 109 110 117 121 130 139 141 226 233 344 418 433 441 480
        """)

    /// The same of `headroom race --match-parameters`.
    static let shippedWidened = RaceResults(
        .widened,
        """
        0.7216 6 0.6705 | 104 121 135 144 147 151 155 167 202 308 399 573 655 668 724
        0.4805 4 0.5753 | 97 105 113 111 123 147 206 243 325 332 349 431 435 445 489
        0.3035 3 0.4742 | 90 113 105 108 123 112 118 111 109 179 203 238 299 298 312
        0.1851 1 0.2806 | 71 86 81 82 88 84 77 87 98 180 178 180 184 188 182
        0.3896 4 0.3944 | 98 103 106 114 122 135 136 123 134 172 276 325 335 346 398
        """)

    /// What came with the program of a race or its control.
    static func shipped(_ field: RacePlan.Field) -> RaceResults {
        field == .widened ? .shippedWidened : .shipped
    }

    /// Of a table with a line for each variant: accuracy, perspectives and divergence in bits, then
    /// the accuracy in thousandths every hundred steps.
    private init(_ field: RacePlan.Field, _ table: String) {
        plan = RacePlan(field)
        date = nil
        rows = zip(plan.variants, table.split(separator: "\n")).map { variant, line in
            let parts = line.split(separator: "|").map { part in
                part.split(separator: " ").map { Double($0) ?? .nan }
            }
            return RaceRow(
                variant: variant, accuracy: parts[0][0],
                measured: .init(perspectives: Int(parts[0][1]), bits: parts[0][2]),
                curve: parts[1].enumerated().map {
                    .init(step: 100 * ($0 + 1), accuracy: $1 / 1000)
                })
        }
    }
}
