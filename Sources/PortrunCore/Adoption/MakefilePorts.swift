/// The ports in a makefile: in the recipes of its rules, and in variables that are called a port.
enum MakefilePorts {
    static func read(_ text: String, file: String) -> [FoundPort] {
        var task = ""
        var found: [FoundPort] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() where line.drop(while: \.isWhitespace).first != "#" {
            if line.first == "\t" {
                for (port, variable) in CommandLinePorts(line).found {
                    let name =
                        variable.flatMap { $0 == "PORT" ? nil : ServiceName(variable: $0) } ?? ServiceName(task: task)
                    if let name { found.append(FoundPort(name, port, file, line: index + 1)) }
                }
            } else if let assignment = assignment(line) {
                found.append(FoundPort(assignment.service, assignment.port, file, line: index + 1))
            } else if let separator = line.firstIndex(of: ":") {
                task = line[..<separator].split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
            }
        }
        return found
    }

    /// `NAME = 3000`, `NAME ?= 3000`, `export NAME := 3000`, where the name is `PORT` or ends in `_PORT`.
    private static func assignment(_ line: Substring) -> (service: ServiceName, port: Port)? {
        var line = line
        if line.hasPrefix("export ") { line = line.dropFirst("export ".count) }
        guard let separator = line.firstIndex(of: "=") else { return nil }
        let name = line[..<separator].filter { !$0.isWhitespace && !":?".contains($0) }
        let value = line[separator...].dropFirst().prefix { $0 != "#" }.filter { !$0.isWhitespace }
        guard name == "PORT" || name.hasSuffix("_PORT"), let port = Port(value), !port.isPrivileged,
            let service = ServiceName(variable: name)
        else { return nil }
        return (service, port)
    }
}
