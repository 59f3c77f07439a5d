import PortrunBase

/// The ports that env files name: somebody may listen there whom no other file declares, such as a test's database.
extension EnvFileVariables {
    /// Those of this machine, of all modes, as far as they are so few that a search for another port can avoid each.
    var namedPorts: [PortRange] {
        var ports = portsOfOtherModes
        for variable in variables { variable.addPorts(to: &ports) }
        return ports
    }
}

extension EnvFileVariable {
    /// Adds the number of `DB_PORT=5433` and of each address of this machine.
    func addPorts(to ports: inout [PortRange]) {
        guard value.count <= 4096, ports.count < Self.portLimit else { return }
        let text = String(decoding: value, as: UTF8.self)
        if name.hasSuffix("PORT"), let port = Port(text) { ports.append(PortRange(port)) }
        for address in LocalAddress.all(in: text) { ports.append(PortRange(address.port)) }
    }

    /// A search looks through all of them at each step.
    private static let portLimit = 500
}
