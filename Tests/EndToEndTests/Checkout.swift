import Foundation

/// This repository, and what runs in it.
enum Checkout {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    private static let environment = ProcessInfo.processInfo.environment

    /// A script that runs a command beside a Docker engine: `SCRIPT sealed COMMAND…`.
    static let engine = environment["PORTRUN_ENGINE"]

    /// One registry for all examples: they run at the same time, and must not take each other's ports.
    private static let registry = FileManager.default.temporaryDirectory
        .appending(path: "portrun-examples-\(UUID().uuidString.prefix(8))/registry.sqlite").path

    static func text(_ path: String) throws -> String {
        try String(contentsOfFile: root + "/" + path, encoding: .utf8)
    }

    /// Runs a program to its end, with the binary under test first in the caller's PATH.
    static func run(_ arguments: String...) throws -> Outcome {
        let scratch = try Scratch()
        let binaries = URL(filePath: Program.portrun).deletingLastPathComponent().path
        return try scratch.run(
            arguments,
            environment: [
                "HOME=\(scratch.home)", "PATH=\(binaries):\(environment["PATH"] ?? "")", "LC_ALL=C",
                "PORTRUN_REGISTRY=\(registry)", "EXAMPLES_REGISTRY=\(registry)",
            ])
    }
}
