/// The lesson that a new course begins with.
enum LessonTemplate {
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

        <!-- headroom new --reference prints every block and key. -->

        """
}
