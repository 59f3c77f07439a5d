import PortrunBase

/// A list of sockets as a tool prints it, for a checkout in which ports have moved: by a number that is another one there
/// it has what listens at that.
package struct PortListing {
    private let question: PortQuestion
    private let here: PortsHere
    /// The declared number of each own port.
    private let declared: [TransportProtocol: [Port: Port]]
    private let services: ServiceNumbers

    package init(_ question: PortQuestion, _ here: PortsHere) {
        self.question = question
        self.here = here
        declared = here.numbers.mapValues { numbers in
            var declared: [Port: Port] = [:]
            for (number, own) in numbers where declared[own].map({ number < $0 }) ?? true { declared[own] = number }
            return declared
        }
        services = question.showsNames ? .ofSystem() : ServiceNumbers("")
    }

    /// Without the lines of what is another checkout's here, and with this one's own under the numbers that it declares.
    package func told(_ output: String) -> String {
        question.answer == .fields ? toldInFields(output) : toldInLines(output)
    }

    private func toldInLines(_ output: String) -> String {
        var lines: [String] = []
        var isLeftOut = false
        for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
            // More about the socket before.
            if isLeftOut, line.first == "\t" || line.first == " " { continue }
            isLeftOut = false
            guard let (place, transport) = localPort(in: line), let port = port(line[place], transport) else {
                lines.append(String(line))
                continue
            }
            if let number = declared[transport]?[port] {
                lines.append(line[..<place.lowerBound] + text(number, transport) + line[place.upperBound...])
            } else if here.numbers[transport]?[port] == nil, here.others[transport]?.contains(port) != true {
                lines.append(String(line))
            } else {
                isLeftOut = true
            }
        }
        return lines.joined(separator: "\n")
    }

    /// A field each, named by its first character, and ended by a line's end or NUL: `n127.0.0.1:3000`. Whatever is another
    /// checkout's has been left out with its process.
    private func toldInFields(_ output: String) -> String {
        var told = ""
        var rest = output[...]
        while !rest.isEmpty {
            let field = rest.prefix { $0 != "\n" && $0 != "\0" }
            rest = rest[field.endIndex...]
            let end = rest.prefix(1)
            rest = rest.dropFirst()
            if field.first == "n", !field.contains("->"), let colon = field.lastIndex(of: ":"),
                let port = port(field[field.index(after: colon)...], .tcp), let number = declared[.tcp]?[port]
            {
                told += field[...colon] + text(number, .tcp)
            } else {
                told += field
            }
            told += end
        }
        return told
    }

    private func port(_ text: Substring, _ transport: TransportProtocol) -> Port? {
        Port(text) ?? services.port(of: text, transport)
    }

    private func text(_ port: Port, _ transport: TransportProtocol) -> String {
        services.name(of: port, transport) ?? port.description
    }

    /// Where a line has the port of the socket's own address.
    private func localPort(in line: Substring) -> (Range<Substring.Index>, TransportProtocol)? {
        let words = line.split { $0 == " " || $0 == "\t" }
        guard let first = words.first else { return nil }
        let address: Substring
        let transport: TransportProtocol
        switch question.tool {
        case .fuser: return nil
        case .lsof:
            guard let place = words.dropLast().lastIndex(where: { $0 == "TCP" || $0 == "UDP" }) else { return nil }
            transport = words[place] == "TCP" ? .tcp : .udp
            let name = words[place + 1]
            // `127.0.0.1:3000->127.0.0.1:51234` is a connection.
            address = name.firstIndex(of: ">").map { name[..<$0].dropLast() } ?? name
        case .netstat:
            guard words.count > 4, let known = Self.transport(first) else { return nil }
            (address, transport) = (words[3], known)
        case .ss:
            guard let place = words.dropLast().firstIndex(where: { $0.contains(":") }), place > 1,
                words[place + 1].contains(":"), !first.hasPrefix("u_")
            else { return nil }
            address = words[place]
            transport = Self.transport(first) ?? (question.isOfUDP || words.contains("UNCONN") ? .udp : .tcp)
        }
        guard let colon = address.lastIndex(of: ":") else { return nil }
        return (address.index(after: colon)..<address.endIndex, transport)
    }

    private static func transport(_ word: Substring) -> TransportProtocol? {
        if word.hasPrefix("tcp") { return .tcp }
        return word.hasPrefix("udp") ? .udp : nil
    }
}
