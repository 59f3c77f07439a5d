#if os(Linux)
    import Testing

    @testable import PortrunBase

    /// What the kernel says of real connections.
    struct ConnectionOwnerTests {
        @Test func isTheUserWhoConnects() throws {
            let server = try Socket(.tcp, on: .loopbackIPv4)
            try server.listen()
            let place = LoopbackAddress(port: try server.port.number)
            let client = try Socket(connectingTo: try server.port)
            let address = LoopbackAddress(port: try client.port.number)
            #expect(ConnectionOwner.of(address, connectedTo: place) == .user(geteuid()))
            // The other way round it is no connection to that port.
            #expect(ConnectionOwner.of(place, connectedTo: LoopbackAddress(port: 1)) == .unknown)
        }

        @Test func whoHasGoneIsNobody() throws {
            let server = try Socket(.tcp, on: .loopbackIPv4)
            try server.listen()
            let place = LoopbackAddress(port: try server.port.number)
            var address: LoopbackAddress
            do {
                let client = try Socket(connectingTo: try server.port)
                address = LoopbackAddress(port: try client.port.number)
            }
            #expect(ConnectionOwner.of(address, connectedTo: place) == .unknown)
        }
    }
#endif
