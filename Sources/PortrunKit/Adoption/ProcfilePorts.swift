import PortrunBase

/// The ports in a Procfile, whose lines are `process: command`.
enum ProcfilePorts {
    /// - Parameter own: the service that the process `web` is, the one that `PORT` is for.
    static func read(_ text: String, file: String, own: ServiceName) -> [FoundPort] {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return lines.enumerated().flatMap { index, line -> [FoundPort] in
            guard let separator = line.firstIndex(of: ":"), line.first != "#" else { return [] }
            let process = line[..<separator].filter { !$0.isWhitespace }
            guard !process.isEmpty else { return [] }
            return CommandLinePorts(String(line[separator...].dropFirst())).found.map {
                let service = $0.service ?? (process == "web" ? nil : ServiceName(task: process))
                return FoundPort(service ?? own, $0.port, file, line: index + 1)
            }
        }
    }
}
