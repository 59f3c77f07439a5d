import PortrunBase
import PortrunCompose
import PortrunKit

extension DiscoveryReport {
    /// A row for each entry, with `-` in empty columns; then, each behind an empty line, one for each finding, one for each
    /// address in a file that names a declared port, and one for each port that was learned.
    ///
    /// - Parameter folder: where files are seen from.
    func text(relativeTo folder: String, isAligned: Bool) -> String {
        var table = Table(
            columns: ["service", "published", "target", "protocol", "variable", "booked", "moves", "kind", "line"],
            isAligned: isAligned)
        for (port, booked) in zip(ports, booked) {
            table.add([
                port.service + mark(of: port), Self.published(port), "\(port.target)",
                port.protocolName, port.variable ?? "-", booked.map { "\($0)" } ?? "-",
                movement(of: port, to: booked)?.rawValue ?? "-", port.kind.rawValue,
                "\(Path.shortest(port.file, from: folder)):\(port.line)",
            ])
        }
        let lines = findings.map { TerminalText.onOneLine($0.warning(relativeTo: folder).text) + "\n" }
        var places = Table(columns: ["address", "service", "follows", "line"], isAligned: isAligned)
        for address in addresses where !address.isInDocumentation {
            places.add([
                "localhost:\(address.port)", address.service.description,
                address.way == .none ? "not at all" : "by \(address.way.rawValue)",
                "\(Path.shortest(address.file, from: folder)):\(address.line)",
            ])
        }
        var learned = Table(columns: ["service", "port", "booked", "from"], isAligned: isAligned)
        for booking in self.learned {
            learned.add([
                booking.service.description, booking.declared.map { "\($0)" } ?? "-", "\(booking.port)",
                "listened here on \(Timestamp(booking.lastUsed).date)",
            ])
        }
        let parts = [table.text, lines.joined(), places.text + documentation(relativeTo: folder), learned.text]
        return parts[0] + parts.dropFirst().map { $0.isEmpty ? "" : "\n" + $0 }.joined()
    }

    /// A line that counts the addresses in texts for people; empty without one.
    private func documentation(relativeTo folder: String) -> String {
        let count = addresses.filter(\.isInDocumentation).count
        guard let first = addresses.first(where: \.isInDocumentation) else { return "" }
        let place = TerminalText.onOneLine("\(Path.shortest(first.file, from: folder)):\(first.line)")
        return "\(count) more in documentation, the first in \(place)\n"
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
