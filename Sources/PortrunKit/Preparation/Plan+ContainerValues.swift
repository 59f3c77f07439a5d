import PortrunBase
import PortrunCompose

/// What a container is told by an env file that docker reads: no variable of a launch is in its way.
extension Plan {
    /// The first value of each file by which a container would reach what has a declared number on this machine: by
    /// `host.docker.internal`, or on the network of the machine by any name of that.
    func unreachedInContainer(_ booked: BookedPlan) -> [UnreachedValue] {
        guard let command = docker?.command, !command.envFiles.isEmpty, let rules = PortRules(rules(booked))
        else { return [] }
        let look = Look(.ofTransaction)
        var found: [UnreachedValue] = []
        for file in command.envFiles {
            let path = Path.absolute(file, in: checkout.workingDirectory)
            guard let bytes = try? look.read(path) else { continue }
            for variable in DotenvReader(bytes, path: path, look).variables {
                let value = variable.value
                guard EnvironmentRewrite.mayNamePort(value[...]),
                    command.isOnHostNetwork
                        || String(decoding: value, as: UTF8.self).contains("host.docker.internal:"),
                    let edit = ValueRewrite(of: value[...], named: variable.name, rules, isRemote: { false }).edits
                        .first
                else { continue }
                if let known = found.firstIndex(where: { $0.path == path }) {
                    found[known].others += 1
                    continue
                }
                found.append(
                    UnreachedValue(
                        name: variable.name, path: path, line: variable.line, edit: edit, isOverriding: true))
            }
        }
        return found
    }
}
