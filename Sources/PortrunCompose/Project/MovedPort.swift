import PortrunBase

/// A published number that is another one in this checkout.
package struct MovedPort: Sendable, Equatable {
    package var service: String
    package var from: Port
    package var to: Port
    /// The variable that carries the new number, so that values made from it follow; nil when an override moves it.
    package var variable: String?

    package init(service: String, from: Port, to: Port, variable: String?) {
        self.service = service
        self.from = from
        self.to = to
        self.variable = variable
    }
}

/// Published numbers that are as many others in this checkout: of a range there may be thousands.
package struct MovedRange: Sendable, Equatable {
    package var service: String
    package var from: PortRange
    /// The first of them.
    package var to: Port
    /// See `MovedPort`.
    package var variable: String?

    /// What becomes of `port`; nil when it is none of these.
    func port(_ port: Port) -> MovedPort? {
        guard from.contains(port), let to = Port(Int(to.number) + Int(port.number) - Int(from.first.number))
        else { return nil }
        return MovedPort(service: service, from: port, to: to, variable: variable)
    }

    /// Takes the range behind it into this one.
    /// - Returns: false where `next` does not go on with it.
    mutating func extend(by next: MovedRange) -> Bool {
        guard service == next.service, variable == next.variable,
            Int(from.last.number) + 1 == Int(next.from.first.number),
            Int(to.number) + from.count == Int(next.to.number), let whole = PortRange(from.first, next.from.last)
        else { return false }
        from = whole
        return true
    }
}
