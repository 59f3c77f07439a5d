import PortrunBase

/// Something that `doctor` found to be wrong, with the next step.
package struct Finding: Sendable, Equatable {
    /// The check that found it.
    package enum Check: String, Sendable {
        case integrity, permissions
        case networkFileSystem = "network-file-system"
        case deadLeases = "dead-leases"
        case readOnly = "read-only"
        case strangers, ranges, direnv, hook, compose, path
    }

    package let check: Check
    package let message: String
    /// The next step, as a command to type where that is possible.
    package let step: String

    package init(_ check: Check, _ message: String, step: String) {
        self.check = check
        self.message = message
        self.step = step
    }

    /// Two lines.
    package var text: String {
        "\(check.rawValue): \(TerminalText.onOneLine(message))\n  next: \(TerminalText.onOneLine(step))\n"
    }

    package var json: JSONValue {
        .object(["check": .string(check.rawValue), "message": .string(message), "step": .string(step)])
    }
}
