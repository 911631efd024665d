/// What a new course begins with.
enum LessonTemplate {
    /// The `course.yaml` of a course in a folder of a name. The id is the course's own, so that two
    /// of one name keep their progress apart.
    static func course(named folder: String) -> String {
        let name = folder.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        let number = String(UInt32.random(in: 0x1000_0000...UInt32.max), radix: 16)
        return """
            # What the course is; any line may be left out.
            name: My course
            # author: Your name
            language: en
            # Progress and notes are kept under this id, wherever the folder lies. Keep it.
            id: \(name.isEmpty ? "course" : String(name.prefix(40)))-\(number)

            """
    }

    static let text = """
        ---
        title: My lesson
        summary: One line for the contents.
        setting: l=32,b=1,n=32,g=8,h=128,s=8192,bytes=2
        ---

        <!-- Comments are for you alone; the learner never sees them. -->
        <!-- Front matter, above: title and summary are needed. setting is what every step
             starts with: l layers, b batch, n query heads, g K/V heads, h head width, s tokens.
             model: llama3-8b would take a real model's values instead. -->

        ## A picture

        <!-- Each ## heading starts a step, and a step is one screen. -->

        Prose may contain *emphasis*, **strong** text and `code`. There are [32](value:n) query
        heads here, [4](group-size:) on each K/V head.

        The numbers above are links: the text is what they read as on a page, the address what
        the program computes. The linter reports when the two disagree.

        <!-- A block in braces is a picture, sliders, a formula or a question. This one shows
             which query head reads which K/V head. -->

        ```{heads}
        ```

        ## Something to move

        <!-- id: sliders -->
        <!-- The line above keeps this step's id when its heading changes. -->

        Each step opens with its own values. Move g: the formula and the bars follow.

        ```{setting}
        s: 4096
        ```

        ```{memory}
        ```

        ```{sliders}
        show: [g, s]
        ```

        ## Something to guess

        At [8,192](value:s) tokens the cache takes [1.07 GB (1.00 GiB)](cache:).

        <!-- While a question is open, the bars are hidden. "answer" is computed; put it in
             quotes where it ends in a colon. -->

        ```{ask}
        id: half
        question: How large is it with half the K/V heads, g = 4?
        answer: cache:g=4
        tolerance: 10%
        hint: How often does g occur in the formula?
        because: g occurs in the formula once, so half of g is half the cache.
        ```

        ```{memory}
        ```

        ## Something in parts

        Two figures can be compared: with a K/V head for each query head the cache takes
        [4](cache:g=32,over) times as much, [3.22 GB (3.00 GiB)](cache:g=32,minus) more.
        [The first step](#a-picture) shows who shares.

        <!-- notes: A note is for the teacher, in plain text. headroom follow --notes shows it. -->

        <!-- The step stops at a pause; the next key shows what stands behind it. -->

        <!-- pause -->

        A grid shows a mask, or any other cells: 1 is filled, 0 empty.

        ```{grid}
        title: "A window of 2: which keys each query reads"
        columns: [The, cat, sat]
        rows:
          - [The, 1, 0, 0]
          - [cat, 1, 1, 0]
          - [sat, 0, 1, 1]
        words: Each query reads itself and the token before it.
        ```

        <!-- headroom new --reference prints every block and key. -->

        """
}
