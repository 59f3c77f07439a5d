import PortrunBase

/// The ports in an env file: the values of `PORT` and `…_PORT`, and those of addresses of this machine.
///
/// Not a port whose host is named beside it and is another machine (`DB_HOST=db.example.org`).
enum DotenvPorts {
    /// - Parameters:
    ///   - file: the file as the user would name it.
    ///   - own: the service whose port `PORT` is, where that is the given one.
    static func read(
        _ bytes: [UInt8], at path: String, file: String, _ look: Look, own: (Port) -> ServiceName
    ) -> [FoundPort] {
        let variables = DotenvReader(bytes, path: path, look).variables.map {
            (name: $0.name, value: String(decoding: $0.value, as: UTF8.self), line: $0.line)
        }
        let values = Dictionary(variables.map { ($0.name, $0.value) }) { _, later in later }
        var found: [FoundPort] = []
        for (name, value, line) in variables {
            if name == "PORT" || name.hasSuffix("_PORT"), let port = Port(value) {
                let host = values[String(name.dropLast("PORT".count)) + "HOST"] ?? ""
                guard !port.isPrivileged, host.isEmpty || isLocal(host) else { continue }
                let service = ServiceName(variable: name)
                found.append(FoundPort(service ?? own(port), port, file, line: line, isServer: service == nil))
                continue
            }
            // A longer value is no list of addresses that somebody has written.
            guard value.utf8.count <= 4096 else { continue }
            for address in LocalAddress.all(in: value) where !address.port.isPrivileged {
                let service = ServiceName(variable: name, address: value) ?? own(address.port)
                guard look.spend(1, of: .ports, in: path) else { return found }
                found.append(FoundPort(service, address.port, file, line: line))
            }
        }
        return found
    }

    private static func isLocal(_ host: String) -> Bool {
        LocalHost.isMeant(by: LocalHost.host(in: Array(host.utf8)[...]))
    }
}
