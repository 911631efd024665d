/// What the manual page says in prose, between its lists.
extension ManualPage {
    static let prose =
        section(
            "A CLASS",
            [
                "The file that --share writes holds the lesson, the step, the parameters, what is "
                    + "open, how its question was answered and what is measured on the step, but "
                    + "none of your own words, except those that a model takes in the lesson on a "
                    + "real model. There is no network service: the file is read on the same "
                    + "machine, over ssh or in a shared folder, and a follower's program trains "
                    + "nothing by itself. Followers write notes of their own, which stay on their "
                    + "machines. When you quit, their screens say that the session has ended.",
                "With --auto the course waits while anything is open, and its answers are not "
                    + "kept as yours.",
            ])
        + section(
            "A REAL MODEL",
            [
                "The lesson on a real model runs one beside its text: m lists the GGUF files in the "
                    + "folder you started in and in the caches of Hugging Face, llama.cpp, LM "
                    + "Studio and Ollama, says which can be run, and opens one. r has it write, or "
                    + "read what its heads look at, i types words of your own for it, x stops it. "
                    + "On the steps that compare, r measures it as perplexity --sweep and looks "
                    + "do, which takes some minutes. What was found is kept with its day, for each "
                    + "file by itself. --gguf or HEADROOM_GGUF opens a model from the start. "
                    + "Without one the lesson shows what this project measured with these "
                    + "commands.",
                "Architectures are llama with byte-level BPE; weights F32, F16, BF16, Q8_0, Q4_0, "
                    + "Q4_1, Q4_K or Q6_K. What would change the model and is not supported is "
                    + "refused by name.",
            ])
        + section(
            "TERMINAL",
            [
                "The course asks the terminal for its background and chooses colours that suit it; "
                    + "--theme overrides that. Where the terminal does not answer COLORFGBG "
                    + "decides, and without it the colours are readable on both. Groups of heads "
                    + "have colours that can be told apart with red-green blindness, and marks of "
                    + "their own. The mouse moves sliders, also with its wheel, clicks rows of "
                    + "lists and the keys in the last row, and marks answers and cells; a second "
                    + "click answers. The second press of a double click does nothing to what has "
                    + "come under it since. --mouse off leaves the mouse to the terminal.",
                "Plain mode starts by itself in a terminal of an unknown type or none, and where "
                    + "commands are piped in.",
            ])

    /// What FILES says of how progress is kept.
    static let keeping =
        "Programs that run at the same time keep each other's progress: while one holds the file, "
        + "the others wait to save, even when they end. What a newer program has written is "
        + "preserved, or copied to a file beside it, and you are told. The file may be a link."

    /// What EXIT STATUS says besides.
    static let signals =
        "Every error is one line. If a signal ends the course it exits by that signal, with the "
        + "terminal restored; Ctrl-C ends generate and perplexity in the same way, after the "
        + "figures for what was written or measured so far."

    private static func section(_ title: String, _ paragraphs: [String]) -> [String] {
        [".SH \(title)"] + Array(paragraphs.map { filled($0) }.joined(separator: [".PP"]))
    }
}
