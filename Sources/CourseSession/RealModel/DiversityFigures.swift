import AttentionEngine
import CourseContent

/// How different the heads of a real model look, layer by layer.
package struct DiversityFigures {
    /// Whether the first token counts.
    package let countsFirst: Bool
    /// Layers of the model.
    package let layers: Int
    /// Of each layer, pairs that share a K/V head; nil where that is hidden, and where no heads do.
    package let sharing: [Double]?
    /// The same of pairs that do not.
    package let apart: [Double]?
    /// Where they were found, in fewer and fewer words.
    package let origins: [String]
    private let onFirst: [Double]
    private let tokens: Int
    /// Whether it is hidden until a question is answered.
    package let isVeiled: Bool

    /// Of a picture as its dial stands.
    package init(_ scene: Scene) {
        let model = MeasuredModel.smolLM2
        let experiment = DiversityExperiment()
        let known = scene.experiments[experiment]
        // What the project found stays until something is found here.
        let live = known.flatMap { $0.found.layers.isEmpty ? nil : $0 }
        let begun = known.flatMap { $0.isRunning || live != nil ? $0 : nil }
        let countsFirst = scene.dials[.first] == 1
        let found = live?.found.layers ?? model.layers
        let means = found.map { countsFirst ? $0.all : $0.withoutFirst }
        func curve(_ values: [Double?]) -> [Double]? {
            let some = values.compactMap(\.self)
            return scene.isVeiled || some.isEmpty || some.count < values.count ? nil : some
        }
        self.countsFirst = countsFirst
        layers = found.count
        isVeiled = scene.isVeiled
        tokens = live?.found.tokens ?? model.compared
        sharing = curve(means.map(\.sharing))
        apart = curve(means.map(\.apart))
        onFirst = found.map(\.onFirst)
        origins =
            begun.map { begun in
                MeasuredModel.origins(
                    of: begun.model, content: begun.content,
                    way: LiveWay(
                        begun.found.share, isRunning: begun.isRunning,
                        doing: live == nil ? "Headroom's figures until then" : ""),
                    scene.experiments.origin(of: experiment))
            } ?? model.origins
    }

    /// "Sharing heads differ by 0.45, others by 0.54, by more in 30 of 30 layers."
    package var summary: String {
        if isVeiled { return "Hidden until you answer." }
        return [difference, first].joined(separator: " ")
    }

    private var difference: String {
        switch (sharing, apart) {
        case (let sharing?, let apart?):
            let nearer = zip(sharing, apart).count { $0 < $1 }
            return "Sharing heads differ by \(Self.text(sharing)), others by \(Self.text(apart)), "
                + "by more in \(nearer) of \(layers) layers."
        case (nil, let apart?):
            return "No two heads share a K/V head here; they differ by \(Self.text(apart))."
        case (let sharing?, nil):
            return "All heads share one K/V head here; they differ by \(Self.text(sharing))."
        case (nil, nil): return "There is one query head: nothing to compare."
        }
    }

    private var first: String {
        guard countsFirst, let share = Self.mean(onFirst) else {
            return "The first token is left out."
        }
        return "\(fixed(100 * share, decimals: 0))\u{A0}% of all attention lies on the first token."
    }

    private static func text(_ values: [Double]) -> String {
        mean(values).map { fixed($0, decimals: 2) } ?? ""
    }

    /// Of all; nil where one is missing, or all.
    static func mean(_ values: [Double?]) -> Double? {
        let some = values.compactMap(\.self)
        guard !some.isEmpty, some.count == values.count else { return nil }
        return some.reduce(0, +) / Double(some.count)
    }

    /// What was read.
    package var conditions: String {
        "\(grouped(tokens)) tokens of lesson 3; half the sum of two heads' absolute differences."
    }

    /// The columns of the table.
    package static let header = ["layer", "share a K/V head", "do not"]

    /// One of so many layers has a row where there is room for so many rows.
    package func layersPerRow(rows: Int) -> Int {
        max(1, (layers + max(1, rows) - 1) / max(1, rows))
    }

    /// The cells of every layer, or of one of so many. Three decimals tell both apart where they
    /// are nearly the same.
    package func cells(ofEvery step: Int) -> [[String]] {
        func text(_ values: [Double]?, _ layer: Int) -> String {
            isVeiled ? "?" : values.map { fixed($0[layer], decimals: 3) } ?? "-"
        }
        return stride(from: 0, to: layers, by: step).map { layer in
            [String(layer), text(sharing, layer), text(apart, layer)]
        }
    }

    /// That a table leaves layers out that has one of so many; nil where it has all.
    package func tableNote(ofEvery step: Int) -> String? {
        step == 1 ? nil : "A row for one of every \(step) layers; the plot has them all."
    }

    /// In words: the means, and every layer.
    package var told: [Passage] {
        if isVeiled { return [.paragraph(summary)] }
        return [.paragraph(summary)]
            + Passage.table(header: Self.header, rows: cells(ofEvery: 1))
            + [conditions, ended(origins[0])].map { .row($0, mark: "") }
    }
}
