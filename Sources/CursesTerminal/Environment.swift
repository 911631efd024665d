#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What the process's environment says about its terminal.
enum Environment {
    /// A variable's value; an empty one counts as not set.
    static func value(of name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    /// Takes the locale of the environment, and says whether its characters are UTF-8.
    ///
    /// Where the environment names a UTF-8 locale that is not installed here (common over ssh),
    /// the characters of the C library's own UTF-8 locale are taken.
    static func adoptLocale() -> Bool {
        if setlocale(LC_ALL, "") == nil, asksForUTF8 {
            _ = setlocale(LC_CTYPE, "C.UTF-8") ?? setlocale(LC_CTYPE, "UTF-8")
        }
        return nl_langinfo(nl_item(CODESET)).map { isUTF8(String(cString: $0)) } == true
    }

    /// What decides of the characters is called "language_COUNTRY.encoding@modifier", of which any
    /// part may be missing.
    private static var asksForUTF8: Bool {
        let name = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(value(of:)).first ?? ""
        let encoding = name.prefix { $0 != "@" }
        return isUTF8(encoding.split(separator: ".").last ?? encoding)
    }

    /// Whether an encoding's name is that of UTF-8, in whatever spelling.
    private static func isUTF8(_ encoding: some StringProtocol) -> Bool {
        encoding.lowercased().filter { $0 != "-" && $0 != "_" } == "utf8"
    }

    /// Lines and columns of an environment are those of another window, or of before a resize;
    /// ncurses would believe them.
    static func forgetSize() {
        unsetenv("LINES")
        unsetenv("COLUMNS")
    }

    /// Milliseconds until Escape alone counts as a key: the user's own, or few enough to be
    /// felt as none and yet enough for a sequence to arrive whole.
    static var escapeDelay: Int32 {
        let own = value(of: "ESCDELAY").flatMap { Int32($0) } ?? 25
        return min(max(own, 1), 10_000)
    }
}
