import PortrunBase

/// The ports in a Procfile, whose lines are `process: command`.
enum ProcfilePorts {
    /// - Parameters:
    ///   - file: the file as the user would name it.
    ///   - own: the service that the process `web` is, the one that `PORT` is for.
    static func read(
        _ bytes: [UInt8], at path: String, file: String, own: ServiceName, _ look: Look
    ) -> [FoundPort] {
        var found: [FoundPort] = []
        for (index, line) in TextLines(bytes).enumerated() {
            guard look.goesOn(after: 1, in: path) else { break }
            guard let separator = line.firstIndex(of: ":"), line.first != "#" else { continue }
            let process = line[..<separator].filter { !$0.isWhitespace }
            guard !process.isEmpty else { continue }
            guard look.spend(CommandLinePorts.cost(of: line), of: .commands, in: path) else { break }
            for port in CommandLinePorts(String(line[separator...].dropFirst())).found {
                let service = port.service ?? (process == "web" ? nil : ServiceName(task: process))
                guard look.spend(1, of: .ports, in: path) else { return found }
                found.append(
                    FoundPort(service ?? own, port.port, file, line: index + 1, isServer: port.service == nil))
            }
        }
        return found
    }
}
