import AttentionEngine
import Lessons
import ModelCatalog

extension PreparedStep {
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
            prose: [
                .words("All sliders are yours. m: a real model; g: GPUs; e: back to the lesson.")
            ],
            setting: setting,
            widgets: [
                .heads(HeadsSpec()),
                .sliders(SlidersSpec(sliders: parameters.map { Slider(parameter: $0) })),
                // The table has a bar for every g.
                .memory(MemorySpec(showsBars: false)),
                .groups(GroupsSpec()),
            ])
    }

    /// Stands in where a course has no step to show, with the reason where it is known.
    package static func empty(at setting: CacheSetting, because error: String?) -> PreparedStep {
        PreparedStep(
            id: "empty", title: error == nil ? "No lesson here" : "No step here",
            prose: [
                .words(
                    error
                        ?? "No step of this course could be read. Run headroom lint on its "
                        + "folder to see why.")
            ],
            setting: setting)
    }

    /// The same outside its lesson, to be asked again: in other words, at another setting.
    package func again(
        _ question: Question, below prose: [Block], at setting: CacheSetting, of model: Model?,
        widgets: [WidgetSpec]
    ) -> PreparedStep {
        PreparedStep(
            id: "review", title: "Missed earlier", prose: prose, figures: figures, setting: setting,
            model: model, dials: dials, widgets: widgets, question: question)
    }
}

extension Block {
    /// A paragraph of the program's own.
    package static func words(_ text: String) -> Block { .paragraph(Words(text).inlines) }
}
