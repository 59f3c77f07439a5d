import PortrunBase
import PortrunCompose
import PortrunKit

extension DiscoveryReport {
    /// A row for each entry, with `-` in empty columns; then, behind an empty line, one for each finding.
    ///
    /// - Parameter folder: where files are seen from.
    func text(relativeTo folder: String, isAligned: Bool) -> String {
        var table = Table(
            columns: ["service", "published", "target", "protocol", "variable", "booked", "moves", "kind", "line"],
            isAligned: isAligned)
        for (port, booked) in zip(project?.ports ?? [], booked) {
            table.add([
                port.service + mark(of: port), Self.published(port), "\(port.target)",
                port.protocolName, port.variable ?? "-", booked.map { "\($0)" } ?? "-",
                movement(of: port, to: booked)?.rawValue ?? "-", port.kind.rawValue,
                "\(Path.shortest(port.file, from: folder)):\(port.line)",
            ])
        }
        let lines = findings.map { TerminalText.onOneLine($0.warning(relativeTo: folder).text) + "\n" }
        return table.text + (lines.isEmpty ? "" : "\n") + lines.joined()
    }

    private func mark(of port: DeclaredPort) -> String {
        shared.contains(port.service) ? " (main's)" : port.isActive ? "" : " (inactive)"
    }

    private static func published(_ port: DeclaredPort) -> String {
        let number = port.published.text ?? "any"
        guard let address = port.hostIP else { return number }
        return address.contains(":") ? "[\(address)]:\(number)" : "\(address):\(number)"
    }
}
