import PortrunBase

/// One value with the ports in it that have moved.
struct ValueRewrite {
    private(set) var bytes: [UInt8]
    /// In order, by their place in `bytes`.
    private(set) var edits: [PortEdit] = []
    /// The ports that were left alone.
    private(set) var ambiguous: [Port] = []

    /// Rewrites `value` of the variable `name`.
    ///
    /// - Parameter isRemote: whether a host that a sibling names (`DB_HOST` beside `DB_PORT`) is another machine's;
    ///   asked for a value that is a number and nothing else.
    init(of value: ArraySlice<UInt8>, named name: String, _ rules: PortRules, isRemote: () -> Bool) {
        let value = Array(value)
        bytes = []
        if Self.isPortName(name), let port = Port(String(decoding: value, as: UTF8.self)) {
            if rules.verdict(on: port) != .stays, !isRemote() {
                follow(rules, port, at: 0..<value.count, in: value, from: 0)
            }
            if edits.isEmpty { bytes = value }
            return
        }
        var copied = 0
        for index in value.indices where value[index] == UInt8(ascii: ":") {
            guard let local = LocalPort(in: value, colon: index) else { continue }
            copied = follow(rules, local.port, at: local.range, in: value, from: copied)
        }
        bytes += value[copied...]
    }

    /// Takes over `value` from `copied` to the end of the port at `range`, and says how far it got.
    @discardableResult
    private mutating func follow(
        _ rules: PortRules, _ port: Port, at range: Range<Int>, in value: [UInt8], from copied: Int
    ) -> Int {
        switch rules.verdict(on: port) {
        case .stays: return copied
        case .ambiguous:
            if ambiguous.last != port { ambiguous.append(port) }
            return copied
        case .moves(let target, let service):
            bytes += value[copied..<range.lowerBound]
            edits.append(PortEdit(offset: bytes.count, declared: port, booked: target, service: service))
            bytes += target.description.utf8
            return range.upperBound
        }
    }

    /// `PORT` and `*_PORT`.
    private static func isPortName(_ name: String) -> Bool { name == "PORT" || name.hasSuffix("_PORT") }
}
