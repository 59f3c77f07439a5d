import PortrunBase
import PortrunCompose

/// The time that a prompt takes behind its look at the files.
extension Plan {
    /// Why a prompt has taken too long for all that it did; nil while it has not, and where that was said.
    ///
    /// The file that publishes most ports has the blame.
    package var overrun: LookEnd? {
        guard limits.isOfPrompt, !isCutShort, let start, let ports = project?.ports, !ports.isEmpty,
            let end = limits.end(since: start)
        else { return nil }
        var counts: [ExactString: Int] = [:]
        for port in ports { counts[port.file] = (counts[port.file] ?? 0) + 1 }
        return LookEnd(path: counts.max { $0.value < $1.value }?.key.text ?? "", cause: end)
    }

    /// That a prompt has taken too long; nil while it has not.
    package var overrunWarning: Warning? {
        overrun.map {
            Warning(
                file: Path.shortest($0.path, from: checkout.workingDirectory),
                "\($0.message), with the booking of its ports")
        }
    }
}
