import Foundation

/// Where what is kept between two starts of the program lies.
enum StateFolder {
    /// `$XDG_STATE_HOME/headroom`, or under `~/.local/state` where that is not set; nil without
    /// both.
    static func url(_ environment: [String: String]) -> URL? {
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            return URL(fileURLWithPath: state).appending(path: "headroom")
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return URL(fileURLWithPath: home).appending(path: ".local/state/headroom")
    }
}
