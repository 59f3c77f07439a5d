import PortrunBase

/// A published port that a variable sets on both sides, `"${P:-5173}:${P:-5173}"`, in a service that is told it too.
///
/// Setting the variable moves all of it: what is published, what the container listens on, and what it says of itself.
/// Moving only the outside would leave it an address that leads to another checkout.
enum MirroredPort {
    /// The variables of such ports, as far as nothing else says the number.
    ///
    /// - Parameters:
    ///   - owners: for each of `entries` the place of its service among `services`.
    ///   - names: the variables in each scalar.
    static func variables(
        of entries: [PortEntry], _ owners: [Int], in services: [YAMLNode.Pair],
        _ names: [SourceLocation: VariableNames], _ look: Look
    ) -> [String] {
        var found: [String] = []
        for entry in entries where entry.isMirrored {
            guard let variable = entry.variable, !found.contains(variable) else { continue }
            guard look.goesOn(after: entries.count, in: variable) else { break }
            let isWhole = zip(entries, owners).allSatisfy { other, owner in
                guard other.variable == variable else { return true }
                guard other.isMirrored else { return other.isVariableHostPortOnly }
                return isTold(variable, other, services[owner], services, names, look)
            }
            let places = Set(entries.filter { $0.variable == variable }.map(\.location))
            if isWhole, services.allSatisfy({ !isElsewhere(variable, $0.value["ports"], places, names) }) {
                found.append(variable)
            }
        }
        return found
    }

    /// True when `ports` has the variable as another part of an entry than the whole published port.
    private static func isElsewhere(
        _ variable: String, _ ports: YAMLNode?, _ places: Set<SourceLocation>, _ names: [SourceLocation: VariableNames]
    ) -> Bool {
        guard let ports else { return false }
        for entry in ports.elements ?? [] {
            for node in entry.pairs?.filter({ $0.key != "target" }).map(\.value) ?? [entry] {
                if !places.contains(node.location), uses(variable, node, names) { return true }
            }
        }
        return false
    }

    /// True when the program in the container is told `variable`, and nothing in the files has the number besides.
    private static func isTold(
        _ variable: String, _ entry: PortEntry, _ service: YAMLNode.Pair, _ services: [YAMLNode.Pair],
        _ names: [SourceLocation: VariableNames], _ look: Look
    ) -> Bool {
        let told = ["environment", "command", "entrypoint"].contains { key in
            service.value[key].map { uses(variable, $0, names) } ?? false
        }
        guard told, entry.published.port != nil else { return false }
        let number = String(entry.target)
        for other in services {
            let isOwn = other.key == service.key
            guard look.goesOn(after: other.value.size, in: other.key) else { return false }
            let hosts = [service.key, service.value["container_name"]?.string].compactMap { $0 }
            for pair in other.value.pairs ?? [] where pair.key != "ports" {
                if says(number, isOwn ? [] : hosts, but: variable, in: pair.value) { return false }
            }
        }
        return true
    }

    private static func uses(
        _ variable: String, _ node: YAMLNode, _ names: [SourceLocation: VariableNames]
    ) -> Bool {
        switch node.content {
        case .scalar(let scalar):
            if names[node.location]?.all.contains(variable) ?? false { return true }
            return scalar.text == variable
        case .sequence(let elements): return elements.contains { uses(variable, $0, names) }
        case .mapping(let pairs):
            return pairs.contains { ($0.value.isNull && $0.key == variable) || uses(variable, $0.value, names) }
        }
    }

    /// True when a text has `number` by itself, and not from the variable; behind one of `hosts` where there are any.
    private static func says(_ number: String, _ hosts: [String], but variable: String, in node: YAMLNode) -> Bool {
        switch node.content {
        case .sequence(let elements): return elements.contains { says(number, hosts, but: variable, in: $0) }
        case .mapping(let pairs): return pairs.contains { says(number, hosts, but: variable, in: $0.value) }
        case .scalar(let scalar):
            let bytes = Array(scalar.text.utf8)
            var start = 0
            while start < bytes.count {
                guard isDigit(bytes[start]) else {
                    start += 1
                    continue
                }
                let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
                let range = start..<end
                let isOfVariable =
                    scalar.segments?.contains { $0.variable == variable && $0.range.overlaps(range) } ?? false
                if !isOfVariable, bytes[range].elementsEqual(number.utf8),
                    hosts.isEmpty || hosts.contains(where: { ends(bytes[..<start], in: $0) })
                {
                    return true
                }
                start = end
            }
            return false
        }
    }

    private static func ends(_ bytes: ArraySlice<UInt8>, in host: String) -> Bool {
        bytes.last == UInt8(ascii: ":") && bytes.dropLast().suffix(host.utf8.count).elementsEqual(host.utf8)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
