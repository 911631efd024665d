public enum KeyNotation { public static func keys(from: String) throws -> [Key] { [] } }
