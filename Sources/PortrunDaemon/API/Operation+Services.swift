import HTTPTypes
import PortrunBase
import PortrunKit
import PortrunRegistry

extension Operation {
    /// Services by their names, and where they run.
    static let services: [Operation] = [
        Operation(
            method: .get, path: "/services", id: "listNames",
            summary: "The names of ports that belong to the machine and to no checkout.", output: Shape.bookings,
            run: { call, registry in
                .array(
                    try call.machine.look(in: registry) { reader, record in
                        try call.machine.statuses(isMachineWide: false, reader, record)
                    }.map(\.json))
            }),
        Operation(
            method: .get, path: "/services/{service}", id: "getService",
            summary: "The booking of a service of a checkout; where it has none, the machine's port of that name.",
            parameters: [.service] + Parameter.place, problems: [.notFound], output: Shape.booking,
            run: { call, registry in
                let service = try call.service()
                let checkout = try call.checkoutOrMachine()
                let status = try checkout.look(in: registry, beside: call.containers) { reader, record in
                    try checkout.booking(of: service, reader, record).flatMap { try reader.status(of: [$0]).first }
                }
                guard let status else {
                    throw ReleaseError.notBooked(service: service, label: checkout.context.label)
                }
                return status.json
            }, usesContainers: true),
        Operation(
            method: .put, path: "/services/{service}", id: "register",
            summary: "Gives a port of the machine a name that belongs to no checkout.",
            parameters: [.service],
            body: [.port, .note], problems: [.conflict], output: Shape.booking,
            run: { call, registry in
                try call.only(
                    call.machine.register(call.service(), call.port(), call.arguments.description(), in: registry))
            }),
        Operation(
            method: .delete, path: "/services/{service}", id: "unregister",
            summary: "Takes a name of the machine's back.",
            parameters: [.service], problems: [.notFound], output: Shape.booking,
            run: { call, registry in
                try call.only(call.machine.unregister(call.service(), in: registry))
            }),
        Operation(
            method: .get, path: "/lookups/{service}", id: "lookUp",
            summary: "Where a service runs: live bookings of that name on this machine, the best one first.",
            parameters: [.service] + Parameter.place, problems: [.notFound], output: Shape.bookings,
            run: { call, registry in
                let service = try call.service()
                let checkout = try call.checkoutOrMachine()
                return .array(try checkout.lookUp(service, in: registry, beside: call.containers).map(\.json))
            }, usesContainers: true),
    ]
}

extension OperationCall {
    fileprivate func service() throws(Problem) -> ServiceName {
        guard let service = arguments.service() else { throw .malformed("no service is named") }
        return service
    }

    /// The booking of a name, which has one.
    fileprivate func only(_ statuses: [BookingStatus]) throws(RegistryError) -> JSONValue {
        guard let status = statuses.first else { throw .corrupt(path: core.host.location.path) }
        return status.json
    }
}
