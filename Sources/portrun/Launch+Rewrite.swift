import PortrunBase
import PortrunCompose
import PortrunKit

extension Launch {
    /// What reads the variables of an overlay.
    enum Reader {
        /// One command; with the shim, compose in it gets back what the user had.
        case command(isShimmed: Bool)
        /// Whatever is run there.
        case shell
    }

    /// The values that follow moved ports; nil when nothing has moved, and for a compose command.
    ///
    /// What compose puts into containers must not follow: there, localhost is the container. So compose commands get
    /// the user's values, and where portrun cannot see to that, variables that the compose files read are left.
    /// - Parameter booked: for each request of the plan.
    func rewrite(
        _ booked: [PortRange?], _ shared: [MainServicePort], _ overlay: Overlay, for reader: Reader,
        in workplace: Workplace
    ) throws(RewriteError) -> EnvironmentRewrite? {
        guard options.rewriting.isOn, compose == nil else { return nil }
        let files = options.rewriting.envFiles.map { Path.absolute($0, in: workplace.workingDirectory) }
        guard let rules = PortRules(rules(booked, shared)) else {
            // A name that is mistyped is not to come out on the day when something moves.
            for file in files where FileSystem.kind(of: file) == nil {
                throw .envFile(.failed(path: file, code: ENOENT))
            }
            return nil
        }
        var variables = try EnvFileVariables(
            in: [project?.directory ?? workplace.workingDirectory, workplace.workingDirectory], files: files,
            environment: workplace.userEnvironment)
        let leavesCompose: Bool
        switch reader {
        case .command(let isShimmed): leavesCompose = !isShimmed
        case .shell:
            leavesCompose = true
            variables.dropWhatOtherModesHave()
        }
        return EnvironmentRewrite(
            rules, environment: workplace.userEnvironment, files: variables, relativeTo: workplace.workingDirectory
        ) { name in
            overlay.owns(name) || (leavesCompose && project?.insideUse(of: name) != nil)
        }
    }

    /// Where the ports are that values may name: those that files declare, and those that the user has given a
    /// variable, as far as no file declares them.
    private func rules(_ booked: [PortRange?], _ shared: [MainServicePort]) -> [PortRule] {
        var rules: [PortRule] = []
        var wishes: [PortRule] = []
        for (request, ports) in zip(plan.requests, booked) {
            guard let port = request.declared ?? request.wish, let range = PortRange(port, count: request.count)
            else { continue }
            // What is not booked stays where it is.
            let rule = PortRule(
                service: request.service, transport: request.transport, declared: range, booked: ports?.first ?? port)
            if request.declared == nil { wishes.append(rule) } else { rules.append(rule) }
        }
        for port in shared {
            guard let declared = port.declared else { continue }
            rules.append(PortRule(service: port.service, declared: PortRange(declared), booked: port.port))
        }
        for wish in wishes where !rules.contains(where: { $0.declared.overlaps(wish.declared) }) { rules.append(wish) }
        return rules
    }
}
