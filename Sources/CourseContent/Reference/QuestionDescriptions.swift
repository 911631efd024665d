/// The blocks that ask something, and their keys.
extension BlockDescription {
    private static let id = KeyDescription(
        "id", type: "text", default: .needed, range: "unique in the lesson",
        meaning: "The name that the learner's answer is kept under.")
    private static let question = KeyDescription(
        "question", type: "words", default: .needed, meaning: "What is asked.")
    private static let because = KeyDescription(
        "because", type: "words", default: .words("none"), meaning: "Shown after the answer.")
    private static let hint = KeyDescription(
        "hint", type: "words", default: .words("none"), meaning: "Shown on request.")

    static let ask = BlockDescription(
        name: "ask",
        meaning: "A question, before the figure is shown: exactly one of answer, choices and free.",
        keys: [
            id, question,
            KeyDescription(
                "answer", type: "figure or number", default: .words("no number is asked for"),
                range: "an address of Figures, or a plain number", meaning: "The right number."),
            KeyDescription(
                "tolerance", type: "percentage", default: .value("10%"), range: "0% to 50%",
                meaning: "How far off a number still counts as right."),
            KeyDescription(
                "choices", type: "list of mappings", default: .words("no choice is given"),
                range: "exactly one right", meaning: "The answers to choose from."),
            KeyDescription(
                "free", type: "true", default: .words("no words are asked for"),
                meaning: "The learner's own words are kept with their progress."),
            because, hint,
        ],
        inner: [Inner(key: "choices", keys: choice)],
        example: "id: half\nquestion: How large with half of g?\nanswer: cache:g=4")

    static let choice = [
        KeyDescription("text", type: "words", default: .needed, meaning: "The answer."),
        KeyDescription("right", flag: false, meaning: "Whether it is the right one."),
        KeyDescription(
            "because", type: "words", default: .words("none"),
            meaning: "Why one would think so, and why not."),
    ]

    static let find = BlockDescription(
        name: "find", meaning: "A table in which mistakes are to be found.",
        keys: [
            id, question,
            KeyDescription(
                "header", type: "list of words", default: .words("none"),
                range: "as many cells as each row",
                meaning: "The table's header, whose cells are never mistakes."),
            KeyDescription(
                "rows", type: "list of lists", default: .needed, range: "all of one length",
                meaning: "The table's cells."),
            KeyDescription(
                "mistakes", type: "list of mappings", default: .needed, range: "one or more",
                meaning: "The cells that are wrong."),
            because, hint,
        ],
        inner: [Inner(key: "mistakes", keys: mistake)],
        example: "id: wrong\nquestion: Which cell is wrong?\nheader: [variant, K/V heads]\n"
            + "rows: [[MHA, n], [MQA, n]]\nmistakes: [{cell: [2, 2], because: MQA has one.}]")

    static let mistake = [
        KeyDescription(
            "cell", type: "list of two numbers", default: .needed,
            range: "[row, column], from [1, 1]", meaning: "The cell, counted from 1."),
        KeyDescription(
            "because", type: "words", default: .needed, meaning: "What is wrong with it."),
    ]
}

extension KeyDescription {
    /// The keys of a lesson's front matter.
    static let frontMatter = [
        KeyDescription("title", type: "text", default: .needed, meaning: "The lesson's title."),
        KeyDescription(
            "summary", type: "text", default: .needed, meaning: "One line for the contents."),
        KeyDescription(
            "setting", type: "text", default: .value(PreparedLesson.defaultSetting.text),
            range: "as under Settings", meaning: "What every step starts with."),
        KeyDescription(
            "model", type: "text", default: .words("none"), range: "an id of headroom models",
            meaning: "A real model's values instead of setting."),
        KeyDescription(
            "tokens", type: "whole number", default: .value("1024"), range: "1 or more",
            meaning: "The tokens that go with model."),
    ]
}
