import PortrunKit

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Says what an error means for a program.
func explain(_ error: PortrunError) -> String {
    switch error.kind {
    case .argument: "the program asked for something impossible"
    case .taken: "somebody else has it"
    case .exhausted: "no port is free"
    case .held: "a running command has it"
    case .notFound: "there is no such booking"
    case .checkout: "this is no folder to work in"
    case .project: "a file of the project is wrong"
    case .registry: "the registry cannot be used"
    case .system: "the system refused"
    }
}

// Everything that the library knows of this process stands in this value.
let system = System.current()
let checkout = try Checkout(system)
let registry = try PortRegistry(of: checkout) { print("warning: \($0)") }
print("checkout: \(checkout.label)")

// Three ports, all or none.
let booked = try registry.book(["web", "db", "cache"], for: checkout)
for port in booked { print("booked: \(port.service) on \(port.port)") }

// While this process runs, nobody else is given them.
let lease = try registry.lease(booked, to: getpid(), command: "library example", of: checkout)
let found = try registry.lookUp("db", from: checkout)
print("running: db on \(found.map(\.port))")
do throws(PortrunError) {
    try registry.release(["db"], of: checkout)
} catch {
    print("release: \(explain(error)): \(error)")
}
try registry.end(lease, of: checkout)

// The same variables as `portrun export` prints.
let exported = try registry.export(checkout)
for (name, value) in exported.assignments where name.hasSuffix("_PORT") { print("export: \(name)=\(value)") }

// A name for a port that belongs to no checkout.
try registry.register("grafana", port: booked[0].port + 20_000, note: "the dashboards", from: checkout)
do throws(PortrunError) {
    try registry.register("prometheus", port: booked[0].port + 20_000, from: checkout)
} catch {
    print("register: \(explain(error)): \(error)")
}
try registry.unregister("grafana", from: checkout)
print("on this machine: \(try registry.list(from: checkout).count) bookings")
