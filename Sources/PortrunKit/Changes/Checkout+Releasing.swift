import PortrunBase
import PortrunRegistry

/// Which bookings are to be given back.
package enum ReleaseChoice: Sendable {
    /// Those of these services of the checkout; of every service when none is named.
    case own([ServiceName])
    /// Those of the checkout for ports that its commands were seen to listen on.
    case learned
    /// Those of every checkout of an app, and an instance where one is named; of these services, or all.
    case app(String, instance: String?, [ServiceName])
    /// The booking that has a port, whoever made it.
    case port(Port)
    /// The booking of this number.
    case number(Int64)
}

extension Checkout {
    /// Gives bookings back.
    ///
    /// - Parameters:
    ///   - containers: those that may hold bookings.
    ///   - isForced: also what a running command or container holds.
    /// - Returns: what was released, as it was before.
    /// - Throws: `ReleaseError`, and then nothing is released; `RegistryError`.
    package func release(
        _ choice: ReleaseChoice, in registry: Registry, beside containers: [Container] = [], isForced: Bool = false
    ) throws -> [BookingStatus] {
        if !isForced {
            // Whose a listener is may take its time to tell, and nobody waits for the registry meanwhile.
            let chosen = try look(in: registry, beside: containers) { try self.chosen(choice, $0, $1) }
            for status in chosen { if let obstacle = try Self.server(of: status) { throw obstacle } }
        }
        return try change(registry, beside: containers) { transaction, record in
            let chosen = try chosen(choice, transaction, record)
            for status in chosen {
                if !isForced, let obstacle = ReleaseError(holding: status) { throw obstacle }
                try transaction.release(status.booking)
            }
            try transaction.dropEmptyContexts()
            return chosen
        }
    }

    /// The bookings that are to be released; at least one for each thing named.
    private func chosen(
        _ choice: ReleaseChoice, _ reader: Reader, _ record: ContextRecord?
    ) throws -> [BookingStatus] {
        switch choice {
        case .port(let port):
            let found = try reader.status(matching: BookingFilter(port: port))
            if found.isEmpty { throw ReleaseError.portNotBooked(port) }
            return found
        case .number(let id):
            let found = try reader.status().filter { $0.booking.id == id }
            if found.isEmpty { throw ReleaseError.noSuchNumber(id) }
            return found
        case .app(let app, let instance, let services):
            let label = [app, instance].compactMap { $0 }.joined(separator: "/")
            var filter = BookingFilter()
            filter.app = app
            filter.instance = instance
            let found = try reader.status(matching: filter)
            if found.isEmpty { throw ReleaseError.nothingBooked(label: label) }
            return try Self.chosen(services, of: found, label)
        case .learned:
            let own = try record.map { try reader.status(of: $0) } ?? []
            let found = own.filter { $0.booking.source == .learned }
            if found.isEmpty { throw ReleaseError.nothingLearned(label: context.label) }
            return found
        case .own(let services):
            return try Self.chosen(services, of: try record.map { try reader.status(of: $0) } ?? [], context.label)
        }
    }

    /// The reason not to release what nobody holds: a program that a command of the checkout has started listens there, as a
    /// server whose number was learned does.
    package static func server(of status: BookingStatus) throws -> ReleaseError? {
        guard status.state == .listening, !status.context.isMachine else { return nil }
        let booking = status.booking
        for port in booking.ports.ports.prefix(Self.looks) {
            for listener in try Listener.all(on: port, booking.transport) {
                guard let process = listener.process, process.isServer(of: status) else { continue }
                return .live(service: booking.service, pid: process.pid, command: process.command)
            }
        }
        return nil
    }

    /// So many ports of a block are looked at.
    private static let looks = 16

    private static func chosen(
        _ services: [ServiceName], of statuses: [BookingStatus], _ label: String
    ) throws(ReleaseError) -> [BookingStatus] {
        guard !services.isEmpty else { return statuses }
        for service in services where !statuses.contains(where: { $0.booking.service == service }) {
            throw .notBooked(service: service, label: label)
        }
        return statuses.filter { services.contains($0.booking.service) }
    }
}
