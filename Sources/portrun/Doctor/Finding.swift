import PortrunBase

/// Something that `doctor` found to be wrong, with the next step.
struct Finding: Equatable {
    /// The check that found it.
    enum Check: String {
        case integrity, permissions
        case networkFileSystem = "network-file-system"
        case deadLeases = "dead-leases"
        case strangers, ranges, direnv, compose
    }

    let check: Check
    let message: String
    /// The next step, as a command to type where that is possible.
    let step: String

    init(_ check: Check, _ message: String, step: String) {
        self.check = check
        self.message = message
        self.step = step
    }

    /// Two lines.
    var text: String { "\(check.rawValue): \(message)\n  next: \(step)\n" }

    var json: JSONValue {
        .object(["check": .string(check.rawValue), "message": .string(message), "step": .string(step)])
    }
}
