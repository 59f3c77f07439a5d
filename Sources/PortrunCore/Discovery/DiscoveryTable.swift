/// What `portrun discover` prints for people: a line for each published port, in aligned columns.
package struct DiscoveryTable {
    /// Lines without a break at the end; empty without ports.
    package let text: String

    private static let header = ["SERVICE", "PUBLISHED", "TARGET", "VARIABLE", "KIND", "BOOKED", "SOURCE"]

    /// Files are named as they are seen from `folder`.
    package init(_ project: ComposeProject, seenFrom folder: String, booked: (DeclaredPort) -> Port?) {
        guard !project.ports.isEmpty else {
            text = ""
            return
        }
        let rows = project.ports.map { port in
            [
                port.isActive ? port.service : "\(port.service) (inactive)",
                Self.published(port), "\(port.target)/\(port.protocolName)", port.variable ?? "-",
                port.kind.rawValue, booked(port)?.description ?? "-",
                "\(Path.shortest(port.file, from: folder)):\(port.line)",
            ]
        }
        let lines = [Self.header] + rows
        let widths = Self.header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        text = lines.map { line in
            let cells = zip(line, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
            // The last column stays ragged.
            return (cells.dropLast() + line.suffix(1)).joined(separator: "  ")
        }.joined(separator: "\n")
    }

    private static func published(_ port: DeclaredPort) -> String {
        let number = port.published ?? "any"
        guard let address = port.hostIP else { return number }
        return address.contains(":") ? "[\(address)]:\(number)" : "\(address):\(number)"
    }
}
