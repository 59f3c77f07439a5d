import PortrunBase
import PortrunCompose

extension ComposeProject {
    /// The project as it is where `variable` is not set: what the user gives it before a command that may have a port of
    /// its own is the command's, though the compose files read it for a service.
    ///
    /// What runs others, such as make, may run compose, which gets it from there.
    func without(
        wishFor variable: String, of words: [String], _ request: inout ComposeRequest, _ look: Look
    ) -> ComposeProject {
        guard request.environment.bytes(of: variable) != nil, words.first.map(OwnPort.startsOthers) != true,
            reads(variable)
        else { return self }
        request.environment.remove(variable)
        let other = ComposeReader.readLeniently(request, look)
        // Compose files may demand the variable.
        guard var project = other, look.end == nil, project.warnings.count <= warnings.count else {
            return withoutPorts(of: variable) { _ in true }
        }
        project = project.withoutPorts(of: variable) { $0.published.range == nil }
        return project
    }

    /// Whether a port is read from `variable`.
    func reads(_ variable: String) -> Bool { ports.contains { $0.variable == variable } }

    /// The project without those ports that are read from `variable` and that nobody else gives a number.
    private func withoutPorts(of variable: String, where isDropped: (DeclaredPort) -> Bool) -> ComposeProject {
        var project = self
        project.ports.removeAll { $0.variable == variable && isDropped($0) }
        return project
    }
}
