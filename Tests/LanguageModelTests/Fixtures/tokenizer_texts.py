"""Texts that are hard to split into tokens, for tokenizer_fixture.py.

All characters are of Unicode 14 or older: the tables of newer ones differ from library to library.
"""

NUMBERS = [
    "0", "7", "42", "123", "1234", "12345", "123456", "1234567890", "3.14159", "-273.15",
    "1,000,000", "1e-6", "0x1F600", "2026-11-29T01:03:33Z", "12:34:56", "v1.2.3-beta.4",
    "Room 101 on floor 7", "a1b2c3", "1st 2nd 3rd 4th", "№5 ½ ⅓ ² ³ Ⅷ ⅻ ① ⑳", "٠١٢٣٤٥٦٧٨٩",
    "०१२३ 四五六 ১২৩৪", "  1  22   333    4444", "1 2 3 4 5 6 7 8 9", "€9.99, £10.50, ¥1000",
    "50%50", "x²+y²=z²", "１２３４",
]

CONTRACTIONS = [
    "I'm sure we'll see what they've done, he'd say it's theirs and you're right, don't you?",
    "I'M SURE WE'LL SEE WHAT THEY'VE DONE, HE'D SAY IT'S THEIRS AND YOU'RE RIGHT, DON'T YOU?",
    "It'S He'Ll We'vE I'D", "'s", "'S", "'", "''", "'''s", "'ll", "'LL", "'lL", "'l", "'r", "'re",
    "'rE", "'v", "'ve", "'d'd'd", "x'm", "rock'n'roll", "o'clock", "the dogs' 'tails'", "’s it’s",
    "'tis 'twas", " 's 't 're", "'sabc 'tabc 'mabc 'dabc", "12's 3'd", "it'ſ 'ſabc", "\n's\n'll",
]

CODE = [
    "let x = [1, 2, 3].map { $0 * 2 }", "for (int i = 0; i < 10; ++i) {\n    sum += a[i];\n}",
    "def f(x):\n\treturn x ** 2  # square\n", "if (a && b || !c) { return -1; }",
    "SELECT * FROM t WHERE a <> 'b';", "<div class=\"x\">&amp;</div>",
    "https://example.org/a?b=c&d=%20",
    "name@example.org", "/usr/local/bin/swift", "C:\\Users\\x", "snake_case_name camelCaseName",
    "#include <stdio.h>\n#define X(a) #a\n", "```swift\nprint(\"hi\")\n```\n", "a->b->c::d",
    "x+=1;y-=2",
    "{\"k\": [null, true, 1.5e3]}", "\\n\\t\\\\", "$HOME ${HOME}", "@main struct S: Sendable {}",
    "λx.x", "fn main() {\r\n    println!(\"{}\", 1);\r\n}\r\n", "    return\n\n\n        else:\n",
    "|a|b|\n|-|-|\n",
]

EMOJI = [
    "😀", "😀😀😀", "👍🏽", "👩‍👩‍👧‍👦", "🏳️‍🌈", "❤️", "🇩🇪🇫🇷", "hello 👋🏿 world", "1️⃣2️⃣", "👨🏻‍💻 codes",
    " 🎉 ", "😀a", "a😀", "☕︎☕️", "🧑🏽‍🚀🚀🌍",
]

SCRIPTS = [
    "你好，世界！", "注意力头共享键和值。", "中文 English 混合 text", "日本語のテキスト、カタカナとひらがな", "한국어 텍스트입니다", "ㅎㅏㄴ",
    "مرحبا بالعالم", "السَّلامُ عَلَيْكُم", "שלום עולם", "שָׁלוֹם", "नमस्ते दुनिया",
    "हिन्दी में क्षेत्र", "বাংলা ভাষা", "தமிழ் மொழி",
    "ภาษาไทย", "ພາສາລາວ", "ქართული", "Ελληνικά κείμενο", "Привет, мир!", "Ёлка и ёж", "Հայերեն",
    "አማርኛ", "Tiếng Việt có dấu", "naïve café résumé", "nai\u0308ve cafe\u0301", "straße ẞ ﬁ ﬆ ŉ",
    "İstanbul ılık",
    "ǅ ǈ ʰ ªº", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "𐍈𐌰𐌽", "a\u0300\u0301\u0302\u0303b", "\u0301alone", "क\u094dष", "𠮷野家",
]

SPACES = [
    "", " ", "  ", "   ", "\n", "\n\n", "\r\n", "\r", "\t", "\t\t", " \n", "\n ", " \n \n ", "a ",
    "a  ", " a",
    "  a", "   a", "a b", "a  b", "a   b", "a\nb", "a\n\nb", "a\r\nb", "a\n b", "a \nb", "a \n b",
    "a\n  b\n    c\n", "\ta\t\tb\t", "a\u00a0b", "\u00a0\u00a0a", "a\u2003b\u2009c", "a\u3000b",
    "a\u200bb", "a\u2028b\u2029c", "a\u0085b", "\u000b\u000c", "a\u1680b", "a\ufeffb", "a \u00a0 b",
    "\u2003\u2003x",
    "x\u2003\n\u2003y", " \t \n\t x", "end.  \n\n  Next", "\u180e", "a\u0000b\u0001\u007f",
    "!\n!\n\n!\r\n", " !\n",
]

PUNCTUATION = [
    "...", "…", "!!!???", "!!a", "a!!", " !!", "--", "——", "«quoted»", "“curly” ‘quotes’",
    "(a) [b] {c}", "~!@#$%^&*()_+",
    "=" * 40, "-" * 70 + "\n", "* * *", "±×÷≠≤≥∞", "→←↑↓", "©®™", "\u0338\u0338", "。，、；：？！",
]

LONG = [
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "a" * 200, "ab" * 150, "headroom" * 20, "aaaaaaaaab" * 8, " " * 130 + "x", "\n" * 50, "的" * 40,
    "क्" * 30, "x" * 33 + " " + "y" * 33,
]

MIXTURES = [
    "The cache of 8 heads holds 1,024 tokens; that's 2.5 MiB — isn't it? 😀\n\n\tYes: 你好 (नमस्ते).",
    "Q: What's 12+30?\nA: 42.\n\n\nQ: Why?\n", "a1 b22 c333 d4444\te55555", "x=1\ty=2\r\n\r\nz=3",
]

TEXTS = NUMBERS + CONTRACTIONS + CODE + EMOJI + SCRIPTS + SPACES + PUNCTUATION + LONG + MIXTURES

SPECIAL = [
    "<|start|>user\nHello<|end|>\n<|start|>assistant\n", "<|end|>", "a<|end|>b", " <|end|> <|end|>",
    "<|end|><|end|>", "<|end|", "<|end|>|>", "<<|end|>", "<tool>", "x <tool>s y <tool> z<tools>",
    "<|end of it|>", "<|end|> of it|>", "'<tool>'s 12<tool>34", "<unk> <unused0>",
    "\n<|start|>\n 's",
]

BROKEN = [
    b"\xff", b"a\xffb", b"\xffabc", b" \xff\xfe ", b"\x80\x81", b"caf\xc3", b"caf\xc3 \xa9",
    b"\xe4\xbda",
    b"\xf0\x9f\x98", b"\xf0\x9f\x98\x80\xf0\x9f", b"\xc0\xaf", b"\xe0\x80\x80", b"\xed\xa0\x80x",
    b"\xf4\x90\x80\x80", b"12\xff34", b"'\xffs", b"\n\xff\n\n", b"  \xc2", b"\xf5\xf6 \xfc\xfd",
    b"\xe2\x80\xe2\x80\x83 x",
]
