import PortrunBase

/// The variables in one scalar, those in defaults too, each as often as it occurs.
struct VariableNames: Sendable {
    var all: [String]
    /// Those that are more than the port of a local host.
    var inside: [String]
}
