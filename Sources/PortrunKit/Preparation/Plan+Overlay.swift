import PortrunBase
import PortrunCompose
import PortrunRegistry

/// What of the bookings a command or a shell is told.
extension Plan {
    /// The variables of a command or a shell.
    ///
    /// - Parameter files: what compose is to load instead of what it finds; nil to leave that alone.
    func overlay(_ booked: BookedPlan, files: ComposeFileList?) -> Overlay {
        Overlay(
            context: booked.context.hash,
            bookings: bookingsToTell(booked.outcome) + siblingsToTell(booked),
            primary: ownPortToTell(booked).map { ($0, options.wishes.variable) },
            shared: options.wishes.fixed == .remap
                ? booked.mainServicePorts : booked.mainServicePorts + keptPorts(booked.outcome),
            settings: settings(booked.outcome.ports),
            project: booked.projectName,
            files: files, environment: checkout.system.environment,
            own: compose == nil ? options.wishes.variable : nil,
            leaving: { name in
                (mayCompose && project?.insideUse(of: name) != nil) || isUsers(name)
            })
    }

    /// What else of the checkout a command is told of. Of another command that is a server like this one, it is told the
    /// port, but not by the variable from which that one reads its own: this one may be the same program.
    private func siblingsToTell(_ booked: BookedPlan) -> [Booking] {
        let own = booking.primary.map { booking.requests[$0].service }
        return booked.siblings.filter { $0.source != .learned }.map { sibling in
            guard let own, sibling.target == nil, sibling.variable != nil, sibling.service.slot(of: own) != nil
            else { return sibling }
            return Booking(
                id: sibling.id, service: sibling.service, port: sibling.port, transport: sibling.transport, target: nil,
                variable: nil, source: sibling.source, isEphemeral: sibling.isEphemeral, lastUsed: sibling.lastUsed,
                count: sibling.count, declared: sibling.declared, isLent: sibling.isLent)
        }
    }

    /// The booking of the command's own port, unless the command has that number by itself: then nothing is told.
    private func ownPortToTell(_ booked: BookedPlan) -> Booking? {
        guard let primary = booking.primary, !isOwn(primary, booked.outcome),
            // In a shell, compose would read it for what it means inside a container.
            invocation != nil
                || !namesUnknownPort(besides: booked) && project?.insideUse(of: options.wishes.variable) == nil
        else { return nil }
        return booked.outcome.bookings[primary]
    }

    /// Whether a service has the number that is booked for it by itself.
    private func isOwn(_ index: Int, _ outcome: BookingOutcome) -> Bool {
        (ownPort != .asked || index != booking.primary)
            && outcome.requests[index].booking?.port == booking.requests[index].wish ?? booking.requests[index].declared
    }

    /// The bookings whose variables are set: for a command those that are not where the project has them by itself, those
    /// that the user names, and those whose variable a compose file names and no env file has.
    ///
    /// A variable that an env file of another mode has (`.env.test`) is left to that file, which could not win over it.
    func bookingsToTell(_ outcome: BookingOutcome) -> [Booking] {
        let files = try? envFiles?.variables()
        var bookings = outcome.bookings(told: booking)
        if let words = invocation?.words {
            let untold = untoldBookings(outcome, words, files)
            // Both are in the order of the requests.
            var next = 0
            bookings.removeAll {
                guard next < untold.count, untold[next] == $0.id else { return false }
                next += 1
                return true
            }
        }
        if compose == nil, let others = files?.namesOfOtherModes, !others.isEmpty {
            bookings.removeAll { $0.variable.map { others.contains($0) } ?? false }
        }
        return bookings
    }

    /// The numbers of the bookings that a command has by itself and does not name.
    private func untoldBookings(
        _ outcome: BookingOutcome, _ words: [String], _ files: EnvFileVariables?
    ) -> [Int64] {
        var untold: [Int64] = []
        // Thousands of words may stand for files, and as many ports be compared with each.
        let words = words.count > 32 ? words.filter(OwnPort.namesAny) : words
        for index in booking.requests.indices where isOwn(index, outcome) {
            guard let own = outcome.requests[index].booking, booking.requests[index].demand == nil,
                !options.wishes.books.contains(own.service),
                !booking.listening.contains(index)
            else { continue }
            if booking.requests[index].entry != nil, let variable = own.variable, files?.last(variable) == nil {
                continue
            }
            let name = own.service.portVariable
            let isNamed = words.contains { word in
                OwnPort.names(name, in: word) || own.variable.map { OwnPort.names($0, in: word) } ?? false
            }
            if !isNamed { untold.append(own.id) }
        }
        return untold
    }

    /// The declared ports of services that keep them whoever has them, where the command names their variable, and for a
    /// shell.
    private func keptPorts(_ outcome: BookingOutcome) -> [MainServicePort] {
        var kept: [MainServicePort] = []
        for requested in outcome.requests where requested.booking == nil {
            let request = requested.request
            // What was left out has no number here: that is another checkout's.
            guard let port = request.declared, request.fixed != .remap,
                invocation?.words.contains(where: { OwnPort.names(request.service.portVariable, in: $0) }) ?? true
            else { continue }
            kept.append(MainServicePort(service: request.service, port: port, variable: nil, declared: port))
        }
        return kept
    }

    /// True for a variable that the user or an env file gives a value: it is no word of portrun's, whatever its name.
    private func isUsers(_ name: String) -> Bool {
        if checkout.userEnvironment.bytes(of: name) != nil { return true }
        return (try? envFiles?.variables())?.last(name) != nil
    }
}
