import PortrunBase
import PortrunLaunch
import PortrunRegistry

extension Preparation {
    /// The command's own localhost; nil for that of the machine.
    package var translation: Translation? {
        lacking.contains(.translation) ? nil : booked.translation?.translation
    }

    /// The same for a system on which no command can have one.
    package func untranslated() throws -> Preparation {
        var reduced = try Preparation(plan, booked, without: lacking.union(.translation))
        reduced.warnings = warnings
        return reduced
    }

    /// True where another checkout's translation holds for a command that needs none of its own: what has moved there leads
    /// elsewhere here, too.
    package var isTranslatedOutside: Bool {
        guard booked.translation?.entries.isEmpty ?? true, plan.options.translating != .off, plan.compose == nil,
            plan.docker == nil,
            let invocation = plan.invocation, !invocation.isVerbatim,
            let outer = plan.checkout.system.environment[Overlay.contextVariable], outer != booked.context.hash
        else { return false }
        return Translation.isAround
    }

    /// What is to be said of a translation that cannot be had; nil for nothing.
    ///
    /// A launch inside a launch of the same checkout has that one's localhost.
    package func warning(of obstacle: TranslationObstacle) -> Warning? {
        // What nobody declares is where it is then, as without portrun.
        if booked.translation?.entries.isEmpty == true { return nil }
        let outer = plan.checkout.system.environment[Overlay.contextVariable]
        if obstacle == .nested, outer == booked.context.hash { return nil }
        return Warning(obstacle.message + (obstacle.hint.map { " (\($0))" } ?? ""))
    }

    /// What is to be said of something that a translated command has met; nil for nothing.
    package func warning(of event: TranslationEvent, _ registry: Registry) -> Warning? {
        guard let translation = booked.translation else { return nil }
        switch event {
        case .refused(let declared, let booked, let transport):
            let service =
                translation.service(declared: declared, booked: booked)
                ?? booked.flatMap { newService(on: $0, transport, registry) }
            let name = service.map { " (`\($0)`)" } ?? ""
            return Warning(
                (booked.map { "\(declared) went to \($0)\(name), where nobody listens" }
                    ?? "\(declared)\(name) was refused: no port was free for it here")
                    + (service.flatMap { hint(for: $0, declared, transport) } ?? ""))
        case .ofOther(let port):
            guard let other = translation.owner(of: port) else { return nil }
            return Warning(
                "the command connected to \(port), which is `\(other.booking.service)` of \(place(of: other)): "
                    + "this checkout has no service of its own there")
        case .taken(let declared, let booked, _, let holder):
            let meant = declared == booked ? "\(booked)" : "\(declared), which is \(booked) here"
            if let owner = owner(of: booked, in: registry) {
                return Warning("the command could not listen on \(meant): \(owner) has it")
            }
            // The command itself says that a port which it was not given is taken.
            guard declared != booked else { return nil }
            let who = holder.map { "process \($0.pid) (\(TerminalText.onOneLine($0.name)))" } ?? "another user"
            return Warning("the command could not listen on \(meant): \(who) does")
        case .unreadable(let pid):
            let name = RunningProcess.of(pid).map { " (\(TerminalText.onOneLine($0.command)))" } ?? ""
            return Warning(
                "process \(pid)\(name) has the machine's localhost, for its memory cannot be read: "
                    + "a number in its source may lead to another checkout's service")
        case .spared(let pid): return noticeOfSpared(pid, registry)
        case .listening: return nil
        }
    }

    /// The service of this checkout that has booked a port since the launch.
    private func newService(on port: Port, _ transport: TransportProtocol, _ registry: Registry) -> ServiceName? {
        let bookings = try? plan.checkout.look(in: registry) { reader, record in try record.map(reader.bookings) ?? [] }
        return bookings?.first { $0.transport == transport && $0.ports.contains(port) }?.service
    }

    /// A checkout by its label, and where that is this one's too, by its path.
    func place(of other: RelativeBooking) -> String { place(other.label, other.path) }

    func place(_ label: String, _ path: String) -> String {
        let label = TerminalText.onOneLine(label)
        return label == booked.context.label ? "\(label) in \(TerminalText.onOneLine(path))" : label
    }

    /// The service of another checkout that has booked a port; nil for none.
    private func owner(of port: Port, in registry: Registry) -> String? {
        let statuses = try? plan.checkout.look(in: registry) { reader, _ in
            try reader.status(matching: BookingFilter(port: port))
        }
        guard
            let status = statuses?.first(where: {
                $0.booking.transport == .tcp && $0.context.hash != booked.context.hash
            })
        else { return nil }
        return "`\(status.booking.service)` of \(place(status.context.label, status.context.path))"
    }

    /// The way to the main worktree's service, where that runs: the project has it in a container, or it is booked there.
    private func hint(for service: ServiceName, _ declared: Port, _ transport: TransportProtocol) -> String? {
        guard plan.checkout.context.isGuest, (try? BoundSocket.isWaiting(on: declared, transport)) == true else {
            return nil
        }
        let published = plan.wholeProject?.ports.first { $0.published.range?.contains(declared) == true }
        let main = booked.relatives.first {
            $0.isOfMain && $0.booking.transport == transport && $0.booking.port == declared
        }
        // What came after the start is none of them.
        let late =
            published == nil && main == nil
            ? ServersBeside(in: plan.checkout, on: declared)?.bookings(besides: []) : nil
        let unbooked = main?.isUnbooked == true && main?.booking.source == .learned ? main : late?.first { $0.isOfMain }
        guard let name = published?.service ?? (main ?? unbooked)?.booking.service.description else { return nil }
        // Nobody knows what it is that was started without portrun.
        let process = unbooked != nil ? ListeningProcess.find(on: declared, transport) : nil
        let program = process.map { " (`\(TerminalText.onOneLine($0.name))`, pid \($0.pid))" } ?? ""
        let owner = plan.checkout.firstClone.map(Move.ofMain) ?? "the main worktree's"
        return "; \(owner) is on \(declared)\(program): `--use-main \(name)`"
    }
}
