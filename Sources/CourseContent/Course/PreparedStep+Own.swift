import AttentionEngine
import Lessons

extension PreparedStep {
    private init(
        id: String, title: String, text: String, at setting: CacheSetting, widgets: [WidgetSpec]
    ) {
        self.init(
            id: id, title: title, prose: [.paragraph(Words(text).inlines)], setting: setting,
            widgets: widgets)
    }

    /// The step outside all lessons: all sliders, no script.
    package static func explore(at setting: CacheSetting) -> PreparedStep {
        var parameters: [Parameter] = [
            .keyValueHeads, .queryHeads, .tokens, .layers, .headDimension, .batch, .bytesPerNumber,
        ]
        // A latent is what its size depends on, and no g.
        if setting.latent != nil {
            parameters =
                [.latentRank, .rotaryDimension] + parameters.dropFirst()
                + [.keyValueHeads]
        }
        if setting.windowed != nil { parameters += [.windowLayers, .window] }
        return PreparedStep(
            id: "explore", title: "Explore",
            text: "All sliders are yours. m: a real model; g: on GPUs; e: back to the lesson.",
            at: setting,
            widgets: [
                .heads(HeadsSpec()),
                .sliders(SlidersSpec(sliders: parameters.map { Slider(parameter: $0) })),
                .memory(MemorySpec()),
            ])
    }

    /// Stands in where a course has no step to show, with the reason where it is known.
    package static func empty(at setting: CacheSetting, because error: String?) -> PreparedStep {
        PreparedStep(
            id: "empty", title: error == nil ? "No lesson here" : "No step here",
            text: error
                ?? "This course holds no step that could be read. Run headroom lint on its folder "
                + "to see why.", at: setting, widgets: [])
    }
}
