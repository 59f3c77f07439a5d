import HTTPTypes
import PortrunBase
import PortrunKit
import PortrunRegistry

extension Operation {
    /// Bookings: to look, to book, to give back.
    static let bookings: [Operation] = [
        Operation(
            method: .get, path: "/bookings", id: Operation.list,
            summary: "Every booking on this machine, ordered by label and port.",
            parameters: [
                Parameter(
                    name: "context", kind: .text, description: "Only those of the context with this label or hash."),
                Parameter(name: "app", kind: .text, description: "Only those whose label has this first part."),
                Parameter(name: "instance", kind: .text, description: "Only those whose label has this second part."),
                Parameter(name: "service", kind: .service, description: "Only those of this service."),
                Parameter(
                    name: "port", kind: .number(Parameter.anyPort), description: "Only the ones that have this port."),
                Parameter(
                    name: "live", kind: .flag,
                    description: "Only those that a running command, a container or a time to live holds."),
            ],
            output: Shape.bookings,
            run: { call, registry in
                var filter = BookingFilter(service: call.arguments.service(), port: call.arguments.port())
                filter.contextName = call.arguments.text("context")
                filter.app = call.arguments.text("app")
                filter.instance = call.arguments.text("instance")
                let statuses = try call.machine.look(in: registry, beside: call.containers) { reader, _ in
                    try reader.status(matching: filter)
                }
                let isLiveOnly = call.arguments.flag("live")
                return .array(statuses.filter { !isLiveOnly || $0.isLive }.map(\.json))
            }, usesContainers: true),
        Operation(
            method: .post, path: "/bookings", id: "book",
            summary: "Books ports for services of a checkout, all or none. A service that has a booking keeps it.",
            body: Parameter.place + [
                Parameter(
                    name: "services", kind: .services(limit: 100), description: "The services.", isRequired: true),
                Parameter(
                    name: "port", kind: .number(Parameter.anyPort),
                    description: "Demand this port; for one service only."),
                Parameter(name: "range", kind: .range, description: "Demand ports from this range; not with `port`."),
                Parameter(name: "protocol", kind: .choice(["tcp", "udp"]), description: "tcp where nothing is said."),
                Parameter(
                    name: "count", kind: .number(Parameter.anyPort),
                    description: "Book so many consecutive ports for each service."),
                Parameter(
                    name: "ttl", kind: .number(Parameter.timeToLive),
                    description: "New bookings end after so many seconds, unless their lease is renewed."),
                .note,
            ],
            bodyRules: orderRules, problems: [.notFound, .conflict, .unprocessableContent], output: Shape.bookings,
            run: { call, registry in
                let order = try call.order()
                let plan = try order.plan(in: call.checkout())
                return .array(try order.book(plan, in: registry, isTelling: true).statuses.map(\.json))
            }),
        Operation(
            method: .get, path: "/bookings/{id}", id: "getBooking", summary: "One booking.",
            parameters: [.booking], problems: [.notFound], output: Shape.booking,
            run: { call, registry in
                let id = call.bookingNumber
                let status = try call.machine.look(in: registry, beside: call.containers) { reader, _ in
                    try reader.status(ofNumber: id)
                }
                guard let status else { throw ReleaseError.noSuchNumber(id) }
                return status.json
            }, usesContainers: true),
        Operation(
            method: .delete, path: "/bookings/{id}", id: "releaseBooking",
            summary: "Gives a booking back. What a running command or container holds is kept, unless it is forced.",
            parameters: [
                .booking,
                Parameter(
                    name: "force", kind: .flag, description: "Release also what a running command or container holds."),
            ], problems: [.notFound, .conflict], output: Shape.booking,
            run: { call, registry in
                let released = try call.machine.release(
                    .number(call.bookingNumber), in: registry, beside: call.containers,
                    isForced: call.arguments.flag("force"))
                guard let status = released.first else { throw ReleaseError.noSuchNumber(call.bookingNumber) }
                return status.json
            }, usesContainers: true),
    ]

    /// A checkout or a context is named; a port goes with one service, and not with a range.
    private static let orderRules: [(key: String, value: JSONValue)] = [
        (
            "anyOf",
            .array(["checkout", "context"].map { .object(["required": .array([.string($0)])]) })
        ),
        (
            "dependentSchemas",
            .object([
                "port": .object([
                    "properties": .object(["services": .object(["maxItems": .integer(1)]), "range": .boolean(false)])
                ])
            ])
        ),
    ]
}

extension OperationCall {
    /// The number of the booking in the path.
    var bookingNumber: Int64 { Int64(arguments.number("id") ?? 0) }

    fileprivate func order() throws(Problem) -> BookingOrder {
        var order = BookingOrder()
        order.services = arguments.services()
        order.port = arguments.port()
        order.range = arguments.range("range")
        guard order.port == nil || order.services.count == 1 else {
            throw .malformed("`port` goes with one service", hint: "book each service by itself")
        }
        guard order.port == nil || order.range == nil else {
            throw .malformed("`port` does not go with `range`", hint: "give one of them")
        }
        if let port = order.port, let count = arguments.number("count"), PortRange(port, count: count) == nil {
            throw Problem(.conflict, "exhausted", "there are no \(count) ports from \(port) on")
        }
        order.transport = arguments.text("protocol").flatMap(TransportProtocol.init(rawValue:)) ?? .tcp
        order.count = arguments.number("count")
        order.lifetime = arguments.number("ttl").flatMap { TimeToLive(Int64($0)) }
        order.description = arguments.description()
        return order
    }
}
