import Foundation
import PortrunBase
import PortrunLaunch

/// A booking with a live holder, as `portrun status --json` lists it.
struct Lease: Decodable, Equatable {
    var service: String
    var port: Int
    var state: String
    var pid: Int32?

    /// The live ones of the scratch's registry, of all contexts.
    static func all(in scratch: Scratch) throws -> [Lease] {
        let outcome = try scratch.run([Program.portrun, "status", "--all", "--json"])
        guard outcome.ending == .exited(0) else {
            throw HarnessError.missed("a status", output: outcome.output, errors: outcome.errors)
        }
        return try JSONDecoder().decode([Lease].self, from: Data(outcome.output.utf8))
            .filter { $0.state == "live" }
    }
}
