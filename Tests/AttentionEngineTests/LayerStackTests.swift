import AttentionEngine
import Testing

@Suite("A stack of layers")
struct LayerStackTests {
    private static let entry = TokenEntry.heads(8, 64)
    private static let latent = TokenEntry.latent(
        LatentWidths(latentRank: 512, rotaryDimension: 64))

    private static func plain(_ layers: Int, _ entry: TokenEntry) -> LayerStack {
        LayerStack([LayerRun(layers: layers, cache: .full(entry))])
    }

    @Test("joins neighbours that keep the same, and groups all that do")
    func runs() {
        let window = LayerCache.window(Self.entry, tokens: 4)
        let stack = LayerStack([window, window, .full(Self.entry), window, .linear, .none])
        #expect(stack.runs.map(\.layers) == [2, 1, 1, 1, 1])
        #expect(stack.groups.map(\.layers) == [3, 1, 1, 1])
        #expect(stack.layers == 6 && stack.growingLayers == 4 && stack.count(.window) == 3)
    }

    @Test("needs what each kind of layer keeps")
    func sizes() throws {
        let stack = LayerStack([
            .full(Self.entry), .window(Self.entry, tokens: 10), .chunked(Self.entry, tokens: 20),
            .linear, .shared, .none,
        ])
        let token = 2 * 8 * 64 * 2
        #expect(try stack.needed(CacheLoad(tokens: 5)).bytes == 15 * token)
        #expect(try stack.needed(CacheLoad(tokens: 100, batch: 3)).bytes == 3 * 130 * token)
    }

    @Test("equals the memory engine wherever a setting describes it")
    func settings() throws {
        for setting in try randomSettings(200, seed: 5) {
            let entry = TokenEntry.heads(setting.keyValueHeads, setting.headDimension)
            let windowLayers = setting.windowed?.layers ?? 0
            let stack = LayerStack([
                LayerRun(
                    layers: windowLayers,
                    cache: .window(entry, tokens: setting.windowed?.window ?? 1)),
                LayerRun(layers: setting.layers - windowLayers, cache: .full(entry)),
            ])
            let load = try CacheLoad(
                tokens: setting.tokens, batch: setting.batch,
                format: CacheFormat(setting.numberWidth))
            #expect(try stack.needed(load) == MemoryReport(setting)[.gqa]?.size, "\(setting.text)")
        }
    }

    @Test(
        "takes the bytes of its format, scales included",
        arguments: [
            (CacheFormat.f32, 4096, 2304), (.f16, 2048, 1152), (.bf16, 2048, 1152),
            (.fp8, 1024, 576), (.int4, 512, 288), (.q8, 1088, 612), (.q4, 576, 324),
        ])
    func formats(format: CacheFormat, heads: Int, latent: Int) throws {
        let load = try CacheLoad(tokens: 1, format: format)
        #expect(try Self.plain(1, Self.entry).needed(load).bytes == heads)
        #expect(try Self.plain(1, Self.latent).needed(load).bytes == latent)
    }

    @Test("refuses formats whose blocks do not fit, and sizes beyond 64 bits")
    func refusals() throws {
        let q8 = try CacheLoad(tokens: 1, format: .q8)
        #expect(throws: SettingError.blocksDoNotFit(.q8, block: 32, width: 80)) {
            try Self.plain(1, .heads(32, 80)).needed(q8)
        }
        let latentOnly = try CacheLoad(tokens: 1, format: .fp8Latent)
        #expect(try Self.plain(2, Self.latent).needed(latentOnly).bytes == 2 * 656)
        #expect(throws: SettingError.formatIsForLatent(.fp8Latent)) {
            try Self.plain(1, Self.entry).needed(latentOnly)
        }
        #expect(throws: SettingError.tooLarge) {
            try Self.plain(1 << 20, Self.entry).needed(CacheLoad(tokens: 1 << 40, batch: 8))
        }
        #expect(throws: SettingError.tooSmall(.tokens, 0)) { try CacheLoad(tokens: 0) }
    }

    @Test(
        "over several GPUs keeps a part of the heads on each, or one head in several copies",
        arguments: [
            (8, 1, 8, 1), (8, 2, 4, 1), (8, 8, 1, 1), (8, 16, 1, 2), (8, 64, 1, 8), (1, 4, 1, 4),
            (10, 5, 2, 1), (10, 20, 1, 2), (4, 8, 1, 2),
        ])
    func spread(heads: Int, gpus: Int, own: Int, copies: Int) throws {
        let entry = TokenEntry.heads(heads, 64)
        #expect(try entry.share(gpus: gpus) == .heads(own, 64))
        #expect(entry.copies(gpus: gpus) == copies)
    }

    @Test("over GPUs that neither divide its heads nor are divided by them is refused")
    func unevenSpread() {
        for (heads, gpus) in [(8, 3), (10, 4), (8, 12), (3, 2)] {
            #expect(throws: SettingError.gpusDoNotSplit(gpus: gpus, keyValueHeads: heads)) {
                try Self.plain(2, .heads(heads, 64)).share(gpus: gpus)
            }
        }
        #expect(throws: SettingError.tooFewGPUs(0)) { try Self.plain(1, Self.entry).share(gpus: 0) }
    }

    @Test("keeps a latent whole on every GPU")
    func latentSpread() throws {
        #expect(try Self.plain(3, Self.latent).share(gpus: 7) == Self.plain(3, Self.latent))
        #expect(Self.latent.copies(gpus: 7) == 7)
    }

    @Test("fits exactly as many tokens and requests as it says, and not one more")
    func most() throws {
        let stacks = [
            Self.plain(3, Self.entry),
            LayerStack([.full(Self.entry), .window(Self.entry, tokens: 50), .linear]),
            Self.plain(5, Self.latent),
        ]
        for stack in stacks {
            for format in [CacheFormat.f16, .q8] {
                for bytes in [0, 1, 9_999, 123_456, 10_000_000] {
                    let room = ByteCount(bytes)
                    func size(_ tokens: Int, _ batch: Int) throws -> ByteCount {
                        try stack.needed(CacheLoad(tokens: tokens, batch: batch, format: format))
                    }
                    let tokens = try #require(
                        KeptMemory(stack).mostTokens(in: room, batch: 2, format: format))
                    if tokens > 0 { #expect(try size(tokens, 2) <= room) }
                    #expect(try size(tokens + 1, 2) > room)
                    let batch = try #require(
                        KeptMemory(stack).mostRequests(in: room, tokens: 7, format: format))
                    if batch > 0 { #expect(try size(7, batch) <= room) }
                    #expect(try size(7, batch + 1) > room)
                }
            }
        }
    }

    @Test("of windows alone takes any context that its windows fit")
    func unlimited() throws {
        let stack = LayerStack([.window(Self.entry, tokens: 10)])
        let full = try stack.needed(CacheLoad(tokens: 10))
        #expect(KeptMemory(stack).mostTokens(in: full, batch: 1, format: .f16) == nil)
        #expect(
            KeptMemory(stack).mostTokens(in: ByteCount(full.bytes - 1), batch: 1, format: .f16) == 9
        )
        #expect(
            KeptMemory(LayerStack([.linear])).mostRequests(in: full, tokens: 1, format: .f16) == nil
        )
    }

    @Test("is written in the widest format that fits")
    func widest() throws {
        let stack = Self.plain(1, Self.entry)
        let load = try CacheLoad(tokens: 10)
        for (format, bytes) in [
            (CacheFormat.f32, 40_960), (.f16, 20_480), (.q8, 10_880), (.fp8, 10_240),
            (.q4, 5760),
        ] {
            #expect(KeptMemory(stack).widestFormat(in: ByteCount(bytes), load: load) == format)
        }
        #expect(KeptMemory(stack).widestFormat(in: ByteCount(5759), load: load) == nil)
    }
}

@Suite("A size that somebody states")
struct StatedSizeTests {
    @Test(
        "is a number with a unit in any case, precise to half its last digit",
        arguments: [
            ("80GB", 80e9, "GB", 0.5 / 80), ("13.34GiB", 13.34 * 0x1p30, "GiB", 0.005 / 13.34),
            ("1.5 tib", 1.5 * 0x1p40, "TiB", 0.05 / 1.5), ("512", 512, nil, 0.5 / 512),
            ("1,073,741,824", 0x1p30, nil, 0.5 / 0x1p30),
            ("17.875MB", 17.875e6, "MB", 0.0005 / 17.875),
            ("2kb", 2000, "kB", 0.25), ("13,340 MiB", 13_340 * 0x1p20, "MiB", 0.5 / 13_340),
            ("24G", 24 * 0x1p30, "GiB", 0.5 / 24),
            ("512m", 512 * 0x1p20, "MiB", 0.5 / 512),
        ] as [(String, Double, String?, Double)])
    func read(text: String, bytes: Double, unit: String?, precision: Double) throws {
        let size = try #require(StatedSize(text: text))
        #expect(size.bytes == bytes && size.unit == unit)
        #expect(abs(size.precision - precision) < 1e-12)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "GB", "-3GB", "0GB", "1e3GB", "80XB", ".5GB", "5.GB", "1.2.3GB", "nan", "inf",
            "999999999999TiB", "80GB!", "5,38GiB", "1,,5GiB", "0,538GiB", "1,5,000B", "1.024,500B",
            ",500B", "1024,000B", "1,0000B",
        ])
    func refused(text: String) { #expect(StatedSize(text: text) == nil) }

    @Test("has as many digits as were written, from the first that is not 0")
    func digits() {
        for (text, digits) in [
            ("0.0625 GiB", 3), ("1GB", 1), ("1.00GB", 3), ("13,340MiB", 5), ("10GB", 2),
        ] {
            #expect(StatedSize(text: text)?.digits == digits, "\(text)")
        }
    }

    @Test("A capital before a small b may mean bits")
    func bits() {
        for (text, mayBeBits) in [
            ("24Gb", true), ("1.5 Mib", true), ("24GB", false), ("24gb", false), ("24 GiB", false),
            ("24G", false), ("24", false), ("24B", false),
        ] {
            #expect(StatedSize(text: text)?.mayBeBits == mayBeBits, "\(text)")
        }
    }
}
