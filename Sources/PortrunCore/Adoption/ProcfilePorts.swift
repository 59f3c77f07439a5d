/// The ports in a Procfile, whose lines are `process: command`.
enum ProcfilePorts {
    static func read(_ text: String, file: String) -> [FoundPort] {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return lines.enumerated().flatMap { index, line -> [FoundPort] in
            guard let separator = line.firstIndex(of: ":"), line.first != "#",
                let service = ServiceName(task: line[..<separator].filter { !$0.isWhitespace })
            else { return [] }
            return CommandLinePorts(line[separator...].dropFirst()).found.map {
                FoundPort(service, $0.port, file, line: index + 1)
            }
        }
    }
}
