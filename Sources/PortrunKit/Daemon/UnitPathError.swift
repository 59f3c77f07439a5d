import PortrunBase

/// A unit of systemd has its values on lines: no path with a control character can stand in one.
package struct UnitPathError: ReportableError, Equatable {
    private let path: String

    /// nil for a path that can.
    package init?(_ path: String) {
        guard path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return nil }
        self.path = path
    }

    package var message: String { "a unit of systemd cannot name `\(TerminalText.onOneLine(path))`" }
    package var hint: String? { "name a registry whose path has no control characters with `--registry`" }
    package var exitStatus: Int32 { 1 }
}
