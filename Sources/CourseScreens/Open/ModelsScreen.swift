import AttentionEngine
import CourseContent
import CourseSession
import ModelCatalog
import TerminalCanvas

/// The models to choose from, with what is known of the marked one.
struct ModelsScreen: SearchableList {
    var line = TextEditor(limit: 40)
    var selected = 0

    private static let columnNames =
        "  " + "name".padded(to: 19) + "kind".padded(to: 11) + "layers".leading(to: 6)
        + "heads".leading(to: 6) + "K/V".leading(to: 7) + "each".leading(to: 5)

    private var models: [Model] { Catalog.search(line.text) }

    func count(in app: CourseApp) -> Int { models.count }

    mutating func choose(in app: inout CourseApp) -> Next {
        app.session.take(models[selected])
        return .closes
    }

    func page(in app: CourseApp) -> Page? {
        let models = models
        let lines = models.map { model -> Line in
            let isLatent = model.latent != nil
            return [
                Span((model.name + (model.doubts.isEmpty ? "" : "*")).padded(to: 19)),
                Span(model.kind.padded(to: 11), Style(.faint)),
                Span("\(model.growingLayers)".leading(to: 6)),
                Span("\(model.queryHeads)".leading(to: 6)),
                Span((isLatent ? "latent" : "\(model.keyValueHeads)").leading(to: 7)),
                Span((isLatent ? "" : "\(model.groupSize)").leading(to: 5)),
            ]
        }
        let none: [Line] = [[Span("No model matches. Backspace erases a letter.", Style(.bad))]]
        let hint = line.isEmpty ? " a name, mha, mqa, gqa, mla, window" : ""
        let typed = typed(hint, width: app.pageWidth, glyphs: app.glyphs)
        return Page(
            title: "Models: \(models.count)", lines: models.isEmpty ? none : lines,
            selected: models.isEmpty ? nil : selected,
            heading: [
                typed.line,
                [Span(Self.columnNames, Style(.faint))],
            ],
            cursor: Point(column: typed.column, row: 0),
            footing: models.indices.contains(selected) ? details(of: models[selected], app) : [])
    }

    /// What is known of a model, in as many rows for each, so that the list stands still; what is
    /// too long ends in dots, and `w` tells it whole once the model is chosen.
    private func details(of model: Model, _ app: CourseApp) -> [Line] {
        let count = app.size.height < 24 ? 4 : 6
        let width = app.pageWidth
        var lines =
            wrapped([Span(facts(of: model))], width: width, glyphs: app.glyphs)
            + app.lines(ofBackground: model, width: width)
        if lines.count > count {
            lines = Array(lines.prefix(count))
            lines[count - 1].append(Span(" \(app.glyphs.ellipsis)", Style(.faint)))
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
