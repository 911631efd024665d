import ArgumentParser
import CourseContent
import ModelCatalog

extension CompletionKind {
    /// The ids of the lessons: those of the course that is asked for on the line.
    static let lessons = CompletionKind.custom { words, _, _ in
        files(words).compactMap { Course.lessonID(of: $0.name) }
    }

    /// The ids of the steps of the lesson that stands on the line.
    static let steps = CompletionKind.custom { words, _, _ in
        let lesson = files(words).first { file in
            words.contains { $0 == Course.lessonID(of: file.name) || isNumber($0, of: file.name) }
        }
        return lesson.map { Course(files: [$0], folder: nil).lessons.flatMap(\.stepIDs) } ?? []
    }

    static let models = CompletionKind.list(Catalog.models.map(\.id))

    /// The lessons of `--lessons`, of HEADROOM_LESSONS or inside the program.
    private static func files(_ words: [String]) -> [(name: String, text: String)] {
        let named = words.firstIndex(of: "--lessons").flatMap { words.dropFirst($0 + 1).first }
        let files =
            if let named { try? CourseFiles.read(folder: named) } else {
                try? CourseFiles.load(folder: nil)
            }
        return (files?.files ?? []).filter { Course.isLesson($0.name) }
    }

    /// Whether a word is the 5 of "5-gqa.md".
    private static func isNumber(_ word: String, of name: String) -> Bool {
        word.allSatisfy(\.isNumber) && name.hasPrefix(word + "-")
    }
}

/// The parser's completions, which know no value that is a file or something else: with models'
/// names they have files, with models' files that of HEADROOM_GGUF, and behind help commands.
enum CompletionScript {
    /// - Parameter text: a script for one of the shells; of another text nothing changes.
    static func settled(_ text: String) -> String {
        if text.hasPrefix("#!/bin/bash") { return bash(text) }
        if text.hasPrefix("#compdef") { return zsh(text) }
        return text.hasPrefix("function __headroom") ? fish(text) : text
    }

    /// What may stand behind help.
    private static var commands: String { HeadroomCommand.names.joined(separator: " ") }

    private static func bash(_ text: String) -> String {
        let files = "__headroom_add_completions -o plusdirs -fX '!*.@(gguf)'\n"
        let text = text.replacing(
            files,
            with: files + """
                        if [[ -n "${HEADROOM_GGUF:-}" && "${HEADROOM_GGUF}" == "${cur}"* ]]; then
                            COMPREPLY+=("${HEADROOM_GGUF}")
                        fi

                """)
        let offer = "\n    __headroom_offer_flags_options -1\n"
        let helped = changed(text, from: "\n_headroom_help() {") {
            $0.replacing(
                offer, with: offer + "    COMPREPLY+=($(compgen -W '\(commands)' -- \"${cur}\"))\n",
                maxReplacements: 1)
        }
        return changed(helped, from: "\n_headroom_memory() {") {
            $0.replacing(
                "\n    1)\n", with: "\n    1)\n        __headroom_add_completions -f\n",
                maxReplacements: 1)
        }
    }

    private static func zsh(_ text: String) -> String {
        let files = "_files -g '\\''*.gguf'\\''"
        let text = text.replacing(
            files, with: "{\(files); [[ -n $HEADROOM_GGUF ]] && compadd -- $HEADROOM_GGUF}"
        )
        .replacing("'*:subcommands:'", with: "'*:subcommands:(\(commands))'")
        return changed(text, from: "\n_headroom_memory() {") {
            let models = #"{__headroom_complete "${_NAME[@]}""#
            return $0.replacing(
                "\(models)}", with: "\(models); _files}", maxReplacements: 1)
        }
    }

    /// The parser's own way finds no file in a folder once its name is begun.
    private static func fish(_ text: String) -> String {
        let files =
            #/'\(for p in \(string match[^\n]*?\*\.\\'([a-z]+)\\';[^\n]*?__fish_complete_directories \(commandline -t\) \\'\\'\)'/#
        let text = text.replacing(files) { match in
            let own =
                match.1 == "gguf"
                ? #"; test -n "$HEADROOM_GGUF"; and printf "%s\n" $HEADROOM_GGUF"# : ""
            return "'(__fish_complete_suffix .\(match.1)\(own))'"
        }
        let place = "should_offer_completions_for_positional"
        let name = #"\#(place) "headroom memory" -eq 1' -"#
        let help = #"complete -c headroom -n '__headroom_\#(place) "headroom help" -eq 1' -fa"#
        return text.replacing(name + "fka", with: name + "Fka") + "\n\(help) '\(commands)'"
    }

    /// A text with what begins with a mark changed.
    private static func changed(
        _ text: String, from mark: String, _ change: (Substring) -> Substring
    ) -> String {
        guard let start = text.firstRange(of: mark)?.lowerBound else { return text }
        return String(text[..<start] + change(text[start...]))
    }
}
