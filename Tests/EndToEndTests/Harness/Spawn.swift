import CHarness
import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunLaunch

/// posix_spawn(3) with nothing inherited from the test process that a shell would not hand on.
///
/// The threads of Swift Testing block most signals, which a child would inherit, and Foundation's `Process` puts its
/// child into another process group.
enum Spawn {
    /// - Parameters:
    ///   - descriptors: Standard input, output and error.
    ///   - environment: `NAME=value` entries, byte for byte.
    static func start(
        _ arguments: [[UInt8]], environment: [[UInt8]], directory: String, descriptors: [Int32]
    ) throws -> Int32 {
        let words = arguments.map(text) + [nil]
        let entries = environment.map(text) + [nil]
        defer { for string in words + entries { free(string) } }
        var pid: Int32 = -1
        let code = harness_spawn(directory, words, entries, descriptors, &pid)
        guard code == 0 else { throw HarnessError.system(call: "posix_spawn", code: code) }
        return pid
    }

    private static func text(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar>? {
        strdup(bytes.map { CChar(bitPattern: $0) } + [0])
    }
}
