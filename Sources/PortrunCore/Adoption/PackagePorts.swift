/// The ports in the scripts of a `package.json`.
enum PackagePorts {
    static func read(_ text: String, file: String) -> [FoundPort] {
        guard case .object(let scripts)? = JSONParser.value(of: Array(text.utf8)[...])?["scripts"] else { return [] }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let start = lines.firstIndex { $0.contains("\"scripts\"") } ?? 0
        return scripts.pairs.flatMap { name, value -> [FoundPort] in
            let ports = CommandLinePorts(value.string ?? "").found
            // A name that the file spells with escapes is not found, and is given the line of the scripts.
            let line = lines[start...].firstIndex { $0.contains("\"\(name)\"") } ?? start
            return ports.compactMap { port, variable in
                let service =
                    variable.flatMap { $0 == "PORT" ? nil : ServiceName(variable: $0) } ?? ServiceName(task: name)
                return service.map { FoundPort($0, port, file, line: line + 1) }
            }
        }
    }
}
