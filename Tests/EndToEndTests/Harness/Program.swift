import Foundation
import PortrunBase

/// The programs that the tests run.
enum Program {
    /// The binary under test: `PORTRUN_BINARY`, else the product that was built along with the tests.
    static let portrun =
        ProcessInfo.processInfo.environment["PORTRUN_BINARY"] ?? besideTests("portrun")

    /// Tells what it was given by whoever started it.
    static let probe = besideTests("LaunchProbe")

    /// The daemon, beside the binary under test.
    static let portrund = Path.absolute("../portrund", in: portrun)

    /// Runs a command with a localhost of its own.
    static let translated = besideTests("Translated")

    private static func besideTests(_ name: String) -> String {
        #if os(macOS)
            let bundles = Bundle.allBundles.map(\.bundleURL).filter { $0.pathExtension == "xctest" }
            let tests = bundles.first ?? URL(fileURLWithPath: CommandLine.arguments[0])
        #else
            let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        #endif
        return tests.deletingLastPathComponent().appendingPathComponent(name).path
    }

    /// The path of a tool that a test needs, or nil when it is not installed.
    static func find(_ name: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
