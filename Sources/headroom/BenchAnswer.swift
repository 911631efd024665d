import AttentionEngine

/// Measured decode steps in the forms they are printed in.
struct BenchAnswer {
    let rows: [DecodeTimes]
    let threads: Int
    /// Bytes per second that this machine reads.
    let bandwidth: Double

    init(_ sweep: DecodeSweep) {
        self.init(
            rows: sweep.rows, threads: sweep.threads, bandwidth: sweep.bytesPerSecond ?? .infinity)
    }

    init(rows: [DecodeTimes], threads: Int, bandwidth: Double) {
        self.rows = rows
        self.threads = threads
        self.bandwidth = bandwidth
    }

    /// The time that reading the cache alone takes, in milliseconds.
    private func floor(_ row: DecodeTimes) -> Double {
        Double(row.step.cacheSize.bytes) / bandwidth * 1000
    }

    var lines: [String] {
        var table = TextTable(columns: [
            .init(title: "g x n/g", alignment: .right), .init(title: "cache", alignment: .right),
            .init(title: "floor", alignment: .right), .init(title: "shared", alignment: .right),
            .init(title: "GB/s", alignment: .right), .init(title: "of read", alignment: .right),
            .init(title: "repeated", alignment: .right), .init(title: "moves", alignment: .right),
        ])
        for row in rows {
            let shape = row.step.shape
            table.rows.append([
                "\(shape.keyValueHeads) x \(shape.groupSize)", row.step.cacheSize.decimal,
                fixed(floor(row), decimals: 2), fixed(row.shared.milliseconds, decimals: 2),
                fixed(row.bytesPerSecond / 1e9, decimals: 1),
                "\(fixed(row.bytesPerSecond / bandwidth * 100, decimals: 0)) %",
                fixed(row.repeated.milliseconds, decimals: 2),
                row.step.bytesMoved(.repeated).decimal,
            ])
        }
        return heading + [""] + table.lines + [""] + legend
    }

    private var heading: [String] {
        guard let step = rows.first?.step else { return [] }
        return wrapped(
            "One decode step of one layer: \(grouped(step.shape.queryHeads)) query heads of "
                + "\(grouped(step.shape.headDimension)) numbers over \(grouped(step.tokens)) "
                + "cached tokens in \(step.format.rawValue), batch 1, "
                + (threads == 1 ? "1 thread." : "\(threads) threads.")
                + " This machine reads \(fixed(bandwidth / 1e9, decimals: 1)) GB/s.")
    }

    private var legend: [String] {
        wrapped(
            "Times are medians in milliseconds. floor: reading the cache at this machine's "
                + "bandwidth, and nothing else. shared: each key and value read once for all query "
                + "heads of its group; GB/s of cache it goes through, as a share of the bandwidth "
                + "(above 100 % where the cache fits into the processor's own). "
                + "repeated: keys and values first copied for each query head; the "
                + "bytes this moves.")
    }

    /// The times as bars on one scale, the floor's part of them drawn apart.
    var plot: [String] {
        let width = 56
        let longest = rows.map { max($0.shared, $0.repeated).milliseconds }.max() ?? 1
        func bar(_ milliseconds: Double, _ floor: Double) -> String {
            let length = max(1, Int((milliseconds / longest * Double(width)).rounded()))
            let part = min(length, Int((floor / longest * Double(width)).rounded()))
            return String(repeating: "=", count: part)
                + String(repeating: "#", count: length - part)
        }
        var lines = ["", "g, shared above repeated (= the floor, # the rest)"]
        let digits = rows.map { String($0.step.shape.keyValueHeads).count }.max() ?? 1
        for row in rows {
            let name = String(row.step.shape.keyValueHeads)
            let first = String(repeating: " ", count: digits - name.count) + name
            let times = row.step.shape.groupSize == 1 ? [row.shared] : [row.shared, row.repeated]
            for (index, time) in times.enumerated() {
                let label = index == 0 ? first : String(repeating: " ", count: digits)
                lines.append(
                    "\(label)  \(bar(time.milliseconds, floor(row))) "
                        + fixed(time.milliseconds, decimals: 2))
            }
        }
        return lines
    }

    var json: JSON {
        .object([
            ("schema", .int(1)), ("inputs", inputs),
            (
                "read_bytes_per_second",
                bandwidth.isFinite ? .int(Int(bandwidth.rounded())) : .null
            ),
            (
                "rows",
                .array(
                    rows.map { row in
                        .object([
                            ("kv_heads", .int(row.step.shape.keyValueHeads)),
                            ("shared_ms", Self.number(row.shared.milliseconds, decimals: 3)),
                            ("repeated_ms", Self.number(row.repeated.milliseconds, decimals: 3)),
                            ("cache_bytes", .int(row.step.cacheSize.bytes)),
                            ("bandwidth_floor_ms", Self.number(floor(row), decimals: 3)),
                        ])
                    })
            ),
        ])
    }

    /// What was timed.
    private var inputs: JSON {
        guard let step = rows.first?.step else { return .null }
        return .object([
            ("query_heads", .int(step.shape.queryHeads)),
            ("head_dim", .int(step.shape.headDimension)), ("tokens", .int(step.tokens)),
            ("batch", .int(1)), ("dtype", .string(step.format.rawValue)),
            ("threads", .int(threads)),
        ])
    }

    /// A number without separated thousands.
    private static func number(_ value: Double, decimals: Int) -> JSON {
        .number(fixed(value, decimals: decimals).filter { $0 != "," })
    }
}

extension Duration {
    fileprivate var milliseconds: Double { seconds * 1000 }
}
