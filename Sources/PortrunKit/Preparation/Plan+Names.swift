import PortrunBase
import PortrunCompose
import PortrunRegistry

/// What docker and compose are told of the names and ports that this checkout has.
extension Plan {
    /// The command's words with them.
    ///
    /// - Parameter warnings: what the user should know of it is added.
    func named(
        _ arguments: [[UInt8]], _ booked: BookedPlan, _ warnings: inout [Warning]
    ) throws(EngineReachError) -> [[UInt8]] {
        var result = arguments
        let prefix = booked.policy.project
        if let docker {
            // In the main worktree all is as typed.
            guard let prefix else { return arguments }
            docker.command.publish(booking.byEntry(booked.outcome.ports, docker.ports), in: &result)
            docker.command.findPublished(booked.numberHere, in: &result)
            docker.command.rename(docker.changes, for: prefix, in: &result)
            warnings += try docker.keepOff(booked.othersInEngine, in: &result)
        }
        guard let compose else { return result }
        if let demanded = booked.demandedProject { compose.demand(project: demanded, in: &result) }
        guard let run = compose.run else { return result }
        if let project, let added = runPorts {
            run.publish(booking.byEntry(booked.outcome.ports, project.ports)[added], in: &result)
        }
        if let prefix { run.rename(for: prefix, in: &result) }
        return result
    }

    /// Where among the project's ports those are that `compose run` publishes itself: they are the last.
    var runPorts: Range<Int>? {
        guard let project, let count = compose?.run?.ports(in: project).count else { return nil }
        return project.ports.count - count..<project.ports.count
    }

    /// The names that this command gives, or lets compose give, for other checkouts to know.
    func notes() -> [NameNote] {
        if let docker { return docker.notes }
        guard let compose, let project, compose.startsContainers else { return [] }
        var names = project.fixedContainerNames
        if let name = compose.run?.givenName { names.append(name) }
        var notes = names.map { NameNote(text: $0, kind: .container, name: .given($0)) }
        if let demanded = compose.projectName ?? checkout.projectOfScript, !demanded.isEmpty {
            notes.append(
                NameNote(text: demanded, kind: .project, name: .ofDemanded(project: demanded, ending: "")))
        }
        // Whoever stands in the checkout's root does not find this project, but scripts call its containers by name.
        if Path.relative(project.directory, to: checkout.context.path) != "" {
            for main in checkout.mainProjects(of: project, isDemanded: compose.projectName != nil) where !main.isEmpty {
                for service in project.services where service.containerName == nil {
                    let ending = "-\(service.name)-1"
                    notes.append(NameNote(text: main + ending, kind: .container, name: .ofProject(ending: ending)))
                }
            }
        }
        return notes
    }

    /// The requests as they are booked for what a command line publishes.
    ///
    /// - Parameters:
    ///   - isAlone: the main worktree or the like, where ports stay as typed.
    ///   - booked: the context's bookings.
    func requests(isAlone: Bool, _ booked: () throws -> [Booking]) throws -> [ServiceRequest] {
        guard docker != nil else { return booking.requests }
        var requests = booking.requests
        for index in requests.indices {
            if isAlone, options.wishes.fixed == .remap { requests[index].fixed = .keep }
        }
        guard docker?.command.givenName == nil else { return requests }
        // Of an image there may be several containers at once.
        for booking in try booked() {
            guard let index = requests.firstIndex(where: { $0.service == booking.service }),
                let declared = requests[index].declared, try PortProbe.isBusy(booking.port, booking.transport)
            else { continue }
            requests[index].service = booking.service.appending(Int(declared.number))
        }
        return requests
    }
}

extension BookedPlan {
    /// The number that the checkout has in the place of a declared one; nil where that has not moved.
    fileprivate func numberHere(for declared: Port) -> Port? {
        (outcome.bookings + siblings).first { $0.declared == declared && $0.transport == .tcp && $0.isMoved }?.port
    }
}
