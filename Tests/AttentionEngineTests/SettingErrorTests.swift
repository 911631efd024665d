import AttentionEngine
import Testing

@Suite("What is wrong with a setting")
struct SettingErrorTests {
    static let whole = "l=96,b=1,n=96,g=8,h=128,s=1024,bytes=2"
    static let most = AttentionShape.maximumQueryHeads

    @Test(
        "A text that is no setting names its first wrong part and what would be right",
        arguments: [
            ("l=0,n=96,h=128,s=1", .tooSmall(.layers, 0), "l=0: layers must be 1 or more"),
            ("l=1,b=0,n=1,h=1,s=1", .tooSmall(.batch, 0), "b=0: batch must be 1 or more"),
            ("l=1,n=-3,h=1,s=1", .tooSmall(.queryHeads, -3), "n=-3: query heads must be 1 or more"),
            (
                "l=1,n=4,g=0,h=1,s=1", .tooSmall(.keyValueHeads, 0),
                "g=0: K/V heads must be 1 or more"
            ),
            ("l=1,n=1,h=0,s=1", .tooSmall(.headDimension, 0), "h=0: head width must be 1 or more"),
            ("l=1,n=1,h=1,s=0", .tooSmall(.tokens, 0), "s=0: tokens must be 1 or more"),
            (
                "l=1,n=1,h=1,s=1,c=0,r=0", .tooSmall(.latentRank, 0),
                "c=0: latent width must be 1 or more"
            ),
            (
                "l=1,n=1,h=1,s=1,c=1,r=-1", .tooSmall(.rotaryDimension, -1),
                "r=-1: rotary width must be 0 or more"
            ),
            (
                "l=1,n=1,h=1,s=1,wl=0,w=1", .tooSmall(.windowLayers, 0),
                "wl=0: window layers must be 1 or more"
            ),
            ("l=1,n=1,h=1,s=1,wl=1,w=0", .tooSmall(.window, 0), "w=0: window must be 1 or more"),
            (
                "l=1,n=12,g=5,h=1,s=1",
                .doesNotDivide(keyValueHeads: 5, queryHeads: 12, legal: [1, 2, 3, 4, 6, 12]),
                "g=5: K/V heads must divide the 12 query heads (1, 2, 3, 4, 6, 12)"
            ),
            (
                "l=1,n=4,g=8,h=1,s=1",
                .doesNotDivide(keyValueHeads: 8, queryHeads: 4, legal: [1, 2, 4]),
                "g=8: K/V heads must divide the 4 query heads (1, 2, 4)"
            ),
            (
                "l=1,n=65537,h=1,s=1", .tooManyQueryHeads(65537),
                "n=65537: query heads must be 65,536 or fewer"
            ),
            (
                "l=1,n=1,h=1,s=9223372036854775807", .tooLarge,
                "these numbers multiply to a cache of more than 1,152 petabytes"
            ),
            (
                "l=1,n=1,h=1,s=9223372036854775808", .tooLarge,
                "these numbers multiply to a cache of more than 1,152 petabytes"
            ),
            (
                whole + ",c=512", .incomplete(has: .latentRank, lacks: .rotaryDimension),
                "c (latent width) needs r (rotary width) as well"
            ),
            (
                whole + ",w=512", .incomplete(has: .window, lacks: .windowLayers),
                "w (window) needs wl (window layers) as well"
            ),
            (
                whole + ",wl=97,w=512", .tooManyWindowLayers(97, layers: 96),
                "wl=97: there are only 96 layers"
            ),
            (
                "l=1,n=1,h=1,s=1,bytes=3", .unknownWidth("3"),
                "bytes=3: bytes per number must be 4, 2, 1 or 0.5"
            ),
            ("l=1,n", .notAssignment("n"), "'n' is not of the form letter=number, as in g=8"),
            ("l=1,,n=1", .notAssignment(""), "'' is not of the form letter=number, as in g=8"),
            (
                "l=1=2", .notAssignment("l=1=2"),
                "'l=1=2' is not of the form letter=number, as in g=8"
            ),
            ("l=", .notAssignment("l="), "'l=' is not of the form letter=number, as in g=8"),
            ("", .notAssignment(""), "'' is not of the form letter=number, as in g=8"),
            (
                "x=1", .unknownLetter("x"),
                "'x' is not a parameter; they are l, b, n, g, h, s, bytes, c, r, wl, w"
            ),
            ("l=1,n=2,l=1", .repeated("l"), "l is given twice"),
            ("l=1.5", .notNumber(.layers, "1.5"), "l=1.5: layers must be a whole number"),
            ("s=many", .notNumber(.tokens, "many"), "s=many: tokens must be a whole number"),
            ("s=_", .notNumber(.tokens, "_"), "s=_: tokens must be a whole number"),
            ("n=1,h=1,s=1", .missing(.layers), "l (layers) is missing"),
            ("l=1,h=1,s=1", .missing(.queryHeads), "n (query heads) is missing"),
            ("l=1,n=1,s=1", .missing(.headDimension), "h (head width) is missing"),
            ("l=1,n=1,h=1", .missing(.tokens), "s (tokens) is missing"),
        ] as [(String, SettingError, String)])
    func textThatIsNoSetting(text: String, error: SettingError, description: String) {
        #expect(throws: error) { try CacheSetting(text: text) }
        #expect(error.description == description)
    }

    @Test("Where the legal numbers are many, the message names the nearest only")
    func manyLegalNumbers() {
        let many = SettingError.doesNotDivide(
            keyValueHeads: 7, queryHeads: 360, legal: divisors(of: 360))
        #expect(
            many.description == "g=7: K/V heads must divide the 360 query heads (nearest: 6, 8)")
        let above = SettingError.doesNotDivide(
            keyValueHeads: 400, queryHeads: 360, legal: divisors(of: 360))
        #expect(
            above.description == "g=400: K/V heads must divide the 360 query heads (nearest: 360)")
    }

    @Test("The most query heads there may be are a shape, one more is not")
    func mostQueryHeads() throws {
        let shape = try AttentionShape(
            queryHeads: Self.most, keyValueHeads: 1, headDimension: 1)
        #expect(shape.groupSize == Self.most)
        #expect(throws: SettingError.tooManyQueryHeads(Self.most + 1)) {
            try AttentionShape(queryHeads: Self.most + 1, keyValueHeads: 1, headDimension: 1)
        }
    }

    @Test("A change to a width that is none is refused")
    func changeToUnknownWidth() throws {
        let setting = try CacheSetting(text: Self.whole)
        #expect(throws: SettingError.unknownWidth("3.0")) {
            try setting.setting([.bytesPerNumber: 24])
        }
    }
}
