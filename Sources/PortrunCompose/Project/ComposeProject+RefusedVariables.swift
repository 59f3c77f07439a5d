import PortrunBase

extension ComposeProject {
    /// A warning for each variable of a published port that is not set, since programs may obey its name.
    ///
    /// Such a port moves by an override file, as one that has no variable.
    /// - Parameter folder: the folder that warnings name files relative to.
    package func refusedVariableWarnings(relativeTo folder: String) -> [Warning] {
        var names: [String] = []
        var warnings: [Warning] = []
        for port in ports where port.isActive && !port.feedsOnlyHostPort {
            guard let variable = port.variable, port.published.range != nil, !names.contains(variable),
                !VariableGate.admitsPort(variable)
            else { continue }
            names.append(variable)
            let advice = variable.lowercased().hasSuffix("_port") ? "" : "; one that ends in `_PORT` would be"
            warnings.append(
                ComposeFinding(
                    kind: .variable, service: port.service, name: variable, file: port.file, line: port.line,
                    message: "`\(variable)` is not set to the port of `\(port.service)`: programs may obey that name"
                        + advice
                ).warning(relativeTo: folder))
        }
        return Warning.first(of: warnings)
    }
}
