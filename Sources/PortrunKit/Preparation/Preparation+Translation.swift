import PortrunBase
import PortrunLaunch

extension Preparation {
    /// The command's own localhost, in which each declared port that has moved is the booked one; nil when none has.
    ///
    /// A declared port that another service has got is left out: it would have two meanings.
    package var translation: Translation? {
        let mode = plan.options.translating
        // First, without an array: nearly always nothing has moved, and a launch then pays for nothing.
        guard mode != .off, hasMoved, !(mode == .auto && changesUser) else { return nil }
        var entries: [Translation.Entry] = []
        for booked in booked.outcome.requests {
            guard let declared = booked.request.declared, let booking = booked.booking, declared != booking.port
            else { continue }
            for offset in 0..<booking.count {
                guard let from = Port(Int(declared.number) + offset), let to = Port(Int(booking.port.number) + offset)
                else { continue }
                entries.append(Translation.Entry(booking.transport, from, to: to))
            }
        }
        for main in booked.mainServicePorts {
            guard let declared = main.declared, declared != main.port else { continue }
            entries.append(Translation.Entry(.tcp, declared, to: main.port, .connectOnly))
        }
        let values = entries.map(\.booked)
        return Translation(mode, entries.filter { !values.contains($0.declared) })
    }

    private var hasMoved: Bool {
        for booked in booked.outcome.requests {
            guard let declared = booked.request.declared, let booking = booked.booking else { continue }
            if declared != booking.port { return true }
        }
        for main in booked.mainServicePorts where main.declared != nil && main.declared != main.port { return true }
        return false
    }

    /// The programs by which a command becomes another user, which no translated one of an ordinary user can.
    private static let changingUser = ["sudo", "su", "doas", "pkexec"]

    private var changesUser: Bool {
        guard geteuid() != 0, let words = plan.invocation?.words else { return false }
        return words.contains { Self.changingUser.contains(Path.lastName($0)) }
    }

    /// What is to be said of a translation that cannot be had; nil for nothing.
    ///
    /// A launch inside a launch of the same checkout has that one's localhost.
    package func warning(of obstacle: TranslationObstacle) -> Warning? {
        let outer = plan.checkout.system.environment[Overlay.contextVariable]
        if obstacle == .nested, outer == booked.context.hash { return nil }
        return Warning(obstacle.message + (obstacle.hint.map { " (\($0))" } ?? ""))
    }

    /// The service that has a booked port, as it is called here.
    package func service(on port: Port) -> ServiceName? {
        booked.outcome.bookings.first { $0.ports.contains(port) }?.service
            ?? booked.mainServicePorts.first { $0.port == port }?.service
    }
}
