import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunLaunch

/// The time after which a test gives up; no test waits for time to pass.
struct Deadline {
    static let patience: Duration = .seconds(180)
    private let end: ContinuousClock.Instant

    init(_ patience: Duration = Deadline.patience) {
        end = ContinuousClock.now + patience
    }

    var hasPassed: Bool { ContinuousClock.now >= end }

    /// Returns when `condition` holds, asked again and again.
    static func wait(for what: String, until condition: () throws -> Bool) throws {
        let deadline = Deadline()
        while try !condition() {
            if deadline.hasPassed { throw HarnessError.missed(what, output: "", errors: "") }
            usleep(1000)
        }
    }
}
