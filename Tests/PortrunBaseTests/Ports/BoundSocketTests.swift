#if os(Linux)
    import Testing

    @testable import PortrunBase

    /// What the kernel says of real sockets.
    struct BoundSocketTests {
        static let addresses: [(Socket.Address, String)] = [
            (.loopbackIPv4, "127.0.0.1"), (.loopbackIPv6, "::1"), (.anyIPv4, "0.0.0.0"), (.anyIPv6, "::"),
        ]

        @Test(arguments: TransportProtocol.allCases, addresses)
        func whoWaitsIsSeen(_ transport: TransportProtocol, _ address: (Socket.Address, String)) throws {
            let socket = try Socket(transport, on: address.0)
            let port = try socket.port
            if transport == .tcp { try socket.listen() }
            let told = try #require(SocketDiagnosis.sockets(on: port, transport))
            #expect(told.map(\.address) == [address.1])
            #expect(told.map(\.uid) == [geteuid()])
            #expect(SocketTable.sockets(on: port, transport) == told)
            #expect(try BoundSocket.isWaiting(on: port, transport))
            #expect(ListeningProcess.holders(of: told).map { $0?.pid } == [getpid()])
        }

        @Test func whoIsBoundAndDoesNotListenYetIsNotSeen() throws {
            let socket = try Socket(.tcp, on: .loopbackIPv4)
            #expect(try !BoundSocket.isWaiting(on: socket.port, .tcp))
        }

        @Test func whoHasThePortWithoutWaitingIsUnknown() throws {
            let partner = try Socket(.udp, on: .loopbackIPv4)
            let port = try Socket(connectingTo: try partner.port, .udp)
            #expect(
                try Listener.all(on: port.port, .udp)
                    == [Listener(transport: .udp, address: nil, process: nil, uid: nil)])
        }

        @Test func aConnectionIsNoListener() throws {
            let listener = try Socket(.tcp, on: .loopbackIPv4)
            try listener.listen()
            let client = try Socket(connectingTo: try listener.port)
            #expect(SocketDiagnosis.sockets(on: try client.port, .tcp) == [])
            #expect(SocketTable.sockets(on: try client.port, .tcp) == [])
        }

        @Test(arguments: [(UInt32(0), "root"), (4_000_000_000, "4000000000")])
        func usersHaveNamesOrNumbers(_ uid: UInt32, name: String) {
            #expect(UserName.of(uid) == name)
        }
    }
#endif
