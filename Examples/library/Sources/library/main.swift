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

func run() throws(PortrunError) {
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
    for notice in exported.notices { print("notice: \(notice)") }
    for (name, value) in exported.assignments where name.hasSuffix("_PORT") { print("export: \(name)=\(value)") }

    // Names of ports that belong to no checkout, in a registry of their own.
    let list = try Checkout(system, registry: "../names.sqlite")
    let names = try PortRegistry(of: list)
    let free = try names.find(in: 20_000...20_999, from: list)
    try names.register("grafana", port: free[0], note: "the dashboards", from: list)
    do throws(PortrunError) {
        try names.register("prometheus", port: free[0], from: list)
    } catch {
        print("register: \(explain(error)): \(error)")
    }
    let port = try names.get("grafana", of: list)?.port
    let lines = try names.list(from: list).map { "\($0.service) \($0.port)" }
    print("names: \(lines), found: \(lines == ["grafana \(port ?? 0)"])")
    try names.unregister("grafana", from: list)
    print("left: \(try names.list(from: list).count) names, \(try registry.list(from: checkout).count) bookings")
}

do throws(PortrunError) {
    try run()
} catch {
    print("failed: \(explain(error)): \(error)")
    exit(1)
}
