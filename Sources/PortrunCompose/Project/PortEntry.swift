import PortrunBase

/// One published port of a service, from either form of an entry, and what decides its number.
struct PortEntry {
    var target: Int
    var protocolName: String
    var published: PublishedPort
    var hostIP: String?
    /// The keys of the long form alone.
    var mode: String?
    var name: String?
    var appProtocol: String?
    var extensions: [(key: String, value: JSONValue)] = []
    var variable: String?
    /// True when the variable's value is the host port and nothing more.
    var isVariableHostPortOnly = false
    /// True when the variable's value is the container's port as well.
    var isMirrored = false
    /// True for all but the first port of a range.
    var isContinued = false
    /// Where the text with the variable stands.
    var location: SourceLocation
    /// The entry's own line.
    var line: UInt32
    private let identity: Identity

    /// Two entries with the same identity are one.
    private struct Identity: Hashable {
        var hostIP: String
        var published: String
        var target: Int
        var protocolName: String
    }

    /// nil for a protocol that portrun does not book; Docker takes none for TCP, and capitals.
    var transport: TransportProtocol? {
        TransportProtocol(rawValue: protocolName.isEmpty ? "tcp" : protocolName.lowercased())
    }

    /// The ports that an entry of `ports` stands for: several for a range.
    ///
    /// - Parameter admits: whether there may be so many more, before they are made.
    /// - Throws: `.leftOut` where there may not.
    static func entries(from node: YAMLNode, _ admits: (Int) -> Bool) throws(ComposeProblem) -> [PortEntry] {
        switch node.content {
        case .mapping:
            let entry = try PortEntry(long: node)
            guard admits(entry.published.range?.count ?? 1) else { throw .leftOut }
            return [entry]
        case .sequence:
            throw .notA("a port", path: "ports")
        case .scalar(let scalar):
            switch node.value {
            case .string, .integer:
                return try entries(short: node, scalar, admits)
            case .fraction:
                throw .invalidPort(scalar.text, .notAnInteger(scalar.text))
            case .null, .boolean, nil:
                throw .notA("a port", path: "ports")
            }
        }
    }

    /// The ports of entries, without those that a later one with the same identity replaces, in the place of the first.
    static func unique(_ groups: [[PortEntry]]) -> [PortEntry] {
        let entries = groups.count == 1 ? groups[0] : Array(groups.joined())
        // Of a range no two are one, and there may be thousands.
        if entries.count > 8 * groups.count, areApart(groups) { return entries }
        var result: [PortEntry] = []
        // A table pays for itself only where there are many.
        guard entries.count > 8 else {
            for entry in entries {
                if let position = result.firstIndex(where: { $0.identity == entry.identity }) {
                    result[position] = entry
                } else {
                    result.append(entry)
                }
            }
            return result
        }
        var positions: [Identity: Int] = [:]
        for entry in entries {
            if let position = positions[entry.identity] {
                result[position] = entry
            } else {
                positions[entry.identity] = result.count
                result.append(entry)
            }
        }
        return result
    }

    /// True when no port of a group can be one with a port of another group, as far as a few comparisons tell.
    private static func areApart(_ groups: [[PortEntry]]) -> Bool {
        guard groups.count <= 32 else { return false }
        for (place, group) in groups.enumerated() {
            guard let first = group.first, let last = group.last else { continue }
            for other in groups[(place + 1)...] {
                guard let start = other.first, let end = other.last, start.protocolName == first.protocolName
                else { continue }
                if start.target <= last.target, first.target <= end.target { return false }
            }
        }
        return true
    }

    private static func entries(
        short node: YAMLNode, _ scalar: YAMLNode.Scalar, _ admits: (Int) -> Bool
    ) throws(ComposeProblem) -> [PortEntry] {
        var text = scalar.text
        if case .integer(let number) = node.value { text = String(number) }
        let syntax: PortSyntax
        do throws(PortProblem) {
            syntax = try PortSyntax(text)
        } catch {
            throw node.noPort(text, error)
        }
        guard admits(max(syntax.container.count, syntax.host?.count ?? 1)) else { throw .leftOut }
        let driver = syntax.hostField.flatMap { field in
            scalar.segments.flatMap { Self.driver(of: field, in: $0) }
        }
        let inner = scalar.segments.flatMap { Self.driver(of: syntax.containerField, in: $0) }
        let isMirrored = inner?.range == syntax.containerField && inner?.variable == driver?.variable
        let isHostPortOnly = driver?.range == syntax.hostField && syntax.host?.count ?? 1 == 1
        var entries: [PortEntry] = []
        for target in syntax.container {
            guard target > 0 else { throw node.noPort(text, .noContainerPort) }
            let published = syntax.published(for: target)
            var entry = PortEntry(
                target: Int(target), protocolName: syntax.protocolName, published: published,
                hostIP: syntax.hostIP,
                variable: driver?.variable, isVariableHostPortOnly: isHostPortOnly, location: node.location,
                line: node.location.line, identityOfPublished: published.text)
            entry.isContinued = !entries.isEmpty
            entry.isMirrored = isMirrored && isHostPortOnly
            entries.append(entry)
        }
        return entries
    }

    private init(
        target: Int, protocolName: String, published: PublishedPort, hostIP: String?, variable: String?,
        isVariableHostPortOnly: Bool, location: SourceLocation, line: UInt32, identityOfPublished: String?
    ) {
        self.target = target
        self.protocolName = protocolName
        self.published = published
        self.hostIP = hostIP.flatMap { $0.isEmpty ? nil : $0 }
        self.variable = variable
        self.isVariableHostPortOnly = isVariableHostPortOnly
        self.location = location
        self.line = line
        // Compose 2.26 tells a value that is left out from an empty one.
        identity = Identity(
            hostIP: hostIP ?? "0.0.0.0", published: identityOfPublished ?? "-", target: target,
            protocolName: protocolName)
    }

    private init(long node: YAMLNode) throws(ComposeProblem) {
        let known = ["target", "published", "host_ip", "protocol", "mode", "name", "app_protocol"]
        for pair in node.pairs ?? [] where !known.contains(pair.key) && !pair.key.hasPrefix("x-") {
            throw .unknownProperty(pair.key, path: "ports")
        }
        guard let targetNode = node["target"] else { throw .invalidPort("…", .noContainerPort) }
        let target: Int
        switch targetNode.value {
        case .integer(let number)?: target = number
        case .string(let text)?:
            guard let number = Int(text) else { throw targetNode.noPort(text, .notAnInteger(text)) }
            target = number
        case .fraction(let number)?:
            guard let whole = Int(exactly: number) else {
                throw .notA("a whole number", path: "ports.target")
            }
            target = whole
        case .null?, .boolean?, nil: throw .notA("a whole number", path: "ports.target")
        }
        guard target >= 0 else { throw .invalidPort(String(target), .noContainerPort) }
        for key in ["host_ip", "protocol", "mode", "name", "app_protocol"] {
            if let value = node[key], value.string == nil { throw .notA("a string", path: "ports.\(key)") }
        }
        let publishedNode = node["published"]
        var published = PublishedPort.chosenByDocker
        var identityOfPublished: String?
        switch publishedNode?.value {
        case .string(let text)?:
            published = PublishedPort(text.isEmpty ? nil : text)
            identityOfPublished = text
        case .integer(let number)?:
            published = PublishedPort(String(number))
            // Compose 2.26 does not see that a number and a string are one port.
            identityOfPublished = "#\(number)"
        case .fraction?, .boolean?, .null?: throw .notA("a string or a whole number", path: "ports.published")
        case nil:
            if publishedNode != nil { throw .notA("a string or a whole number", path: "ports.published") }
        }
        let bytes = publishedNode?.scalar?.text.utf8.count ?? 0
        let driver = publishedNode?.scalar?.segments.flatMap { Self.driver(of: 0..<bytes, in: $0) }
        self.init(
            // Compose keeps 32 bits of it.
            target: Int(UInt32(truncatingIfNeeded: target)), protocolName: node["protocol"]?.string ?? "tcp",
            published: published,
            hostIP: node["host_ip"]?.string, variable: driver?.variable,
            isVariableHostPortOnly: published == .chosenByDocker || published.port != nil,
            location: publishedNode?.location ?? node.location, line: node.location.line,
            identityOfPublished: identityOfPublished)
        if let scalar = targetNode.scalar, isVariableHostPortOnly, let variable {
            let inner = Self.driver(of: 0..<scalar.text.utf8.count, in: scalar.segments ?? [])
            isMirrored = inner?.variable == variable
        }
        mode = node["mode"]?.string
        name = node["name"]?.string
        appProtocol = node["app_protocol"]?.string
        for pair in node.pairs ?? [] where pair.key.hasPrefix("x-") { extensions.append((pair.key, pair.value.json)) }
    }

    /// The one variable whose value all of `field` is part of.
    private static func driver(of field: Range<Int>, in segments: [VariableSegment]) -> VariableSegment? {
        let touching = segments.filter { segment in
            field.isEmpty
                ? segment.range.isEmpty && segment.range.lowerBound == field.lowerBound
                : segment.range.overlaps(field)
        }
        guard touching.count == 1, let segment = touching.first, segment.variable != nil,
            segment.range.lowerBound <= field.lowerBound, segment.range.upperBound >= field.upperBound
        else { return nil }
        return segment
    }
}

extension YAMLNode {
    /// Why `text`, which is the node's, is no port.
    fileprivate func noPort(_ text: String, _ problem: PortProblem) -> ComposeProblem {
        guard let segments = scalar?.segments, !segments.isEmpty else { return .invalidPort(text, problem) }
        return .noPortWithVariables(segments.compactMap(\.variable))
    }
}
