import PortrunBase

/// A value inside a container that names moved ports as seen from the host, and what the override says in its place.
package struct FollowingValue: Sendable, Equatable {
    /// Which of a service's tables it is in.
    package enum Table: Sendable {
        case environment, buildArguments
    }

    package var service: String
    package var table: Table
    package var name: String
    package var old: String
    package var new: String
    /// The ports, each once.
    package var ports: [MovedPort]
    /// Absolute, `-` for standard input.
    package var file: String
    /// Counted from 1.
    package var line: Int
}

extension ComposeProject {
    /// The values that follow ports with another number in `booked`, which has one for each of `ports`.
    ///
    /// - Parameter look: limits the work. No file is read.
    package func followingValues(
        _ booked: [PortRange?], _ envFiles: ServiceEnvFiles, _ look: Look
    ) -> [FollowingValue] {
        let moved = moved(to: booked)
        return moved.isEmpty ? [] : FollowingValues(in: self, envFiles, moved: moved, look).all
    }

    /// The values that would follow, whichever port moves.
    package func valuesThatMayFollow(_ look: Look = Look()) -> [FollowingValue] {
        let elsewhere = ports.map { port in
            port.published.range.flatMap { range in
                let first = range.first.number
                return Port(Int(first) + (first < 40_000 ? range.count : -range.count))
                    .flatMap { PortRange($0, count: range.count) }
            }
        }
        return followingValues(elsewhere, ServiceEnvFiles(of: self, look), look)
    }
}

/// Finds them in `environment`, in the services' env files and in build arguments.
struct FollowingValues {
    private(set) var all: [FollowingValue] = []
    private let project: ComposeProject
    private let ports: HostSidePorts
    private let look: Look

    /// More are no project that anybody runs twice.
    private static let limit = 1000
    /// In bytes; a longer value is no list of addresses.
    private static let sizeLimit = 4096

    init(in project: ComposeProject, _ envFiles: ServiceEnvFiles, moved: [MovedRange], _ look: Look) {
        self.project = project
        self.look = look
        ports = HostSidePorts(of: project, moved: moved, look)
        for (service, node) in project.servicesWithNodes where !isOver {
            let own = entries(of: node["environment"])
            let places = Dictionary(of: own.map(\.name))
            for entry in own where !isOver {
                add(entry, .environment, service) { name in places[name].map { own[$0].value } }
            }
            for entry in entries(of: node["build"]?["args"]) where !isOver {
                add(entry, .buildArguments, service) { _ in nil }
            }
            addEnvFiles(envFiles[service.name], besides: places, in: node, service)
        }
    }

    /// Nothing more is looked for, nor gone through.
    private var isOver: Bool { look.end != nil || all.count >= Self.limit }

    /// A variable with its value as the container gets it.
    private struct Entry {
        var name: String
        var value: String
        var file: String
        var line: Int
        /// Which bytes of `value` came from variables.
        var segments: [VariableSegment] = []
    }

    /// Those of a mapping or a list; one without a value has the outer variable's.
    private func entries(of table: YAMLNode?) -> [Entry] {
        var entries: [Entry] = []
        func add(_ name: String, _ value: String?, _ node: YAMLNode, from start: Int) {
            guard let value = value ?? project.environment[name] else { return }
            let segments = (node.scalar?.segments ?? []).compactMap { segment in
                segment.range.lowerBound < start
                    ? nil
                    : VariableSegment(
                        range: segment.range.lowerBound - start..<segment.range.upperBound - start,
                        variable: segment.variable)
            }
            entries.append(
                Entry(
                    name: name, value: value, file: project.file(of: node.location), line: Int(node.location.line),
                    segments: segments))
        }
        for pair in table?.pairs ?? [] {
            add(pair.key, pair.value.isNull ? nil : pair.value.scalar?.text ?? "", pair.value, from: 0)
        }
        for element in table?.elements ?? [] {
            guard let text = element.scalar?.text else { continue }
            let (name, value) = text.parts(at: "=")
            add(name, value, element, from: name.utf8.count + 1)
        }
        return entries
    }

    /// - Parameter sibling: the value of another variable of the same table.
    private mutating func add(
        _ entry: Entry, _ table: FollowingValue.Table, _ service: ComposeService, sibling: (String) -> String?
    ) {
        let size = entry.value.utf8.count
        guard size <= Self.sizeLimit, look.goesOn(after: 1 + size / 64, in: entry.file) else { return }
        var host: String?
        if entry.name.hasSuffix("PORT") {
            let stem = String(entry.name.dropLast(4))
            host = sibling(stem + "HOST") ?? sibling(stem + "HOSTNAME")
        }
        var bytes = Array(entry.value.utf8)
        let hits = ports.ports(in: bytes, named: entry.name, of: service, host: host)
        guard look.goesOn(after: hits.count * (1 + entry.segments.count), in: entry.file) else { return }
        // What all comes from variables that are set follows by itself.
        let isCarried = hits.allSatisfy { hit in
            let segment = entry.segments.first { $0.range.overlaps(hit.range) }
            return hit.port.variable != nil && segment?.variable == hit.port.variable
        }
        guard !isCarried else { return }
        var moved: [MovedPort] = []
        for hit in hits.reversed() {
            bytes.replaceSubrange(hit.range, with: hit.port.to.description.utf8)
            if !moved.contains(hit.port) { moved.insert(hit.port, at: 0) }
        }
        all.append(
            FollowingValue(
                service: service.name, table: table, name: entry.name, old: entry.value,
                new: String(decoding: bytes, as: UTF8.self), ports: moved, file: entry.file, line: entry.line))
    }

    /// What `env_file` brings and `environment` does not say otherwise; of two files the later one wins.
    private mutating func addEnvFiles(
        _ files: [ServiceEnvFiles.File], besides own: [ExactString: Int], in node: YAMLNode, _ service: ComposeService
    ) {
        for index in files.indices.reversed() {
            let file = files[index]
            for place in file.candidates where !isOver {
                let found = file.entries[place]
                let isHidden =
                    own[found.name] != nil || node["environment"]?[found.name] != nil
                    || files[(index + 1)...].contains { $0.places[found.name] != nil }
                guard !isHidden else { continue }
                let entry = Entry(name: found.name, value: found.value, file: file.path, line: found.line)
                add(entry, .environment, service) { name in file.places[name].map { file.entries[$0].value } }
            }
        }
    }
}
