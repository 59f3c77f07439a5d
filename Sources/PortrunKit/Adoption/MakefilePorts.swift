import PortrunBase

/// The ports in a makefile: in the recipes of its rules, and in variables that are called a port.
enum MakefilePorts {
    /// - Parameter own: the service whose port `PORT` is, and that of a task called after what it does.
    static func read(_ text: String, file: String, own: ServiceName) -> [FoundPort] {
        var task = ""
        var found: [FoundPort] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() where line.drop(while: \.isWhitespace).first != "#" {
            if line.first == "\t" {
                // The signs before a command are for make.
                let command = line.drop { "\t @-+".contains($0) }
                found += CommandLinePorts(String(command)).found.map {
                    FoundPort($0.service ?? ServiceName(task: task) ?? own, $0.port, file, line: index + 1)
                }
            } else if let assignment = assignment(line) {
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
