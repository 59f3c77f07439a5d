import PortrunBase

/// The short form of a port: `[[address:][host]:]container[/protocol]`.
///
/// Every rule is Docker's own parser's (https://docs.docker.com/reference/compose-file/services/#short-syntax-4):
/// both ports may be ranges of one length, or the host's alone; addresses of IPv6 stand in brackets.
struct PortSyntax: Equatable {
    var hostIP: String?
    /// nil when Docker chooses; `first` = `last` for one port.
    var host: ClosedRange<UInt16>?
    var container: ClosedRange<UInt16>
    /// Lower case.
    var protocolName: String
    /// Where the host port stands in the text, in bytes; nil without a colon.
    var hostField: Range<Int>?
    /// Where the container's port stands, likewise and without its protocol.
    var containerField: Range<Int>

    init(_ text: String) throws(PortProblem) {
        let bytes = Array(text.utf8)
        let colons = bytes.indices.filter { bytes[$0] == UInt8(ascii: ":") }
        func field(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        let containerField = bytes[(colons.last.map { $0 + 1 } ?? 0)...]
        if let last = colons.last {
            let start = colons.dropLast().last.map { $0 + 1 } ?? 0
            hostField = start..<last
            if start > 1, case let address = try Self.address(field(0..<start - 1)), !address.isEmpty {
                hostIP = address
            }
        }
        let port = containerField.prefix { $0 != UInt8(ascii: "/") }
        guard !port.isEmpty else { throw .noContainerPort }
        let suffix = containerField[port.endIndex...].dropFirst().prefix { $0 != UInt8(ascii: "/") }
        let named = String(decoding: suffix, as: UTF8.self)
        protocolName = named.isEmpty ? "tcp" : named.lowercased()
        guard let container = Self.range(port) else { throw .containerPort(field(port.indices)) }
        self.container = container
        self.containerField = port.startIndex..<port.endIndex
        if let hostField, !hostField.isEmpty {
            guard let host = Self.range(bytes[hostField]) else { throw .hostPort(field(hostField)) }
            self.host = host
            guard host.count == container.count || container.count == 1 else {
                throw .ranges(host: field(hostField), container: field(port.indices))
            }
        }
        guard ["tcp", "udp", "sctp"].contains(protocolName) else { throw .protocolName(named) }
    }

    /// What is published for `target`, one of the container's ports.
    func published(for target: UInt16) -> PublishedPort {
        guard let host else { return .chosenByDocker }
        if container.count == 1, host.count > 1 {
            return PublishedPort("\(host.lowerBound)-\(host.upperBound)")
        }
        let number = host.lowerBound + (target - container.lowerBound)
        // Of a range there may be thousands, none of which has to be read anew.
        return Port(Int(number)).map { .ports(PortRange($0), text: String(number)) } ?? .text(String(number))
    }

    /// `80` or `80-90`; what follows a second `-` is ignored, as Docker ignores it.
    private static func range(_ text: ArraySlice<UInt8>) -> ClosedRange<UInt16>? {
        let start = text.prefix { $0 != UInt8(ascii: "-") }
        let rest = text[start.endIndex...]
        let end = rest.isEmpty ? start : rest.dropFirst().prefix { $0 != UInt8(ascii: "-") }
        guard let first = number(start), let last = number(end), first <= last else { return nil }
        return first...last
    }

    /// Digits alone, leading zeros allowed: `080` is 80.
    private static func number(_ text: ArraySlice<UInt8>) -> UInt16? {
        var number = 0
        for byte in text {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), number <= Int(UInt16.max) else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return text.isEmpty ? nil : UInt16(exactly: number)
    }

    private static func address(_ text: String) throws(PortProblem) -> String {
        var address = text
        if text.hasPrefix("["), text.hasSuffix("]") {
            address = String(text.dropFirst().dropLast())
            if address.isEmpty { return address }
        } else if text.utf8.contains(UInt8(ascii: ":")) {
            throw .address(text)
        }
        var buffer = in6_addr()
        guard inet_pton(AF_INET, address, &buffer) == 1 || inet_pton(AF_INET6, address, &buffer) == 1 else {
            throw .address(text)
        }
        return address
    }
}
