import PortrunBase

/// The ports in an env file: the values of `PORT` and `…_PORT`, and those of addresses of this machine.
///
/// Not a port whose host is named beside it and is another machine (`DB_HOST=db.example.org`).
enum DotenvPorts {
    /// - Parameter own: the service whose port `PORT` is, where that is the given one.
    static func read(_ bytes: [UInt8], file: String, own: (Port) -> ServiceName) -> [FoundPort] {
        let variables = DotenvReader(bytes, path: file).variables.map {
            (name: $0.name, value: String(decoding: $0.value, as: UTF8.self), line: $0.line)
        }
        return variables.flatMap { name, value, line -> [FoundPort] in
            if name == "PORT" || name.hasSuffix("_PORT"), let port = Port(value) {
                let host = variables.last { $0.name == name.dropLast("PORT".count) + "HOST" }?.value ?? ""
                guard !port.isPrivileged, host.isEmpty || isLocal(host) else { return [] }
                return [FoundPort(ServiceName(variable: name) ?? own(port), port, file, line: line)]
            }
            return LocalAddress.all(in: value).filter { !$0.port.isPrivileged }.map {
                FoundPort(ServiceName(variable: name, address: value) ?? own($0.port), $0.port, file, line: line)
            }
        }
    }

    private static func isLocal(_ host: String) -> Bool {
        LocalHost.isMeant(by: LocalHost.host(in: Array(host.utf8)[...]))
    }
}
