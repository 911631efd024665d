import ModelCatalog
import TerminalCanvas

/// The models to choose from, with what is known of the marked one.
struct ModelsScreen: SearchableList {
    var line = TextEditor(limit: 40)
    var selected = 0

    /// Columns for names, where a page is so wide.
    private static func nameWidth(_ app: CourseApp) -> Int { app.pageWidth < 60 ? 19 : 22 }

    private static func columnNames(_ app: CourseApp) -> String {
        "  " + "name".padded(to: nameWidth(app)) + "kind".padded(to: 11) + "layers".leading(to: 6)
            + "heads".leading(to: 6) + "K/V".leading(to: 7) + "each".leading(to: 5)
    }

    func entries(in app: CourseApp) -> [Model] { Catalog.search(line.text) }

    func choose(_ model: Model, in app: inout CourseApp) -> Next {
        app.session.take(model)
        return .closes
    }

    func page(in app: CourseApp) -> Page? {
        let models = entries(in: app)
        let lines = models.map { model -> Line in
            let isLatent = model.latent != nil
            return [
                Span(name(of: model, width: Self.nameWidth(app), app.glyphs)),
                Span(model.kind.padded(to: 11), .faint),
                Span("\(model.growingLayers)".leading(to: 6)),
                Span("\(model.queryHeads)".leading(to: 6)),
                Span((isLatent ? "latent" : "\(model.keyValueHeads)").leading(to: 7)),
                Span((isLatent ? "" : "\(model.groupSize)").leading(to: 5)),
            ]
        }
        var page = page(
            "Models: \(models.count)", lines,
            orElse: Span("No model matches. Backspace erases a letter.", Style(.bad)),
            hint: line.isEmpty ? " a name, mha, mqa, gqa, mla, window" : "", in: app)
        page.heading.append([Span(Self.columnNames(app), .faint)])
        if models.indices.contains(selected) {
            page.footing = details(of: models[selected], app)
        }
        return page
    }

    private func name(of model: Model, width: Int, _ glyphs: Glyphs) -> String {
        let name = model.name + (model.doubts.isEmpty ? "" : "*")
        let isLong = columns(of: name) >= width
        return (isLong ? String(name.prefix(width - 2)) + String(glyphs.ellipsis) : name)
            .padded(to: width)
    }

    /// What is known of a model, in as many rows for each, so that the list stands still; what is
    /// too long ends in dots, and `w` tells it whole once the model is chosen.
    private func details(of model: Model, _ app: CourseApp) -> [Line] {
        let count = app.size.height < 24 ? 4 : 6
        var lines = app.wrapped(facts(of: model)) + app.lines(ofBackground: model)
        if lines.count > count {
            lines = Array(lines.prefix(count))
            let cut = lines[count - 1] + [Span(" \(app.glyphs.ellipsis)", .faint)]
            lines[count - 1] = cut.shortened(to: app.pageWidth, glyphs: app.glyphs)
        }
        return lines + Array(repeating: [], count: count - lines.count)
    }

    /// "l 32, n 32, g 8, h 128; a token takes 131 kB (128 KiB)."
    private func facts(of model: Model) -> String {
        let heads =
            model.latent.map { "c \($0.latentRank), r \($0.rotaryDimension)" }
            ?? "g \(model.keyValueHeads)"
        let width = model.headDimension.map { "h \($0)" } ?? "h not published"
        let token = (try? model.cacheSize(tokens: 1)).map { "; a token takes \($0.both)" } ?? ""
        let none = model.noSetting.map { " No sliders: \($0)." } ?? ""
        return "l \(model.growingLayers), n \(model.queryHeads), \(heads), \(width)\(token).\(none)"
    }
}
