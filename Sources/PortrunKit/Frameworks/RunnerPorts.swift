import PortrunBase

/// The `PORT` that a Procfile runner gives to each process: 5000, 5100 and so on, unless it is told another first one.
struct RunnerPorts {
    let command: ProcfileCommand
    private let first: Int?

    /// - Parameter setting: the first port that the runner's settings have.
    init(
        _ command: ProcfileCommand, _ setting: String?, root: String, folder: String, _ environment: Environment,
        _ look: Look
    ) {
        self.command = command
        let runner = command.runner
        var text: String?
        for source in runner.portSources where text == nil {
            switch source {
            case .flag: text = command.port ?? setting
            case .environment(let name): text = environment[name]
            case .envFiles(let name):
                // foreman's are seen from where it is, the usual one from the processes' folder.
                let start = runner == .foreman && command.envFiles != nil ? folder : root
                for file in command.envFiles ?? runner.usualEnvFiles {
                    let path = Path.absolute(file, in: start)
                    guard let bytes = ConfiguredPort.read(path, look) else { continue }
                    for variable in DotenvReader(bytes, path: path, look).variables where variable.name == name {
                        text = String(decoding: variable.value, as: UTF8.self)
                    }
                }
            }
        }
        first = command.setsPorts ? text.map { Int($0) ?? 0 } ?? 5000 : nil
    }

    /// - Parameter index: its place in the Procfile.
    func port(of name: String, at index: Int) -> Port? {
        // honcho counts the processes that it is told to run.
        let place = command.runner == .honcho ? command.only.firstIndex(of: name) ?? index : index
        return first.flatMap { Port($0 + place * command.step) }
    }
}
