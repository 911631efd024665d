import AttentionEngine
import ModelCatalog
import TerminalCanvas

/// The page of the GPUs: sliders, and below them what each GPU holds and what fits.
extension CourseApp {
    func servingPage(_ row: Int, _ typed: TypedLine?) -> OverlayPage {
        let width = OverlayPage.area(of: size).width - 4
        let sliders = ServingSlider.all(at: setting)
        let row = min(row, sliders.count - 1)
        let lines = sliders.enumerated().map { index, slider in
            line(of: slider, isChosen: index == row, width: width)
        }
        var page = OverlayPage(
            title: "On GPUs: \(shapeName)",
            lines: lines, selected: row, footing: servingResult(width: width))
        if let typed {
            let name = "\(sliders[row].name) = "
            page.heading = [
                [Span(name, Style(.text, .bold)), Span(typed.text, Style(.accent, .bold))],
                [
                    Span(
                        typed.problem ?? "Enter takes it",
                        Style(typed.problem == nil ? .faint : .bad))
                ],
            ]
            page.cursor = Point(column: columns(of: name + typed.text), row: 0)
        }
        return page
    }

    /// Letter, name, value, track, as the sliders of a step stand.
    private func line(of slider: ServingSlider, isChosen: Bool, width: Int) -> Line {
        let value = value(of: slider)
        let style = isChosen ? Style(.accent, .bold) : .plain
        let start: Line = [
            Span(slider.letter.padded(to: 3), style), Span(slider.name.padded(to: 16), style),
            Span(slider.text(value).leading(to: 11) + "  ", style),
        ]
        let stops = stops(of: slider)
        let track = SliderTrack(labels: stops.map(slider.label), width: max(1, width - start.width))
        let current = stops.firstIndex(of: value) ?? 0
        var cells = Array(
            repeating: (glyphs.track, Style(.faint)), count: min(track.endColumn, track.width))
        func put(_ text: String, _ column: Int, _ style: Style) {
            for (offset, character) in text.enumerated()
            where cells.indices.contains(column + offset) {
                cells[column + offset] = (character, style)
            }
        }
        if track.isLabelled {
            for (index, label) in track.labels.enumerated() where index != current {
                put(label, track.column(of: index), Style(.faint))
            }
        }
        if track.hasEnds, let low = track.labels.first, let high = track.labels.last {
            put(low, 0, Style(.faint))
            put(high, track.width - high.count, Style(.faint))
        }
        let knob = Style(isChosen ? .accent : .text, .bold)
        put(
            track.isLabelled ? track.labels[current] : String(glyphs.knob),
            track.column(of: current), track.isLabelled ? knob.with(.reverse) : knob)
        return start + cells.map { Span(String($0.0), $0.1) }
    }

    // MARK: The result

    private func servingResult(width: Int) -> [Line] {
        do throws(SettingError) {
            let plan = try servingPlan(gpus: serving.gpus)
            var lines: [Line] = [memoryBar(plan, width: width)]
            for (index, row) in servingRows(plan).enumerated() {
                let name = row.name.padded(to: 17)
                let style = index == 0 ? Style(.text, .bold) : .plain
                lines += wrapped([Span(row.text, style)], width: width - 17, glyphs: glyphs)
                    .enumerated().map {
                        [Span($0 == 0 ? name : String(repeating: " ", count: 17), Style(.faint))]
                            + $1
                    }
            }
            return lines
        } catch {
            return wrapped([Span(error.description, Style(.bad))], width: width, glyphs: glyphs)
        }
    }

    /// One GPU's memory from end to end: weights, cache, what is free.
    private func memoryBar(_ plan: ServingPlan, width: Int) -> Line {
        let weights = Double(plan.weights?.bytes ?? 0)
        let cache = Double(plan.cache.bytes)
        let whole = max(Double(serving.memory.bytes), weights + cache)
        func cells(_ part: Double) -> Int {
            part == 0 ? 0 : max(1, Int((part / whole * Double(width)).rounded()))
        }
        let weightCells = min(width, cells(weights))
        let cacheCells = min(width - weightCells, cells(cache))
        func stretch(_ character: Character, _ count: Int) -> String {
            String(repeating: character, count: count)
        }
        return [
            Span(stretch(glyphs.fullBlock, weightCells), Style(.faint)),
            Span(stretch(glyphs.shade, cacheCells), Style(.accent, .bold)),
            Span(stretch(glyphs.track, width - weightCells - cacheCells), Style(.faint)),
        ]
    }

    /// What each GPU holds and what fits, name by name.
    func servingRows(_ plan: ServingPlan) -> [(name: String, text: String)] {
        let weights = plan.weights.map { "\(glyphs.fullBlock) weights \($0.decimal) + " } ?? ""
        let unknown = plan.weights == nil ? " (weights not known)" : ""
        let used = ByteCount((plan.weights?.bytes ?? 0) + plan.cache.bytes)
        let left =
            plan.fits == true
            ? "; \(ByteCount(serving.memory.bytes - used.bytes).decimal) free" : ", does not fit"
        var rows = [
            (
                "each GPU",
                "\(weights)\(glyphs.shade) cache \(plan.cache.both)\(left)\(unknown)"
            )
        ]
        rows += plan.dealing.map { ("heads", $0) }
        if let users = plan.mostRequests {
            rows.append(
                (
                    "users that fit",
                    users.text(of: "request") + " of \(grouped(setting.tokens)) tokens"
                ))
        }
        if let context = plan.longestContext { rows.append(("longest context", context)) }
        if let heads = plan.largestSharing { rows.append(("largest g", heads)) }
        rows.append(("widest numbers", plan.widestNumbers))
        if servedShape.stack.hasWindows {
            rows.append(
                ("counted here", "what attention needs; engines that reserve more fit less"))
        }
        return rows
    }

    // MARK: Keys

    mutating func performServing(_ action: Action, row: Int, typed: TypedLine?) {
        let sliders = ServingSlider.all(at: setting)
        let slider = sliders[min(row, sliders.count - 1)]
        if let typed { return performTyping(action, typed, slider, row: row) }
        func slide(to stop: (Int, Int) -> Int) {
            let stops = stops(of: slider)
            let index = stops.firstIndex(of: value(of: slider)) ?? 0
            set(slider, to: stops[min(max(0, stop(index, stops.count)), stops.count - 1)])
        }
        switch action {
        case .decrease: slide { index, _ in index - 1 }
        case .increase: slide { index, _ in index + 1 }
        case .least: slide { _, _ in 0 }
        case .most: slide { _, count in count - 1 }
        case .down: overlay = .gpus(row: (row + 1) % sliders.count, typed: nil)
        case .up: overlay = .gpus(row: (row + sliders.count - 1) % sliders.count, typed: nil)
        case .typeValue: overlay = .gpus(row: row, typed: TypedLine())
        default: overlay = nil
        }
    }

    private mutating func performTyping(
        _ action: Action, _ typed: TypedLine, _ slider: ServingSlider, row: Int
    ) {
        switch action {
        case .erase:
            overlay = .gpus(row: row, typed: TypedLine(text: String(typed.text.dropLast())))
        case .eraseAll: overlay = .gpus(row: row, typed: TypedLine())
        case .choose:
            if let problem = take(typed.text, for: slider) {
                overlay = .gpus(row: row, typed: TypedLine(text: typed.text, problem: problem))
            } else {
                overlay = .gpus(row: row, typed: nil)
            }
        default: overlay = .gpus(row: row, typed: nil)
        }
    }

    /// Sets a slider to what was typed; what is wrong with it, where something is.
    mutating func take(_ text: String, for slider: ServingSlider) -> String? {
        let plain = text.filter { $0 != "," && $0 != " " }
        do throws(SettingError) {
            switch slider {
            case .gpus:
                guard let count = Int(plain), count <= Self.mostGPUs else {
                    return "T is a whole number, \(grouped(Self.mostGPUs)) at the most"
                }
                _ = try servingPlan(gpus: count)
                serving.gpus = count
            case .weights where plain == "0": set(slider, to: 0)
            case .memory, .weights:
                guard let size = StatedSize(text: text), size.unit != nil, size.bytes >= 1 else {
                    return "a size is written with its unit, as in 80 GB"
                }
                set(slider, to: size.count.bytes)
            case .parameter(let parameter):
                let value = try CacheSetting.value(of: parameter, text: plain)
                _ = try setting.setting([parameter: value])
                set(slider, to: value)
            }
            return nil
        } catch {
            return error.description
        }
    }

    static let mostGPUs = 1_024
}
