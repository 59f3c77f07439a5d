import PortrunBase

extension ComposeProject {
    /// The ports with one number in the files and another one in `booked`, which has one for each of `ports`.
    package func moved(to booked: [PortRange?]) -> [MovedRange] {
        var moved: [MovedRange] = []
        for (port, booked) in zip(ports, booked) {
            guard let booked, let declared = port.published.range, declared != booked,
                declared.count == booked.count
            else { continue }
            let range = MovedRange(
                service: port.service, from: declared, to: booked.first,
                variable: port.feedsOnlyHostPort ? port.variable : nil)
            if port.isContinued, let last = moved.indices.last, moved[last].extend(by: range) { continue }
            moved.append(range)
        }
        return moved
    }

    /// What does not follow the ports that have another number in `booked`, which has one for each of `ports`: values
    /// that still name an old number, and variables that keep their value because they feed more than a port.
    ///
    /// - Parameter look: what env files are read by; when it is over, so is the search.
    package func movedPortFindings(_ booked: [PortRange?], _ look: Look = Look()) -> [ComposeFinding] {
        let moved = moved(to: booked)
        guard !moved.isEmpty else { return [] }
        let following = FollowingValues(in: self, ServiceEnvFiles(of: self, look), moved: moved, look).all
        return OldPortFinding(in: self, moved: moved, following: following, look).findings + keptVariables(booked)
    }

    private func keptVariables(_ booked: [PortRange?]) -> [ComposeFinding] {
        var findings: [ComposeFinding] = []
        for (port, booked) in zip(ports, booked) where port.isActive && !port.feedsOnlyHostPort {
            guard let variable = port.variable, let booked, port.published.range != booked,
                let use = insideUse(of: variable), !findings.contains(where: { $0.name == variable })
            else { continue }
            findings.append(
                ComposeFinding(
                    kind: .variable, service: port.service, name: variable, file: use.file ?? port.file,
                    line: use.line ?? port.line,
                    message: "`\(variable)` keeps its value for compose, because it sets more than a published port; "
                        + "an override file moves `\(port.service)` to \(booked)"))
        }
        return findings
    }
}
