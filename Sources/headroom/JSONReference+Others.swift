/// The members of what the commands of the course, of experiments and of real models write.
extension JSONReference {
    static let lessons = JSONReference(
        command: "lessons --json",
        members: [
            Member("id", "what commands take"), Member("number", "counted from 1"),
            Member("title", "of the lesson"), Member("summary", "in a sentence"),
            Member("steps_seen", "how many"), Member("steps[]", "its steps"),
            Member("steps[].id", "what commands take"), Member("steps[].number", "counted from 1"),
            Member("steps[].title", "of the step"),
            Member("steps[].state", "new, seen, open, right, missed or answered"),
            Member("steps[].question", "its question's id; null"),
            Member("steps[].notes", "how many you took"),
        ], isArray: true)

    static let classAnswers = JSONReference(
        command: "class FILE --format json",
        members: [
            Member("students", "how many agreed to answer"),
            Member("remarks", "an array of sentences: what was passed over"),
            Member("questions[]", "those that were answered, in the course's order"),
            Member("questions[].id", "lesson and question"),
            Member("questions[].title", "of its lesson and step; null where it is gone"),
            Member("questions[].question", "its words; null where it is gone"),
            Member("questions[].answer", "the right one; null where there is none"),
            Member("questions[].answers[]", "one a student"),
            Member("questions[].answers[].student", "the beginning of a random id"),
            Member("questions[].answers[].name", "null where none was given"),
            Member("questions[].answers[].first", "the first guess"),
            Member("questions[].answers[].newest", "the last; empty where there was one"),
            Member("questions[].answers[].tries", "how many; 0 for own words"),
            Member("questions[].answers[].right", "whether the first was right; null"),
            Member("questions[].answers[].date", "null where not known"),
        ])

    static let notes = JSONReference(
        command: "notes --format json",
        members: [
            Member("entries[]", "steps with something kept, in the course's order"),
            Member("entries[].lesson", "the lesson's id"), Member("entries[].step", "the step's"),
            Member("entries[].title", "the step's; null where it is gone"),
            Member("entries[].setting", "as --state takes it; null for the step's own"),
            Member("entries[].questions[]", "what was answered"),
            Member("entries[].questions[].id", "lesson and question"),
            Member("entries[].questions[].question", "its words; null where it is gone"),
            Member("entries[].questions[].guess", "yours; null"),
            Member("entries[].questions[].off", "how far that was off, in words; null"),
            Member("entries[].questions[].answer", "null where not shown"),
            Member("entries[].questions[].tries", "how many"),
            Member("entries[].questions[].right", "at the first guess"),
            Member("entries[].questions[].missed", "whether a review asks it"),
            Member("entries[].questions[].date", "null where not known"),
            Member("entries[].questions[].review", "the last one; null"),
            Member("entries[].questions[].review.times", "how often it was asked"),
            Member("entries[].questions[].review.right", "the last time"),
            Member("entries[].questions[].review.setting", "whose numbers it was asked with; null"),
            Member("entries[].questions[].review.guess", "yours"),
            Member("entries[].questions[].review.date", "null where not known"),
            Member("entries[].notes[]", "yours, the oldest first"),
            Member("entries[].notes[].text", "your words"),
            Member("entries[].notes[].setting", "as --state takes it"),
            Member("entries[].notes[].model", "whose values these are; null"),
            Member("entries[].notes[].exploring", "whether taken with all sliders free"),
            Member("entries[].notes[].date", "null where not known"),
            Member("entries[].notes[].own_model", "the file that wrote; null"),
            Member("entries[].notes[].words", "those it went on from; null"),
            Member("measurements[]", "what was measured on this machine"),
            Member("measurements[].what", "in words"),
            Member("measurements[].date", "null where not known"),
            Member("measurements[].results[]", "row by row"),
            Member("measurements[].results[].name", "of what"),
            Member("measurements[].results[].result", "in words"),
            Member("proposal", "your answer to the last question; null"),
            Member("steps_seen", "how many"), Member("steps", "of how many"),
        ])

    static let lint = JSONReference(
        command: "lint --json",
        members: [
            Member("file", "its path"), Member("line", "counted from 1"),
            Member("column", "counted from 1"), Member("severity", "error or warning"),
            Member("rule", "which one"), Member("message", "what is wrong"),
        ], isArray: true)

    static let bench = JSONReference(
        command: "bench --json",
        members: [
            Member("schema", "1"), Member("inputs", "what was timed"),
            Member("inputs.query_heads", "n"), Member("inputs.head_dim", "h"),
            Member("inputs.tokens", "in the cache"), Member("inputs.batch", "1"),
            Member("inputs.dtype", "how numbers are cached"), Member("inputs.threads", "used"),
            Member(
                "read_bytes_per_second",
                "what this machine reads from memory; null where too fast to tell"),
            Member("rows[]", "one for each legal g"), Member("rows[].kv_heads", "g"),
            Member("rows[].shared_ms", "each key and value read once for its group"),
            Member("rows[].repeated_ms", "each copied for every query head first"),
            Member("rows[].cache_bytes", "of the layer"),
            Member("rows[].bandwidth_floor_ms", "reading those bytes alone"),
        ])

    static let race = JSONReference(
        command: "race --json",
        members: [
            Member("schema", "1"), Member("inputs", "what was trained"),
            Member("inputs.steps", "of training"), Member("inputs.seed", "of chance"),
            Member("inputs.variants", "an array of their ids"),
            Member("inputs.match_parameters", "whether embeddings were widened"),
            Member("inputs.threads", "used"),
            Member("questions", "on which each was measured"),
            Member("seconds", "from start to end"), Member("rows[]", "one for each variant"),
            Member("rows[].variant", "its id"),
            Member("rows[].cache_numbers_per_token", "kept"),
            Member("rows[].width", "of embeddings"),
            Member("rows[].parameters", "trained"), Member("rows[].accuracy", "from 0 to 1"),
            Member("rows[].perspectives", "of 8"),
            Member("rows[].head_divergence_bits", "how differently two heads look"),
            Member("rows[].loss", "in nats"), Member("rows[].seconds", "of training"),
        ])

    static let generate = JSONReference(
        command: "generate --json",
        members: [
            Member("schema", "1"), Member("model", "its file"),
            Member("prompt_tokens", "an array of ids"),
            Member("tokens", "an array of those written"),
            Member("text", "what was written"),
            Member("pieces", "an array, of each token its text"),
            Member("cache", "what it held at the end"), Member("cache.bytes_held", "in all"),
            Member("cache.bytes_per_token", "of one"),
            Member("cache.numbers_per_token_and_layer", "of one in one layer"),
            Member("read_per_second", "tokens of the prompt; null"),
            Member("written_per_second", "tokens; null"), Member("threads", "used"),
        ])

    private static let predicted = [
        Member("kept", "what the cache keeps, in words"), Member("perplexity", "of the text"),
        Member("nats_per_token", "its logarithm"),
        Member("standard_error", "of that; null where too few tokens tell"),
        Member("tokens", "predicted"),
        Member("numbers_per_token_and_layer", "cached"), Member("bytes_per_token", "cached"),
    ]

    static let perplexity = JSONReference(
        command: "perplexity --json",
        members: [Member("schema", "1"), Member("model", "its file")] + predicted
            + [Member("threads", "used")])

    static let sweep = JSONReference(
        command: "perplexity --sweep --json",
        members: [
            Member("schema", "1"), Member("model", "its file"),
            Member("points[]", "one for each way to keep keys and values"),
        ] + predicted.map { Member("points[].\($0.path)", $0.meaning) } + [
            Member("points[].nats_more", "what a token costs more than as built"),
            Member("points[].nats_more_standard_error", "of that; null where too few tokens tell"),
            Member("threads", "used"),
        ])

    private static let looking = [
        Member("schema", "1"), Member("model", "its file"),
        Member("kept", "what the cache keeps, in words"), Member("query_heads", "n"),
        Member("kv_heads", "g"),
    ]

    static let looks = JSONReference(
        command: "looks MODEL.gguf TEXT --json",
        members: looking + [
            Member("tokens", "an array of their texts"),
            Member("attention", "[layer][head][token][token seen], shares from 0 to 1"),
            Member("threads", "used"),
        ])

    static let comparison = JSONReference(
        command: "looks MODEL.gguf --json",
        members: looking + [
            Member("tokens", "how many were read"),
            Member("layers[]", "how differently two heads look, from 0 to 1"),
            Member("layers[].sharing", "two that share a K/V head"),
            Member("layers[].apart", "two that do not"),
            Member("layers[].sharing_without_first", "the same without the first token"),
            Member("layers[].apart_without_first", "the same without the first token"),
            Member("layers[].same_target_sharing", "tokens at which both look most at the same"),
            Member("layers[].same_target_apart", "the same of two that do not share"),
            Member("layers[].on_first", "attention on the first token"),
            Member("threads", "used"),
        ])

    private static func difference(_ name: String, _ meaning: String) -> [Member] {
        [
            Member(name, meaning), Member("\(name).error", "null where it is no number"),
            Member("\(name).batch", "counted from 0"), Member("\(name).head", "counted from 0"),
            Member("\(name).query", "counted from 0"),
            Member("\(name).coordinate", "counted from 0"),
            Member("\(name).out", "yours; null where it is no number"),
            Member("\(name).expected", "what it should be"),
        ]
    }

    static let verify = JSONReference(
        command: "verify --json",
        members: [
            Member("matches", "whether out is right"),
            Member("verdict", "match, mismatch or too-small-to-tell"),
            Member("form", "which tensors were given"),
            Member("layout", "how they lie, \"[n, t, h]\""), Member("out_layout", "how out lies"),
            Member("attention", "MHA, GQA, MQA or MLA"), Member("query_heads", "n"),
            Member("kv_heads", "g"), Member("head_dim", "the width of keys"),
            Member("value_dim", "the width of values"),
            Member("nope_dim", "of an MLA's keys, without positions"),
            Member("rope_dim", "of an MLA's keys, with positions"),
            Member("latent_dim", "of an MLA"), Member("batch", "sequences"),
            Member("query_tokens", "rows of q"), Member("tokens", "rows of k and v"),
            Member("causal", "whether a mask was expected"), Member("dtype", "of out"),
            Member("tolerance", "by which a number may be off"), Member("numbers", "of out"),
            Member("wrong_numbers", "of those"),
        ] + difference("largest_error", "where it is; null")
            + difference("first_wrong", "the first wrong number; null") + [
                Member("explanations", "an array of arrays of mistakes that give out together"),
                Member("certain", "whether no other cause gives the same"),
                Member("remarks", "an array of sentences"),
                Member("cannot_show", "an array of mistakes that such a file cannot show"),
                Member("search_complete", "whether every mistake was tried"),
            ])
}
