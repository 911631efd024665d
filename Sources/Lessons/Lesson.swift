/// One lesson file as values: front matter, then steps of blocks. Knows no widget and no figure;
/// directives and figures are names and attributes for whoever draws them.
package struct Lesson: Hashable, Sendable {
    /// The file's name without its number and ending: "gqa" of "5-gqa.md".
    package let id: String
    /// The file's name, as findings show it.
    package let file: String
    /// The YAML between the lines of hyphens at the file's start; empty where there is none.
    package let frontMatter: Attributes
    /// The front matter's title, else the `#` heading's text, else the id.
    package let title: String
    /// The steps in the file's order; a lesson without any has a finding.
    package let steps: [Step]
    /// What was wrong with the text; the lesson holds all that could be understood.
    package let findings: [Finding]

    /// A lesson from its parts; `Lesson.parse` makes them from text.
    package init(
        id: String, file: String, frontMatter: Attributes, title: String, steps: [Step],
        findings: [Finding]
    ) {
        self.id = id
        self.file = file
        self.frontMatter = frontMatter
        self.title = title
        self.steps = steps
        self.findings = findings
    }
}

/// A part of a lesson that is on the screen at a time: a `##` heading and all that follows it.
package struct Step: Hashable, Sendable {
    /// Made from the title ("Eight groups" is "eight-groups"), or given by a comment
    /// `<!-- id: eight-groups -->`; unique in its lesson.
    package let id: String
    /// The `##` heading's text, without marks.
    package let title: String
    /// Where the heading stands.
    package let place: SourcePlace
    /// What follows the heading, which is not among them.
    package let blocks: [Block]
    /// What a teacher wants to remember here, from comments `<!-- notes: ... -->`: paragraphs that
    /// no learner sees.
    package let notes: [String]
    /// When a class should be here, in minutes since the lesson began, from a comment
    /// `<!-- minute: 12 -->`.
    package let minute: Int?
    /// Steps that are no more and whose names lead here, from comments `<!-- was: old-id -->`.
    package let former: [FormerStep]
    /// Where it pauses, from comments `<!-- pause -->`: what stands behind comes then.
    package let pauses: [Pause]

    /// A place where a step pauses.
    package struct Pause: Hashable, Sendable {
        /// How many of its blocks stand before it.
        package let blocks: Int
        /// How many of its notes do.
        package let notes: Int
    }

    /// A step from its parts, as for tests; the parser makes unique ids.
    package init(
        id: String, title: String, place: SourcePlace, blocks: [Block], notes: [String] = [],
        minute: Int? = nil, former: [FormerStep] = [], pauses: [Pause] = []
    ) {
        self.id = id
        self.title = title
        self.place = place
        self.blocks = blocks
        self.notes = notes
        self.minute = minute
        self.former = former
        self.pauses = pauses
    }
}

/// The name of a step that was renamed, merged into another one or dropped.
package struct FormerStep: Hashable, Sendable {
    /// The lesson that it was in; nil for the lesson that names it.
    package let lesson: String?
    /// Its id there.
    package let id: String
    /// Where the comment stands that names it.
    package let place: SourcePlace
}

/// A block of a step.
package indirect enum Block: Hashable, Sendable {
    /// Running text; `words` are what a comment `<!-- words: ... -->` before it says where no
    /// picture can be seen.
    case paragraph([Inline], words: String? = nil)
    /// `###` and deeper, inside a step.
    case heading(level: Int, [Inline])
    /// Items, numbered from `start` where it has numbers.
    case list(start: Int?, items: [[Block]])
    /// Blocks behind ">".
    case quote([Block])
    /// A fenced block of plain code; `language` is its info string, `words` are what a comment
    /// `<!-- words: ... -->` before it says where it cannot be seen.
    case code(language: String, lines: [String], words: String? = nil)
    /// A table with its header.
    case table(Table)
    /// A fenced block whose info string is `{name}`: a widget, a setting or a question. One that
    /// cannot be read is `code` whose language is its info string, and has a finding.
    case directive(Directive)
}

/// A table; every row has as many cells as the header.
package struct Table: Hashable, Sendable {
    /// Where a column's text stands in it.
    package enum Alignment: Hashable, Sendable {
        /// As the colons in the row below the header say; left where there are none.
        case left, centre, right
    }

    /// The first row, one element for each cell.
    package let header: [[Inline]]
    /// One for each column.
    package let alignments: [Alignment]
    /// The rows below the header, each a list of cells.
    package let rows: [[[Inline]]]

    /// A table whose rows and alignments are as long as the header, which is the caller's to see.
    package init(header: [[Inline]], alignments: [Alignment], rows: [[[Inline]]]) {
        self.header = header
        self.alignments = alignments
        self.rows = rows
    }
}

/// A piece of a paragraph. Places are those of the first character, of code and figures that of
/// the first backtick or bracket.
package indirect enum Inline: Hashable, Sendable {
    /// Text from one line, a space standing for that line's end.
    case text(String, SourcePlace)
    /// `*text*`.
    case emphasis([Inline])
    /// `**text**`.
    case strong([Inline])
    /// Text between backticks, as it is written.
    case code(String, SourcePlace)
    /// A figure that is computed: `[384 MiB](cache:g=8,as=binary)`.
    case figure(Figure)
    /// An ordinary link; the terminal shows its text, and an address of the web behind it.
    case link([Inline], destination: String)
    /// A line's end that is kept: two spaces or a backslash before it.
    case lineBreak
}

extension Inline {
    /// Whether a link's address is one of the web, or of mail, and not a place in the course.
    package static func isOfTheWeb(_ destination: String) -> Bool {
        ["https://", "http://", "mailto:"].contains(where: destination.lowercased().hasPrefix)
    }
}

/// A computed figure, written as a link whose address says what to compute, so that the file
/// reads well where nothing computes it.
package struct Figure: Hashable, Sendable {
    /// What is computed: "cache", "ratio", "value" and so on, the link's scheme.
    package let quantity: String
    /// What follows the colon, split at commas: ("g", "8"), or (nil, "live") where a part has no
    /// "=".
    package let arguments: [Argument]
    /// The figure as it is written in the file; the linter holds it against the computed one.
    package let written: String
    /// Where the link's "[" stands.
    package let place: SourcePlace

    /// One part of an address.
    package struct Argument: Hashable, Sendable {
        /// What stands before "=", nil where there is none.
        package let key: String?
        /// What stands behind it, or the whole part.
        package let value: String

        init(key: String?, value: String) {
            self.key = key
            self.value = value
        }

        var text: String { key.map { "\($0)=\(value)" } ?? value }
    }

    init(quantity: String, arguments: [Argument], written: String, place: SourcePlace) {
        self.quantity = quantity
        self.arguments = arguments
        self.written = written
        self.place = place
    }

    /// The same as an address: "cache:g=8,live".
    package var address: String {
        quantity + ":" + arguments.map(\.text).joined(separator: ",")
    }

    /// A figure from an address such as "cache:g=4"; nil where it is not `scheme:arguments`.
    package init?(address: String, written: String, place: SourcePlace) {
        guard let colon = address.firstIndex(of: ":"), colon != address.startIndex else {
            return nil
        }
        let rest = address[address.index(after: colon)...]
        self.init(
            quantity: String(address[..<colon]),
            arguments: rest.split(separator: ",").map { part in
                guard let equals = part.firstIndex(of: "=") else {
                    return Argument(key: nil, value: String(part))
                }
                return Argument(
                    key: String(part[..<equals]), value: String(part[part.index(after: equals)...]))
            },
            written: written, place: place)
    }
}
