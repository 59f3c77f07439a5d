import PortrunBase

/// The ports in a makefile: in the recipes of its rules, and in variables that are called a port.
enum MakefilePorts {
    /// - Parameters:
    ///   - file: the file as the user would name it.
    ///   - own: the service whose port `PORT` is, and that of a task called after what it does.
    static func read(
        _ bytes: [UInt8], at path: String, file: String, own: ServiceName, _ look: Look
    ) -> [FoundPort] {
        var task = ""
        var found: [FoundPort] = []
        for (index, line) in TextLines(bytes).enumerated() where line.first(where: { !$0.isWhitespace }) != "#" {
            guard look.goesOn(after: 1, in: path) else { break }
            if line.first == "\t" {
                guard look.spend(CommandLinePorts.cost(of: line), of: .commands, in: path) else { break }
                // The signs before a command are for make.
                let command = line.drop { "\t @-+".contains($0) }
                for port in CommandLinePorts(String(command)).found {
                    guard look.spend(1, of: .ports, in: path) else { return found }
                    let service = port.service ?? ServiceName(task: task) ?? own
                    found.append(
                        FoundPort(service, port.port, file, line: index + 1, isServer: port.service == nil))
                }
            } else if let assignment = assignment(line[...]) {
                guard look.spend(1, of: .ports, in: path) else { break }
                found.append(FoundPort(assignment.service ?? own, assignment.port, file, line: index + 1))
            } else if let separator = line.firstIndex(of: ":") {
                task = line[..<separator].split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
            }
        }
        return found
    }

    /// `NAME = 3000`, `NAME ?= 3000`, `export NAME := 3000`, where the name is `PORT` or ends in `_PORT`.
    private static func assignment(_ line: Substring) -> (service: ServiceName?, port: Port)? {
        let line = line.rest(after: "export ") ?? line
        guard let separator = line.firstIndex(of: "=") else { return nil }
        let name = line[..<separator].filter { !$0.isWhitespace && !":?".contains($0) }
        let value = line[separator...].dropFirst().prefix { $0 != "#" }.filter { !$0.isWhitespace }
        guard name == "PORT" || name.hasSuffix("_PORT"), let port = Port(value), !port.isPrivileged else { return nil }
        return (ServiceName(variable: name), port)
    }
}
