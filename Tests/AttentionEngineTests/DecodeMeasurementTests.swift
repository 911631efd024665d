import AttentionEngine
import Testing

@Suite("A decode step and its measurement")
struct DecodeMeasurementTests {
    @Test("Both ways give the same outputs, whatever g, in every format")
    func waysAgree() throws {
        for keyValueHeads in divisors(of: 12) {
            for format in NumberFormat.allCases {
                let step = try DecodeStep(
                    shape: AttentionShape(
                        queryHeads: 12, keyValueHeads: keyValueHeads, headDimension: 32),
                    tokens: 1500, format: format)
                let outputs = DecodeWay.allCases.map { way in
                    var measurement = DecodeMeasurement(step, way: way, threads: 3, samples: 2)
                    while !measurement.isFinished { measurement.advance(for: .zero) }
                    #expect(measurement.times.count == 2)
                    #expect(measurement.median == measurement.times.max())
                    return measurement.outputs
                }
                #expect(outputs[0].count == 12 * 32)
                #expect(Set(outputs[0]).count > 12)
                #expect(largestDifference(outputs[0], outputs[1]) < 1e-5)
            }
        }
    }

    @Test("The bytes of a step: the cache, and for the repeated way MHA's written and read too")
    func bytes() throws {
        let shape = try AttentionShape(queryHeads: 32, keyValueHeads: 8, headDimension: 128)
        let step = try DecodeStep(shape: shape, tokens: 16_384, format: .bfloat16)
        #expect(step.cacheSize.bytes == 67_108_864)
        #expect(step.repeatedSize.bytes == 268_435_456)
        #expect(step.memoryNeeded(.shared).bytes == 67_108_864)
        #expect(step.memoryNeeded(.repeated).bytes == 335_544_320)
        #expect(step.bytesMoved(.shared).bytes == 67_108_864)
        #expect(step.bytesMoved(.repeated).bytes == 603_979_776)
        #expect(step.multiplications == 134_217_728)
        let blocks = try DecodeStep(shape: shape, tokens: 16_384, format: .q4)
        #expect(blocks.cacheSize.bytes == 67_108_864 / 64 * 18)
        let mha = try DecodeStep(shape: shape.ungrouped, tokens: 16_384, format: .float32)
        #expect(mha.bytesMoved(.repeated).bytes == 536_870_912)
        #expect(mha.memoryNeeded(.repeated).bytes == 536_870_912)
        #expect(mha.multiplications == step.multiplications)
    }

    @Test("A step without tokens, and one too large to count, are refused")
    func refusals() throws {
        let shape = try AttentionShape(queryHeads: 2, keyValueHeads: 1, headDimension: 8)
        #expect(throws: SettingError.tooSmall(.tokens, 0)) {
            try DecodeStep(shape: shape, tokens: 0, format: .float32)
        }
        #expect(throws: SettingError.tooLarge) {
            try DecodeStep(shape: shape, tokens: .max / 2, format: .float32)
        }
        #expect(throws: SettingError.blocksDoNotFit(.q8, block: 32, width: 8)) {
            try DecodeStep(shape: shape, tokens: 1, format: .q8)
        }
        #expect(throws: SettingError.tooSmall(.queryHeads, 0)) {
            try DecodeSweep(
                queryHeads: 0, headDimension: 8, tokens: 1, format: .float32, threads: 1)
        }
    }

    @Test("A sweep measures the bandwidth, then every legal g from MHA to MQA, bit by bit")
    func sweep() throws {
        var sweep = try DecodeSweep(
            queryHeads: 6, headDimension: 16, tokens: 40, format: .bfloat16, threads: 2,
            samples: 3)
        #expect(sweep.memoryNeeded.bytes == 256 << 20)
        let large = try DecodeSweep(
            queryHeads: 6, headDimension: 16, tokens: 1 << 20, format: .bfloat16, threads: 2)
        #expect(large.memoryNeeded.bytes == 2 * 16 * 2 * (3 + 6) << 20)
        #expect(sweep.progress == 0)
        var slices = 0
        var last = 0.0
        var seen: [String] = []
        while !sweep.isFinished {
            if let (step, way) = sweep.current {
                #expect(sweep.bytesPerSecond != nil)
                let name = "\(step.shape.keyValueHeads) \(way.rawValue)"
                if seen.last != name { seen.append(name) }
            }
            sweep.advance(for: .zero)
            #expect(sweep.progress >= last)
            last = sweep.progress
            slices += 1
        }
        #expect(
            seen == [
                "6 shared", "3 shared", "3 repeated", "2 shared", "2 repeated", "1 shared",
                "1 repeated",
            ])
        #expect(slices > 40)
        #expect(sweep.progress == 1)
        #expect(sweep.rows.map(\.step) == sweep.steps)
        #expect(sweep.rows[0].shared == sweep.rows[0].repeated)
        #expect(sweep.rows.allSatisfy { $0.shared > .zero && $0.bytesPerSecond > 0 })
        #expect(try #require(sweep.bytesPerSecond) > 0)
    }

    @Test("Steps that run at once, each on several threads, do not disturb each other")
    func concurrentSteps() async throws {
        var random = SeededGenerator(seed: 10)
        let inputs = try (0..<8).map { _ in
            AttentionInputs(
                try AttentionShape(queryHeads: 4, keyValueHeads: 2, headDimension: 32),
                queryTokens: 1, tokens: 9000, from: &random)
        }
        let alone = inputs.map { $0.outputs(causal: true) }
        let together = await withTaskGroup(of: (Int, [Float]).self) { group in
            for (index, input) in inputs.enumerated() {
                group.addTask { (index, input.outputs(causal: true, threads: 4)) }
            }
            return await group.reduce(into: [Int: [Float]]()) { $0[$1.0] = $1.1 }
        }
        for (index, outputs) in alone.enumerated() {
            #expect(largestDifference(outputs, try #require(together[index])) < 1e-6)
        }
    }
}

@Suite("How fast this machine is")
struct MachineMeasurementTests {
    @Test("is measured bit by bit: what it reads, then what it computes")
    func measured() throws {
        var work = MachineMeasurement(threads: 2, samples: 2)
        #expect(work.progress == 0)
        var last = 0.0
        while !work.isFinished {
            #expect(work.operationsPerSecond == nil)
            work.advance(for: .zero)
            #expect(work.progress >= last)
            last = work.progress
        }
        #expect(last == 1)
        #expect(try #require(work.bytesPerSecond) > 0)
        #expect(try #require(work.operationsPerSecond) > 0)
    }
}
