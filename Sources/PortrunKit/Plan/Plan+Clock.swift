import PortrunBase
import PortrunCompose

/// The time that a prompt takes behind its look at the files.
extension Plan {
    /// Why a prompt has taken too long for all that it did; nil while it has not, and where that was said.
    ///
    /// The file that publishes at least half of the ports has the blame, else all that publish any.
    package var overrun: LookEnd? {
        guard limits.isOfPrompt, !isCutShort, let start, let ports = project?.ports, !ports.isEmpty,
            let end = limits.end(since: start)
        else { return nil }
        var counts: [ExactString: Int] = [:]
        for port in ports { counts[port.file] = (counts[port.file] ?? 0) + 1 }
        guard let most = counts.max(by: { $0.value < $1.value }) else { return nil }
        var overrun = LookEnd(path: most.key.text, cause: end)
        if most.value * 2 < ports.count { overrun.culprit = .files(counts.count) }
        return overrun
    }

    /// That a prompt has taken too long; nil while it has not.
    package var overrunWarning: Warning? {
        overrun.map {
            Warning(
                file: $0.file(relativeTo: checkout.workingDirectory),
                "\($0.message), with the booking of its ports")
        }
    }
}
