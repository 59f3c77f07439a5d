import PortrunBase

extension ComposeProject {
    /// A warning for each variable of a published port that is not set: programs obey its name, or nothing in it says that
    /// it is a port.
    ///
    /// Such a port moves by an override file, as one that has no variable.
    /// - Parameter folder: the folder that warnings name files relative to.
    package func refusedVariableWarnings(relativeTo folder: String) -> [Warning] {
        var names: [String] = []
        var warnings: [Warning] = []
        for port in ports where port.isActive && !port.feedsOnlyHostPort {
            guard let variable = port.variable, port.published.range != nil, !names.contains(variable),
                let reason = VariableGate.reasonNotToSetPort(variable)
            else { continue }
            names.append(variable)
            let advice = variable.lowercased().hasSuffix("_port") ? "" : "; one that ends in `_PORT` would be"
            var warning = ComposeFinding(
                kind: .variable, service: port.service, name: variable, file: port.file, line: port.line,
                message: "`\(variable)` is not set to the port of `\(port.service)`: \(reason.text)\(advice)"
            ).warning(relativeTo: folder)
            warning.isRefusal = true
            warnings.append(warning)
        }
        return Warning.first(of: warnings)
    }
}

extension VariableGate.Reason {
    fileprivate var text: String {
        switch self {
        case .obeyed: "programs may obey that name"
        case .noPort: "nothing in that name says that it is a port"
        }
    }
}
