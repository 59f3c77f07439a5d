import PortrunBase
import PortrunRegistry

extension PortRegistry {
    /// Gives a port of this machine a name that belongs to no checkout; nobody else is given the port then.
    ///
    /// Whether something listens on it does not matter. Registering the same again changes nothing but the note.
    ///
    /// - Parameters:
    ///   - name: 1 to 255 bytes, without control characters.
    ///   - port: 1 to 65535.
    ///   - note: what the port is for: 1 to 1000 bytes on one line, or nil.
    ///   - checkout: says when.
    /// - Throws: ``PortrunError`` of the kinds ``PortrunError/Kind/argument``, ``PortrunError/Kind/taken`` and
    ///   ``PortrunError/Kind/registry``.
    @discardableResult
    public func register(
        _ name: String, port: Int, note: String? = nil, from checkout: Checkout
    ) throws(PortrunError) -> BookedPort {
        try PortrunError.wrapping {
            guard let number = Port(port) else { throw PortrunError(argument: "not a port: \(port)") }
            let description = try note.map { note in
                guard let description = Description(note) else { throw PortrunError(argument: "not a note: `\(note)`") }
                return description
            }
            let booked = try checkout.register(ServiceName(library: name), number, description, in: registry)
            guard let status = booked.first else { throw RegistryError.corrupt(path: checkout.location.path) }
            return BookedPort(status: status)
        }
    }

    /// Takes a name back that ``register(_:port:note:from:)`` gave.
    ///
    /// - Parameters:
    ///   - name: 1 to 255 bytes, without control characters.
    ///   - checkout: says when.
    /// - Returns: the booking as it was.
    /// - Throws: ``PortrunError`` of the kinds ``PortrunError/Kind/notFound``, ``PortrunError/Kind/argument`` and
    ///   ``PortrunError/Kind/registry``.
    @discardableResult
    public func unregister(_ name: String, from checkout: Checkout) throws(PortrunError) -> BookedPort {
        try PortrunError.wrapping {
            let names = try checkout.unregister(ServiceName(library: name), in: registry)
            guard let status = names.first else { throw RegistryError.corrupt(path: checkout.location.path) }
            return BookedPort(status: status)
        }
    }
}
