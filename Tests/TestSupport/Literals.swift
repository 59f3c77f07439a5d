import PortrunBase

/// Ports and names stand in tests as they stand in a compose file.
extension Port: ExpressibleByIntegerLiteral {
    package init(integerLiteral number: UInt16) {
        // A wrong literal is a mistake of the test.
        self = Port(String(number))!
    }
}

extension ServiceName: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) {
        // A wrong literal is a mistake of the test.
        self = ServiceName(String(text))!
    }
}
