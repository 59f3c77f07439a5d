import Foundation

/// This repository, the binary built from it, and the programs installed beside it.
enum Checkout {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// The binary under test: `$PORTRUN_BINARY`, else that of the debug build.
    static let binary = environment["PORTRUN_BINARY"] ?? root + "/.build/debug/portrun"

    static let environment = ProcessInfo.processInfo.environment

    /// A script that runs a command beside a Docker engine: `SCRIPT sealed COMMAND…`.
    static let engine = environment["PORTRUN_ENGINE"]

    /// One registry for all examples: they run at the same time, and must not take each other's ports.
    static let registry = FileManager.default.temporaryDirectory
        .appending(path: "portrun-\(UUID().uuidString)/registry.sqlite").path

    static func text(_ path: String) throws -> String {
        try String(contentsOfFile: root + "/" + path, encoding: .utf8)
    }

    static func isInstalled(_ program: String) -> Bool {
        (environment["PATH"] ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
        }
    }

    /// Runs a program with the binary under test first in PATH and a home that is gone afterwards.
    static func run(_ program: String, _ arguments: String...) async throws -> Command.Result {
        let home = FileManager.default.temporaryDirectory.appending(path: "portrun-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: home) }
        var variables = environment.filter { name, _ in
            !["PORTRUN", "COMPOSE_", "DIRENV_", "XDG_"].contains(where: name.hasPrefix)
                && !name.hasSuffix("PORT")
        }
        variables["PORTRUN_REGISTRY"] = registry
        variables["HOME"] = home.path
        variables["PATH"] =
            URL(filePath: binary).deletingLastPathComponent().path + ":" + (environment["PATH"] ?? "")
        return try await Command(
            program: program, arguments: arguments, environment: variables
        ).run()
    }
}
