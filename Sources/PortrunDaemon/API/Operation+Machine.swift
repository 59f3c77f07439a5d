import HTTPTypes
import PortrunBase
import PortrunKit
import PortrunRegistry

extension Operation {
    /// The machine: its contexts, ports and ranges, and the daemon.
    static let machine: [Operation] = [
        Operation(
            method: .get, path: "/contexts", id: "listContexts", summary: "Every checkout that the registry knows.",
            output: Shape.array(contextShape),
            run: { call, registry in
                .array(try call.machine.look(in: registry) { reader, _ in try reader.knownContexts() }.map(\.json))
            }),
        Operation(
            method: .get, path: "/checks/{port}", id: "checkPort",
            summary: "Whether a port is free, and who has it.",
            parameters: [.port], output: Shape.portReport,
            run: { call, registry in
                try PortReport(
                    on: call.port(), seenFrom: call.machine, in: registry, uid: call.core.host.uid,
                    beside: call.containers
                ).json
            }, usesContainers: true),
        Operation(
            method: .get, path: "/ranges", id: "listRanges",
            summary: "The range that each kind's ports are booked from.",
            output: rangesShape, run: { call, registry in try call.ranges(registry) { _ in } }),
        Operation(
            method: .put, path: "/ranges/{kind}", id: "setRange",
            summary: "Changes the range of a kind. Bookings that there are stay.",
            parameters: [.kind],
            body: [Parameter(name: "range", kind: .range, description: "The new range.", isRequired: true)],
            output: rangesShape,
            run: { call, registry in
                try call.ranges(registry) { try $0.setRange(of: call.kind(), to: call.arguments.range("range")) }
            }),
        Operation(
            method: .delete, path: "/ranges/{kind}", id: "resetRange", summary: "Restores the default range of a kind.",
            parameters: [.kind], output: rangesShape,
            run: { call, registry in try call.ranges(registry) { try $0.setRange(of: call.kind(), to: nil) } }),
        Operation(
            method: .post, path: "/gc", id: "collect",
            summary: "Drops what is dead or gone: leases, bookings, files and networks.",
            body: [
                Parameter(name: "dry_run", kind: .flag, description: "Only tell what would be dropped."),
                Parameter(
                    name: "stale", kind: .number(0...99999),
                    description: "Also drop bookings that were not used for so many days."),
            ], output: Shape.collection,
            run: { call, registry in
                try call.machine.collect(
                    registry, staleDays: call.arguments.number("stale"), isDryRun: call.arguments.flag("dry_run")
                ).json
            }),
        Operation(
            method: .get, path: "/daemon", id: Operation.daemon,
            summary: "What serves this: its process, registry and doors.",
            output: daemonShape, run: { call, _ in call.daemon }),
    ]

    private static let contextShape = Shape.object([
        ("hash", Shape.text), ("label", Shape.text), ("path", Shape.text), ("remote", Shape.textOrNull),
        ("branch", Shape.textOrNull), ("app", Shape.text), ("instance", Shape.text), ("last_used", Shape.text),
    ])

    private static let rangesShape = Shape.object(ServiceKind.allCases.map { ($0.rawValue, Shape.text) })

    private static let daemonShape = Shape.object([
        ("version", Shape.text), ("pid", Shape.number), ("started", Shape.text), ("registry", Shape.text),
        ("doors", Shape.array(Shape.object([("name", Shape.text), ("address", Shape.text)]))),
    ])
}

extension Parameter {
    fileprivate static let kind = Parameter(
        name: "kind", kind: .choice(ServiceKind.allCases.map(\.rawValue)), description: "The kind of service.",
        isRequired: true)
}

extension OperationCall {
    fileprivate func kind() throws(Problem) -> ServiceKind {
        guard let kind = arguments.text("kind").flatMap(ServiceKind.init(rawValue:)) else {
            throw .malformed("no kind is named")
        }
        return kind
    }

    /// Changes ranges, and tells what they are then.
    fileprivate func ranges(_ registry: Registry, _ change: (Transaction) throws -> Void) throws -> JSONValue {
        try registry.write(on: machine.facts()) { transaction in
            try change(transaction)
            return .object(
                JSONValue.KeyValuePairs(
                    try ServiceKind.allCases.map { kind in
                        (kind.rawValue, .string(try transaction.range(of: kind).description))
                    }))
        }
    }
}

extension KnownContext {
    fileprivate var json: JSONValue {
        .object([
            "hash": .string(hash), "label": .string(label), "path": .string(path), "remote": .string(orNull: remote),
            "branch": .string(orNull: branch), "app": .string(app), "instance": .string(instance),
            "last_used": .string(Timestamp(lastUsed).text),
        ])
    }
}

extension OperationCall {
    /// What `portrun daemon status --json` prints.
    var daemon: JSONValue {
        let host = core.host
        return .object([
            "version": .string(host.version), "pid": .integer(Int(host.process.pid)),
            "started": .string(Timestamp(host.startedAt).text), "registry": .string(host.location.path),
            "doors": .array(
                doors.all.map {
                    .object(["name": .string($0.door.name), "address": .string($0.place.description)])
                }),
        ])
    }
}
