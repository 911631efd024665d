import AttentionEngine
import CourseSession
import ModelCatalog
import TerminalCanvas

/// The setting on GPUs: sliders, and below them what each GPU holds and what fits.
struct GPUsScreen: Screen {
    private var row: Int

    init(row: Int = 0) { self.row = row }

    /// The slider that the keys move.
    private func chosen(in app: CourseApp) -> Int { min(row, app.session.gpuControls.count - 1) }

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        let (controls, gpus) = (app.session.gpuControls, app.session.gpus.count)
        row = chosen(in: app)
        switch action {
        case .slide:
            app.session.move(
                controls[row], by: key.stops(far: app.session.farStep(of: controls[row])))
        case .move where key.direction.rows == 0 && ![.tab, .backTab].contains(key):
            let leaf = page(in: app)?.visible(in: app.body).count
            row = app.moved(key, from: row, count: controls.count, page: leaf)
        case .move:
            let by = [.up, .backTab, "k"].contains(key) ? -1 : 1
            row = (row + by + controls.count) % controls.count
        case .typeValue: return .covers(ValueScreen(controls[row]))
        case .why: return .covers(WhyScreen(isOfSetting: true))
        case .models: return .covers(ModelsScreen())
        default: return .closes
        }
        app.session.tellFewerGPUs(than: gpus)
        return .stays
    }

    /// Chooses the slider at a place of the screen; whether there is one.
    mutating func chooses(at point: Point, in app: CourseApp) -> Bool {
        guard let line = page(in: app)?.line(at: point, in: app.body) else { return false }
        row = line
        return true
    }

    mutating func point(at mouse: Mouse, in area: Rect, of app: inout CourseApp) -> Key? {
        let controls = app.session.gpuControls
        if mouse.action == .press {
            app.held = chooses(at: mouse.point, in: app) ? controls[row] : nil
        }
        guard let held = app.held, let index = controls.firstIndex(of: held) else {
            app.tellPressed(mouse, besides: "a slider")
            return nil
        }
        let column = mouse.point.column - area.column - 2
        if let value = slider(controls[index], app).value(
            at: column, isDragged: mouse.action == .drag)
        {
            let gpus = app.session.gpus.count
            app.session.set(held, to: value)
            app.session.tellFewerGPUs(than: gpus)
        } else if mouse.action == .press {
            app.held = nil
        }
        return nil
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
            isLeafed: true, footing: result(app))
    }

    // MARK: The result

    private func result(_ app: CourseApp) -> [Line] {
        do throws(SettingError) {
            let plan = try app.session.servingPlan()
            let rows = [("each GPU", held(plan, app))] + app.session.servingRows(plan)
            return [memoryBar(plan, in: app)]
                + rows.enumerated().flatMap { index, row in
                    app.wrapped(
                        [Span(row.1, index == 0 ? .strong : .plain)],
                        behind: Span(row.0.padded(to: 17), .faint))
                }
        } catch {
            return app.wrapped(error.description, Style(.bad))
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
        return
            "\(weights)\(app.glyphs.shade) cache \(app.session.units.text(plan.cache))\(left)\(unknown)"
    }

    /// One GPU's memory from end to end: weights, cache, what is free.
    private func memoryBar(_ plan: ServingPlan, in app: CourseApp) -> Line {
        let (width, glyphs) = (app.pageWidth, app.glyphs)
        let weights = Double(plan.weights?.bytes ?? 0)
        let cache = Double(plan.cache.bytes)
        let whole = max(Double(app.session.gpus.memory.bytes), weights + cache)
        func cells(_ part: Double) -> Int {
            part == 0 ? 0 : max(1, Int((part / whole * Double(width)).rounded()))
        }
        let weightCells = min(width, cells(weights))
        let cacheCells = min(width - weightCells, cells(cache))
        let freeCells = width - weightCells - cacheCells
        return [
            Span(String(repeating: glyphs.fullBlock, count: weightCells), .faint),
            Span(String(repeating: glyphs.shade, count: cacheCells), .bright),
            Span(String(repeating: glyphs.track, count: freeCells), .faint),
        ]
    }

    static let keys = [
        KeyBinding(
            "Left Right h l", .slide, "Move the slider by one stop (also h, l)", label: "slide"),
        KeyBinding(
            "Up Down Tab S-Tab j k", .move, "Choose another slider (also Tab, j, k)",
            label: "slider"),
        KeyBinding("PgDn", .move, "To the sliders below those in view"),
        KeyBinding("PgUp", .move, "To the sliders above those in view"),
        KeyBinding("g G", shown: "g G", .move, "The first slider, and the last"),
        KeyBinding("H S-Left", .slide, "Move the slider far down (also Shift-Left)"),
        KeyBinding("L S-Right", .slide, "Move the slider far up (also Shift-Right)"),
        KeyBinding("Home", .slide, "Move the slider to its lower end"),
        KeyBinding("End", .slide, "Move the slider to its upper end"),
        KeyBinding("=", .typeValue, "Type a value for the slider", label: "type"),
        KeyBinding("w", .why, "Unfold the cache's size into its factors"),
        KeyBinding(
            "m", .models, "Use the values of a real model", label: "model",
            if: { $0.session.canTakeModel }),
        .unitsHere, .help,
        KeyBinding("Esc q F5", .close, "Close (also q, F5)", label: "close"),
    ]
}
