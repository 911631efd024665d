import AttentionEngine
import CourseContent

extension SlidersSpec {
    func words(_ scene: Scene) -> [Passage] {
        let rows = sliders.compactMap { slider in
            slider.words(
                at: scene.setting, scene.dials, isMoved: slider.moved == scene.focus
            )
            .map { Passage.row($0) }
        }
        return rows.isEmpty
            ? [] : [.paragraph(sliders.count == 1 ? "Slider:" : "Sliders:")] + rows
    }
}

extension Slider {
    /// "g, K/V heads: 8, stops 1, 2, 4, 8; left and right move it", of more than `most` stops only
    /// the ends; nil where a setting lacks the parameter.
    package func words(
        at setting: CacheSetting, _ dials: DialValues, isMoved: Bool, most: Int = 8
    ) -> String? {
        guard let value = value(at: setting, dials) else { return nil }
        let stops = stops(at: setting, dials)
        let among =
            stops.count > (parameter == .keyValueHeads ? 16 : most)
            ? "stops from \(text(stops[0])) to \(text(stops[stops.count - 1]))"
            : stops.count == 1
                ? "its only stop" : "stops " + stops.map { text($0) }.joined(separator: ", ")
        return "\(moved.spoken)\(isNew ? " (new)" : ""): \(text(value)), \(among)"
            + (isMoved ? "; left and right move it." : ".")
    }

    /// " set n takes numbers between and beyond these too."; empty where only the stops can be.
    package func typedWords(at setting: CacheSetting) -> String {
        guard let parameter, parameter != .bytesPerNumber else { return "" }
        let others =
            parameter == .keyValueHeads
            ? divisors(of: setting.queryHeads).filter { allows($0) } != stops(at: setting)
                ? "other divisors of n, \(grouped(setting.queryHeads)), too" : ""
            : range == nil ? "numbers between and beyond these too" : "those between these too"
        return others.isEmpty ? "" : " set \(parameter.letter) takes \(others)."
    }
}
