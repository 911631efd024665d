import AttentionEngine

extension SliderPanel {
    func words(scene: Scene) -> [Passage] {
        let rows = spec.sliders.compactMap { slider in
            slider.words(at: scene.setting, isMoved: slider.parameter == scene.focus)
                .map { Passage.row($0) }
        }
        return rows.isEmpty
            ? [] : [.paragraph(spec.sliders.count == 1 ? "Slider:" : "Sliders:")] + rows
    }
}

extension Slider {
    /// "g, K/V heads: 8, of 1, 2, 4, 8; left and right move it", of more than `most` stops only the
    /// ends; nil where a setting lacks the parameter.
    func words(at setting: CacheSetting, isMoved: Bool, most: Int = 8) -> String? {
        guard let value = setting[parameter] else { return nil }
        let stops = stops(at: setting)
        let among =
            stops.count > (parameter == .keyValueHeads ? 16 : most)
            ? "from \(text(stops[0])) to \(text(stops[stops.count - 1]))"
            : stops.count == 1
                ? "its only stop" : "of " + stops.map { text($0) }.joined(separator: ", ")
        return "\(parameter.spoken)\(isNew ? " (new)" : ""): \(text(value)), \(among)"
            + (isMoved ? "; left and right move it." : ".")
    }
}

extension Parameter {
    /// "g, K/V heads", and "bytes per number", whose letter is a word.
    var spoken: String { self == .bytesPerNumber ? name : "\(letter), \(name)" }
}
