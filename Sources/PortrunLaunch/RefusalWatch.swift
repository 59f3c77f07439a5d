import CLaunch
import PortrunBase

/// Connections that were refused, kept until it is clear what that means.
///
/// Whoever waits for a server of its own connects again and again until it is up, which is nobody's fault. So a refusal
/// counts when nobody listens after a while, or when the command ends.
struct RefusalWatch {
    private var refusals: [(report: portrun_report, due: Int64)] = []

    /// In nanoseconds.
    private static let patience: Int64 = 2_000_000_000

    mutating func note(_ report: portrun_report) {
        let isKnown = refusals.contains {
            $0.report.declared == report.declared && $0.report.transport == report.transport
        }
        if !isKnown { refusals.append((report, MonotonicClock.nanoseconds() + Self.patience)) }
    }

    /// The time until the first counts, in nanoseconds; nil when there is none.
    var remaining: Int64? {
        guard let first = refusals.first else { return nil }
        return max(first.due - MonotonicClock.nanoseconds(), 0)
    }

    /// Takes those that count.
    ///
    /// - Parameter isOver: the command has ended.
    mutating func takeDue(isOver: Bool) -> [portrun_report] {
        var due: [portrun_report] = []
        while let first = refusals.first, isOver || remaining == 0 {
            due.append(first.report)
            refusals.removeFirst()
        }
        return due
    }
}
