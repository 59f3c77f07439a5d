import PortrunBase
import PortrunCompose
import PortrunRegistry

extension Plan {
    /// The values that follow moved ports; nil when nothing has moved, and for a compose command.
    ///
    /// What compose puts into containers must not follow: there, localhost is the container. So compose commands get
    /// the user's values, and where portrun cannot see to that, variables that the compose files read are left.
    /// - Throws: when a file that the user named cannot be read, whether or not something has moved.
    func rewrite(_ booked: BookedPlan, _ overlay: Overlay, isShimmed: Bool, isTranslated: Bool)
        throws(RewriteError) -> EnvironmentRewrite?
    {
        guard let envFiles else { return nil }
        var variables = try envFiles.variables()
        guard options.rewriting.isOn, compose == nil, let rules = PortRules(rules(booked)) else { return nil }
        let all = variables
        if invocation == nil {
            variables.dropWhatOtherModesHave()
        } else {
            variables.dropWhatOtherFilesHave(isTranslated: isTranslated)
        }
        var rewrite = EnvironmentRewrite(
            rules, environment: checkout.userEnvironment, files: variables, relativeTo: checkout.workingDirectory
        ) { name in
            // The command's own port is no container's, though a file gives both by one name.
            overlay.owns(name) || (!isShimmed && project?.insideUse(of: name) != nil)
                || (name == options.wishes.variable && wholeProject?.reads(name) == true)
        }
        if invocation == nil {
            rewrite.warn(
                about: all.unreached(
                    rules, rewrite.changes, environment: checkout.userEnvironment, isSet: overlay.owns),
                in: all, relativeTo: checkout.workingDirectory)
        } else if docker == nil, !isTranslated {
            rewrite.unreached = all.unreached(
                rules, rewrite.changes, environment: checkout.userEnvironment, isSet: overlay.owns)
        }
        return rewrite
    }

    /// Where the ports are that values may name: those that files declare, and those that the user has given a
    /// variable, as far as no file declares them.
    func rules(_ booked: BookedPlan) -> [PortRule] {
        var rules: [PortRule] = []
        var wishes: [PortRule] = []
        for booked in booked.outcome.requests {
            let (request, ports) = (booked.request, booked.booking?.ports)
            guard let port = request.declared ?? request.wish, let range = PortRange(port, count: request.count)
            else { continue }
            // A port that is not booked stays where it is.
            let rule = PortRule(
                service: request.service, transport: request.transport, declared: range, booked: ports?.first ?? port)
            if request.declared == nil { wishes.append(rule) } else { rules.append(rule) }
            // In a linked worktree values may name the main one's number, and the one that was wished for here.
            if request.entry != nil, let wish = request.wish, wish != port {
                wishes.append(
                    PortRule(
                        service: request.service, transport: request.transport, declared: PortRange(wish),
                        booked: ports?.first ?? wish))
            }
        }
        for port in booked.mainServicePorts {
            guard let declared = port.declared else { continue }
            rules.append(PortRule(service: port.service, declared: PortRange(declared), booked: port.port))
        }
        if booked.siblings.isEmpty, wishes.isEmpty { return rules }
        var known = PortMarks()
        for rule in rules { known.mark(rule.declared) }
        for sibling in booked.siblings {
            guard let declared = sibling.declared, let range = PortRange(declared, count: sibling.count),
                !known.overlaps(range)
            else { continue }
            known.mark(range)
            rules.append(
                PortRule(
                    service: sibling.service, transport: sibling.transport, declared: range, booked: sibling.port))
        }
        for wish in wishes where !known.overlaps(wish.declared) {
            known.mark(wish.declared)
            rules.append(wish)
        }
        return rules
    }
}
