import AttentionEngine

private let letters = Parameter.allCases.map(\.letter).joined(separator: " ")
private let dials = Dial.allCases.map(\.rawValue).joined(separator: " ")

/// The blocks that show something, and their keys.
extension BlockDescription {
    static let setting = BlockDescription(
        "setting", "The step's own values.",
        keys: """
            model | text | the lesson's values | an id of headroom models \
            | The values of a real model.
            \(letters) | number | the lesson's, or the model's | as under Settings \
            | A value of this step's own.
            \(dials) | text | as the picture has it | as the slider shows it \
            | Where the dial of a picture starts.
            """, example: "g: 8\ns: 8192")

    static let sliders = BlockDescription(
        "sliders", "What the learner can move.",
        keys: """
            show | list of letters | (needed) | letters of Settings, dials of the step's pictures \
            | The sliders, in order.
            new | letter | none | one of show \
            | The slider that was just unlocked; the keys move it first.
            \(letters) \(dials) | mapping | the letter's usual stops | | The stops of that slider.
            """, inner: ["a letter": sliderStops], example: "show: [g, s]")

    static let sliderStops = KeyDescription.table(
        """
        stops | list of numbers | the usual ones | | The only stops; of g, those that divide n.
        from | number | the first stop | no more than to | The lower end.
        to | number | the last stop | no less than from | The upper end.
        """)

    static let heads = BlockDescription(
        "heads", "Which query head reads which K/V head.",
        keys: """
            mapping | word | `repeat` | \(rawValues(of: HeadsSpec.Mapping.self)) \
            | Whether neighbours share a K/V head, or every g-th query head does.
            cache | true or false | `true` | \
            | Whether what is kept of each token is shown below, space permitting.
            """, example: "mapping: both")

    private static func words(most: Int) -> String {
        "words | list of words | (needed) | 1 to \(most) words | The tokens, in order."
    }

    static let cache = BlockDescription(
        "cache",
        "A sentence written token by token, with the keys and values computed at each, and their "
            + "total. Dials: written, the number of tokens; cache, whether keys and values stay.",
        keys: words(most: CacheSpec.mostWords), example: "words: [The, cat, sat]")

    static let head = BlockDescription(
        "head",
        "One head by hand: keys and a query as arrows, each token's score and share, the "
            + "output. Dials: query and second, the directions of a query and of a second over the "
            + "same keys; token, which one asks.",
        keys: """
            tokens | list of mappings | (needed) | 1 to \(HeadSpec.mostTokens) tokens \
            | The tokens, in order.
            shows | word | `all` | \(rawValues(of: HeadSpec.Detail.self)) \
            | The shares, also the scores, or all steps, which a key unfolds.
            """, inner: ["tokens": headToken],
        example: "tokens: [{word: cat, key: [0.5, 2.4], value: 9}]")

    static let headToken = KeyDescription.table(
        """
        word | text | (needed) | | The token.
        key | list of two numbers | (needed) \
        | from -\(HeadSpec.mostOfKey) to \(HeadSpec.mostOfKey), in tenths \
        | Its key: across and up.
        value | whole number | (needed) \
        | from -\(HeadSpec.mostOfValue) to \(HeadSpec.mostOfValue) | Its value, one number.
        """)

    static let memory = BlockDescription(
        "memory", "The formula with its numbers, and a bar for each variant.",
        keys: """
            variants | list of words | `[mha, gqa, mqa]` | \(rawValues(of: AttentionVariant.self)) \
            | The bars. mla is added where the setting has c and r.
            factors | list of words | all | letters of Settings, kv \
            | The factors shown so far; kv is the 2 for a key and a value.
            bars | true or false | `true` | | Whether the bars are shown.
            """, example: "variants: [mha, gqa]")

    static let append = BlockDescription(
        "append", "A real cache that a key fills, token by token.",
        keys: words(most: AppendSpec.mostWords), example: "words: [The, cat, sat]")

    static let outputs = BlockDescription(
        "outputs", "Outputs at this g compared with those of MHA and MQA.")

    static let times = BlockDescription(
        "times", "A decode step timed on this machine, for every legal g.")

    static let groups = BlockDescription(
        "groups",
        "Every legal g at once: what its cache takes, its share of MHA, users that fit, time.",
        keys: """
            users | true or false | `true` | | Whether the users that fit are shown.
            times | true or false | `true` | | Whether a key times one layer's step.
            """, example: "times: false")

    static let forms = BlockDescription(
        "forms", "Latent attention computed expanded and absorbed.")

    static let chart = BlockDescription(
        "chart", "Published figures as bars, hidden while the step's question is open.",
        keys: """
            title | text | (needed) | | What is measured, and which way is better.
            series | list of words | none | | What is compared: a bar for each in every row.
            rows | list of rows | (needed) | up to \(ChartSpec.mostBars) bars \
            | A name and as many numbers as there are series.
            from | number | 0 | | Where the bars begin.
            apart | true or false | `false` | | Whether each row has a scale of its own.
            hides | list of numbers | all | rows, counted from 1 \
            | The rows that are hidden while the step's question is open.
            """, example: "title: BLEU, higher is better\nrows:\n  - [8 heads, 26.7]")

    static let grid = BlockDescription(
        "grid", "Cells below and beside names, such as a mask: which token reads which.",
        keys: """
            title | text | (needed) | | What it shows.
            columns | list of words | (needed) | 1 to \(GridSpec.most) words | The names above.
            rows | list of rows | (needed) | 1 to \(GridSpec.most) rows \
            | A name and a cell for each column: 1 is filled, 0 empty, others are shown as text.
            words | text | (needed) | | The grid in words, for those who do not see it.
            """,
        example: """
            title: Which keys a query reads
            columns: [The, cat]
            rows: [[The, 1, 0], [cat, 1, 1]]
            words: Each query reads itself and what came before it.
            """)

    static let clocks = BlockDescription(
        "clocks",
        "How long a token takes: reading weights and caches against computing, and every legal "
            + "g. Dials: machine, an accelerator or here, this machine; work, writing a token or "
            + "reading a prompt. The weights are those of the setting's model.",
        keys: "groups | true or false | `true` | | Whether every legal g is shown below.",
        example: "groups: false")

    static let tank = BlockDescription(
        "tank",
        "A tank for each GPU: its share of the weights, above them the caches of the users that "
            + "fit. Dials: devices, the number of GPUs; machine, the kind of GPU; mla, whether a "
            + "latent is shown beside.")
    static let brackets = BlockDescription(
        "brackets",
        "The two ways from latents to a head's scores, as matrices: each token's key made by W, or "
            + "the query taken through W. Dials: bracket, absorbed or how many of "
            + "\(BracketsSpec.tokens) keys are made; matrix, whether W is learnt or copies, which "
            + "is GQA.")

    /// The layers of the race: "mha, gqa4".
    static let raced = RecallVariant.race.map(\.id).joined(separator: ", ")

    static let race = BlockDescription(
        "race", "The recall race: accuracy against memory.",
        keys: """
            variants | list of words | `[\(raced)]` | \(raced) | Those shown; all are trained.
            plot | word | `points` | \(rawValues(of: RaceSpec.Plot.self)) | What is shown first.
            corner | true or false | `false` | | Whether the corner that no g reaches is marked.
            g | true or false | `false` | \
            | Whether the variant of the setting's g is marked; needs n: 8, h: 8.
            proposal | word | not shown | \(rawValues(of: RaceSpec.ProposalUse.self)) \
            | Whether the learner's own point is shown, or may be placed.
            widened | true or false | `false` | \
            | The control: every layer with as many parameters as MHA.
            """, example: "corner: true")

    static let perspectives = BlockDescription(
        "perspectives", "What each head of a trained layer looks at.",
        keys: "variant | word | (needed) | \(raced) | The layer.", example: "variant: mha")

    static let writing = BlockDescription(
        "writing",
        "What a real model wrote, with its cache kept in some ways, as measured. Dial: written, the "
            + "number of tokens.",
        keys: """
            forms | list of words | `[built]` | \(rawValues(of: WritingSpec.Form.self)) \
            | Up to \(WritingSpec.mostForms) ways to keep it; heads follows g, latent c, bits bytes per number.
            """, example: "forms: [mean, best]")

    static let looks = BlockDescription(
        "looks",
        "Where the heads of a real model look in a sentence, as measured. Dials: layer, from 0; "
            + "token, which one asks.")

    static let diversity = BlockDescription(
        "diversity",
        "How different two heads of a real model look, those that share a K/V head and those that "
            + "do not, layer by layer, as measured. Dial: first, whether the first token counts.")

    static let losses = BlockDescription(
        "losses",
        "What each way to keep a real model's cache costs in language, as measured. Dial: memory, "
            + "numbers or bits.")
}

/// The blocks that ask something, and their keys.
extension BlockDescription {
    private static let question = """
        id | text | (needed) | unique in the lesson \
        | The name under which the learner's answer is kept.
        question | words | (needed) | | What is asked.
        """
    private static let explanation = """
        because | words | none | | Shown after the answer.
        hint | words | none | | Shown on request.
        """

    static let ask = BlockDescription(
        "ask", "A question, before the figure is shown: exactly one of answer, choices and free.",
        keys: """
            \(question)
            answer | figure or number | no number is asked for \
            | an address of Figures, or a plain number | The right number.
            tolerance | percentage | `10%` | 0% to 50% | How far off a number still counts as right.
            choices | list of mappings | no choice is given | exactly one right \
            | The answers to choose from.
            free | true | no words are asked for | \
            | The learner's own words are kept with their progress.
            earlier | lesson/question | none | a question before it, in the learner's own words \
            | What they wrote there is shown above this question.
            shows | mapping | what was asked about | letters of Settings, dials of the step's pictures \
            | What the pictures show as soon as the answer is shown.
            \(explanation)
            """, inner: ["choices": choice, "shows": shown],
        example: "id: half\nquestion: How large with half of g?\nanswer: cache:g=4")

    static let shown = KeyDescription.table(
        """
        \(letters) | number | as before | as under Settings | A value.
        \(dials) | text | as before | as the slider shows it | Where a dial stands.
        """)

    static let choice = KeyDescription.table(
        """
        text | words | (needed) | | The answer.
        right | true or false | `false` | | Whether it is the right one.
        because | words | none | | Why one would think so, and why not.
        """)

    static let find = BlockDescription(
        "find", "A table with mistakes to find.",
        keys: """
            \(question)
            header | list of words | none | as many cells as each row \
            | The table's header, whose cells are never mistakes.
            rows | list of lists | (needed) | all of one length | The table's cells.
            mistakes | list of mappings | (needed) | one or more | The cells that are wrong.
            \(explanation)
            """, inner: ["mistakes": mistake],
        example: """
            id: wrong
            question: Which cell is wrong?
            header: [variant, K/V heads]
            rows: [[MHA, n], [MQA, n]]
            mistakes: [{cell: [2, 2], because: MQA has one.}]
            """)

    static let mistake = KeyDescription.table(
        """
        cell | list of two numbers | (needed) | [row, column], from [1, 1] \
        | The cell, counted from 1.
        because | words | (needed) | | What is wrong with it.
        """)
}

extension KeyDescription {
    /// The keys of a lesson's front matter.
    static let frontMatter = table(
        """
        title | text | (needed) | | The lesson's title.
        summary | text | (needed) | | One line for the contents.
        setting | text | `\(PreparedLesson.defaultSetting.text)` | as under Settings \
        | What every step starts with.
        model | text | none | an id of headroom models | A real model's values instead of setting.
        tokens | whole number | `1024` | 1 or more | The tokens that go with model.
        """)
}
