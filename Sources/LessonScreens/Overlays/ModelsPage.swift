import AttentionEngine
import ModelCatalog
import TerminalCanvas

/// The models to choose from, with what is known of the marked one.
extension CourseApp {
    func modelMatches(_ query: String) -> [Model] { Catalog.search(query) }

    func modelsPage(_ query: String, _ selected: Int) -> OverlayPage {
        let models = modelMatches(query)
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
        let hint = query.isEmpty ? " a name, mha, mqa, gqa, mla, window" : ""
        return OverlayPage(
            title: "Models: \(models.count)", lines: models.isEmpty ? none : lines,
            selected: models.isEmpty ? nil : selected,
            heading: [
                [
                    Span("Type to search: ", Style(.faint)), Span(query, Style(.text, .bold)),
                    Span(hint, Style(.faint)),
                ],
                [
                    Span(
                        "  " + "name".padded(to: 19) + "kind".padded(to: 11)
                            + "layers".leading(to: 6) + "heads".leading(to: 6)
                            + "K/V".leading(to: 7) + "each".leading(to: 5), Style(.faint))
                ],
            ],
            cursor: Point(column: 16 + columns(of: query), row: 0),
            footing: models.indices.contains(selected) ? details(of: models[selected]) : [])
    }

    /// What is known of a model, in as many rows for each, so that the list stands still; what is
    /// too long ends in dots, and `w` tells it whole once the model is chosen.
    private func details(of model: Model) -> [Line] {
        let count = size.height < 24 ? 4 : 6
        let width = OverlayPage.area(of: size).width - 4
        var lines = [facts(of: model)].flatMap { wrapped([Span($0)], width: width, glyphs: glyphs) }
        for passage in background(of: model) {
            lines += wrapped(
                [Span(passage.text, Style(passage.isDoubt ? .accent : .faint))], width: width,
                glyphs: glyphs)
        }
        if lines.count > count {
            lines = Array(lines.prefix(count))
            lines[count - 1].append(Span(" \(glyphs.ellipsis)", Style(.faint)))
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

    /// Doubts first, then where it was read, then what is worth knowing: whole sentences.
    func background(of model: Model) -> [(text: String, isDoubt: Bool)] {
        let format =
            model.nativeFormat.map { "Numbers: \($0)." } ?? "Its number format is not verified."
        return model.doubts.map { ("Not certain: \($0.text)", true) }
            + [("Read in \(model.sources.joined(separator: "; ")).", false)]
            + model.remarks.map { ($0, false) } + [(format, false)]
    }

    mutating func performModels(_ action: Action, _ query: String, _ selected: Int) {
        let models = modelMatches(query)
        if let index = moved(action, from: selected, count: models.count) {
            overlay = .models(query: query, selected: index)
        } else if action == .erase {
            overlay = .models(query: String(query.dropLast()), selected: 0)
        } else {
            overlay = nil
            if action == .choose, models.indices.contains(selected) { take(models[selected]) }
        }
    }

    /// Sets every slider as the model has it, tokens and batch staying; or says why it cannot be.
    mutating func take(_ chosen: Model) {
        do throws(SettingError) {
            guard
                let own = try chosen.setting(
                    tokens: setting.tokens, batch: setting.batch, numberWidth: setting.numberWidth)
            else {
                notice = chosen.noSetting.map { "\(chosen.name) has no sliders: \($0)" }
                return
            }
            setting = own
            model = chosen
            serving.weights = nil
            notice =
                chosen.name + (proseStays.map { "\(foreignWords). \($0)" } ?? ": \(setting.text)")
        } catch {
            notice = "\(chosen.name): \(error.description)"
        }
    }

    /// That a lesson's text goes on about its own values, and how to have them back.
    private var proseStays: String? {
        guard !isExploring, setting != step.setting else { return nil }
        return step.model.map { "The text is still about \($0.name); 0 brings it back." }
            ?? "The text keeps to the step's own values; 0 brings them back."
    }

    /// The model as it was built, where what is shown is no longer that.
    var changedModel: BuiltModel? {
        guard let model, let own = builtSetting, own != setting || foreignVariant != nil, !isVeiled
        else { return nil }
        return BuiltModel(name: model.name, setting: own)
    }
}
