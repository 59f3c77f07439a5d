/// The ports in an env file: the values of `PORT` and `…_PORT`, and those of addresses of this machine.
///
/// Not a port whose host is named beside it and is another machine (`DB_HOST=db.example.org`).
enum DotenvPorts {
    static func read(_ text: String, file: String) -> [FoundPort] {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let assignments = lines.enumerated().compactMap { index, line in
            assignment(line).map { (line: index + 1, name: $0.name, value: $0.value) }
        }
        return assignments.compactMap { line, name, value in
            if name == "PORT" || name.hasSuffix("_PORT"), let port = Port(value) {
                let host = assignments.last { $0.name == name.dropLast("PORT".count) + "HOST" }?.value ?? ""
                guard !port.isPrivileged, host.isEmpty || isLocal(host) else { return nil }
                return ServiceName(variable: name).map { FoundPort($0, port, file, line: line) }
            }
            guard let address = LocalAddress.all(in: value).first, !address.port.isPrivileged else { return nil }
            // Before the first colon of a URL stands its scheme.
            let kind = ServiceKind(service: String(value.prefix { $0 != ":" }))
            let service =
                kind == .other
                ? ServiceName(
                    variable: name, endings: ["_BASE_URL", "_URL", "_URI", "_ADDRESS", "_ADDR", "_HOST", "URL"])
                : ServiceName(kind.rawValue)
            return service.map { FoundPort($0, address.port, file, line: line) }
        }
    }

    private static func isLocal(_ host: String) -> Bool { !LocalAddress.all(in: "\(host):1").isEmpty }

    /// `NAME=value`, `export NAME="value"`; nil for anything else.
    private static func assignment(_ line: Substring) -> (name: String, value: String)? {
        var line = line.drop(while: \.isWhitespace)
        if line.hasPrefix("export ") { line = line.dropFirst("export ".count).drop(while: \.isWhitespace) }
        guard let separator = line.firstIndex(of: "="), line.first != "#" else { return nil }
        let name = line[..<separator].filter { !$0.isWhitespace }
        var value = line[separator...].dropFirst().drop(while: \.isWhitespace)
        if let quote = value.first, quote == "\"" || quote == "'" {
            value = value.dropFirst().prefix { $0 != quote }
        } else {
            value = value.prefix { !$0.isWhitespace && $0 != "#" }
        }
        return name.isEmpty ? nil : (name, String(value))
    }
}
