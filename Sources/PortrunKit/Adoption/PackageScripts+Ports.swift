import PortrunBase

extension PackageScripts {
    /// The ports in the scripts.
    ///
    /// - Parameter own: the service of a script whose name says what it does (`dev`, `start`) and not what it starts.
    func ports(in file: String, own: ServiceName, _ look: Look) -> [FoundPort] {
        var found: [FoundPort] = []
        for script in scripts {
            guard look.spend(CommandLinePorts.cost(of: script.command), of: .commands, in: path) else { break }
            for port in CommandLinePorts(script.command).found {
                guard look.spend(1, of: .ports, in: path) else { return found }
                let service = port.service ?? ServiceName(task: script.name) ?? own
                found.append(
                    FoundPort(service, port.port, file, line: script.line, isServer: port.service == nil))
            }
        }
        return found
    }
}
