import PortrunBase
import PortrunCompose

/// What the gate for variables and the system's limits keep out of an environment.
extension Plan {
    /// - Throws: when no program could be started with `overlay`.
    func checkSize(of overlay: Overlay, _ rewrite: EnvironmentRewrite?) throws(OverlayError) {
        guard let excess = overlay.excess(on: checkout.system.environment) else { return }
        let changes = rewrite?.changes ?? []
        var blamed = changes.first { $0.name == excess.name }
        if blamed == nil, changes.count > booking.requests.count { blamed = changes.first { $0.file != nil } }
        let file = blamed?.file ?? project?.ports.first?.file
        throw .tooLarge(
            variable: excess.name, size: excess.size,
            file: file.map { Path.shortest($0, from: checkout.workingDirectory) }, isFollowing: blamed != nil)
    }

    /// So many values that keep their ports are told one by one.
    private static var toldAlone: Int { 20 }

    /// A warning for each name that is not set.
    ///
    /// - Parameter changes: the values that would follow ports.
    func warnings(about overlay: Overlay, _ changes: [ValueChange]) -> [Warning] {
        var warnings: [Warning] = []
        // Thousands of names may be refused, of thousands of ports.
        var ports: [ExactString: DeclaredPort] = [:]
        for port in overlay.refused.isEmpty ? [] : project?.ports ?? [] where !port.isContinued {
            guard let name = ServiceName(port.service)?.portVariable, ports[name] == nil else { continue }
            ports[name] = port
        }
        for name in overlay.refused {
            let port = ports[name]
            var warning = Warning(
                file: port.map { Path.shortest($0.file, from: checkout.workingDirectory) }, line: port?.line,
                "`\(name)` is not set to the port of that service: programs may obey such a name")
            warning.isRefusal = true
            warnings.append(warning)
        }
        // Of many the first few stand for all.
        let isMany = changes.count > Self.toldAlone
        for change in isMany ? changes.prefix(1) : changes[...] {
            let names = changes.prefix(isMany ? 3 : 0).map { "`\($0.name)`" }.joined(separator: ", ")
            var warning = Warning(
                isMany
                    ? "\(names) and \(changes.count - 3) more keep their ports: programs may take them for "
                        + "more than addresses"
                    : "`\(change.name)` keeps its port: programs may take it for more than an address")
            if case .file(let path, let line) = change.origin {
                warning.file = Path.shortest(path, from: checkout.workingDirectory)
                warning.line = line
            }
            warning.isRefusal = true
            warnings.append(warning)
        }
        return Warning.first(of: warnings)
    }
}

extension ValueChange {
    /// The env file that has the value; nil for the environment.
    fileprivate var file: String? {
        switch origin {
        case .environment: nil
        case .file(let path, _): path
        }
    }
}
