import PortrunBase
import PortrunRegistry

/// Names of ports that belong to the machine and to no checkout.
extension Checkout {
    /// Gives a port a name. It does not matter whether something listens on it.
    ///
    /// - Returns: the booking.
    /// - Throws: `ClaimError` when somebody has the port, or the name stands for another one; `RegistryError`.
    package func register(
        _ name: ServiceName, _ port: Port, _ description: Description? = nil, in registry: Registry
    ) throws -> [BookingStatus] {
        let claim = Claim(context: .machine, service: name, port: port, description: description)
        return try change(registry) { transaction, _ in
            try transaction.status(of: [try transaction.book(claim, stillResolves: stillResolves)])
        }
    }

    /// Takes a name back.
    ///
    /// - Returns: the booking as it was.
    /// - Throws: `NotRegisteredError`; `RegistryError`.
    package func unregister(_ name: ServiceName, in registry: Registry) throws -> [BookingStatus] {
        try change(registry) { transaction, _ in
            guard let record = try transaction.find(identity: Context.machine.identity),
                let booking = try transaction.booking(of: record, name)
            else { throw NotRegisteredError(name: name) }
            let statuses = try transaction.status(of: [booking])
            try transaction.release(booking)
            try transaction.dropEmptyContexts()
            return statuses
        }
    }
}

/// No port has this name.
package struct NotRegisteredError: ReportableError, Equatable {
    let name: ServiceName

    package var message: String { "no port is registered as `\(name)`" }
    package var hint: String? { "`portrun list --context machine` lists what is registered" }
    package var exitStatus: Int32 { 1 }
}
