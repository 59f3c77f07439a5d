import PortrunBase

/// An env file that something behind a command reads by itself.
struct EnvFileUse: Sendable, Equatable {
    /// Absolute.
    let path: String
    /// What it says wins over the environment: a shell's `. ./.env`, a makefile's `include .env`.
    var isOverriding = false

    /// True for the name of a file with variables that are in use, not of a sample of one.
    static func isName(_ name: String) -> Bool {
        guard name.hasSuffix(".env") || name == ".env" || [".env.", ".env-", ".env_"].contains(where: name.hasPrefix)
        else { return false }
        return ![".bak", "example", "sample", "template", "dist"].contains { name.hasSuffix($0) }
    }

    /// True for the name of a file that `portrun write --env` brings in line where git ignores it.
    static func canBeInLine(_ name: String) -> Bool {
        guard name.hasPrefix(".env") else { return false }
        return name != ".envrc" && ![".bak", "example", "sample", "template", "dist"].contains { name.hasSuffix($0) }
    }
}
