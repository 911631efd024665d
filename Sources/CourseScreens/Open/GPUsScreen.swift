import AttentionEngine
import CourseContent
import CourseSession
import ModelCatalog
import TerminalCanvas

/// The setting on GPUs: sliders, and below them what each GPU holds and what fits.
struct GPUsScreen: Screen {
    private var row: Int

    init(row: Int = 0) { self.row = row }

    /// The slider that the keys move.
    private func chosen(in app: CourseApp) -> Int { min(row, app.session.gpuControls.count - 1) }

    func bindings(in app: CourseApp) -> [KeyBinding] { Self.keys }

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        let controls = app.session.gpuControls
        row = chosen(in: app)
        switch action {
        case .decrease: app.session.move(controls[row], by: -1)
        case .increase: app.session.move(controls[row], by: 1)
        case .least: app.session.move(controls[row], by: -100_000)
        case .most: app.session.move(controls[row], by: 100_000)
        case .down: row = (row + 1) % controls.count
        case .up: row = (row + controls.count - 1) % controls.count
        case .typeValue: return .covers(ValueScreen(controls[row]))
        default: return .closes
        }
        app.session.settleGPUs()
        return .stays
    }

    mutating func point(at mouse: Mouse, in area: Rect, of app: inout CourseApp) {
        let controls = app.session.gpuControls
        if mouse.action == .press {
            guard let line = page(in: app)?.line(at: mouse.point, in: area) else {
                app.held = nil
                return
            }
            row = line
            app.held = controls[line]
        }
        guard let held = app.held, let index = controls.firstIndex(of: held) else { return }
        let column = mouse.point.column - area.column - 2
        if let value = slider(controls[index], app).value(
            at: column, isDragged: mouse.action == .drag)
        {
            app.session.set(held, to: value)
            app.session.settleGPUs()
        } else if mouse.action == .press {
            app.held = nil
        }
    }

    func shared(in app: CourseApp) -> (name: String, row: Int?)? { (app.session.gpus.text, row) }

    private func slider(_ control: Control, _ app: CourseApp, isChosen: Bool = false) -> SliderRow {
        SliderRow(
            control, value: app.session.value(of: control) ?? 0,
            stops: app.session.stops(of: control), isChosen: isChosen, width: app.pageWidth)
    }

    func page(in app: CourseApp) -> Page? {
        let row = chosen(in: app)
        let lines = app.session.gpuControls.enumerated().map { index, control in
            slider(control, app, isChosen: index == row).line(app.glyphs)
        }
        return Page(
            title: "On GPUs: \(app.session.shapeName)", lines: lines, selected: row,
            footing: result(app))
    }

    // MARK: The result

    private func result(_ app: CourseApp) -> [Line] {
        let (width, glyphs) = (app.pageWidth, app.glyphs)
        do throws(SettingError) {
            let plan = try app.session.servingPlan()
            let rows = [("each GPU", held(plan, app))] + app.session.servingRows(plan)
            return [memoryBar(plan, of: app.session.gpus.memory, width: width, glyphs: glyphs)]
                + rows.enumerated().flatMap { index, row in
                    let style = index == 0 ? Style(.text, .bold) : .plain
                    return wrapped([Span(row.1, style)], width: width - 17, glyphs: glyphs)
                        .enumerated().map {
                            [Span(($0 == 0 ? row.0 : "").padded(to: 17), Style(.faint))] + $1
                        }
                }
        } catch {
            return wrapped([Span(error.description, Style(.bad))], width: width, glyphs: glyphs)
        }
    }

    /// "█ weights 16.1 GB + ▒ cache 1.07 GB (1.00 GiB); 62.9 GB free"
    private func held(_ plan: ServingPlan, _ app: CourseApp) -> String {
        let weights = plan.weights.map { "\(app.glyphs.fullBlock) weights \($0.decimal) + " } ?? ""
        let unknown = plan.weights == nil ? " (weights not known)" : ""
        let used = ByteCount((plan.weights?.bytes ?? 0) + plan.cache.bytes)
        let left =
            plan.fits == true
            ? "; \(ByteCount(app.session.gpus.memory.bytes - used.bytes).decimal) free"
            : ", does not fit"
        return "\(weights)\(app.glyphs.shade) cache \(plan.cache.both)\(left)\(unknown)"
    }

    /// One GPU's memory from end to end: weights, cache, what is free.
    private func memoryBar(
        _ plan: ServingPlan, of memory: ByteCount, width: Int, glyphs: Glyphs
    ) -> Line {
        let weights = Double(plan.weights?.bytes ?? 0)
        let cache = Double(plan.cache.bytes)
        let whole = max(Double(memory.bytes), weights + cache)
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

    private static let keys = [
        KeyBinding([.left], .decrease, "← →", label: "slide", help: "Move the slider by one stop"),
        KeyBinding([.right], .increase, "→", help: nil),
        KeyBinding(
            [.down, .tab], .down, "↑ ↓", label: "slider", help: "Choose another slider (also Tab)"),
        KeyBinding([.up, .backTab], .up, "↑", help: nil),
        KeyBinding([.home], .least, "Home", help: "Move the slider to its lower end"),
        KeyBinding([.end], .most, "End", help: "Move the slider to its upper end"),
        KeyBinding(
            [.character("=")], .typeValue, "=", label: "type", help: "Type a value for the slider"),
        KeyBinding(
            [.escape, .character("g"), .character("q"), .function(5)], .close, "Esc",
            label: "close", help: "Close (also g, F5)"),
    ]
}
