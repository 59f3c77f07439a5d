import TestSupport
import Testing

@testable import PortrunBase

@Suite(.timeLimit(.minutes(30)))
struct PortProbeTests {
    @Test("A listener makes the port busy wherever it listens", arguments: Socket.Address.allCases)
    func seesListener(on address: Socket.Address) throws {
        let socket = try Socket(.tcp, on: address)
        try socket.listen()
        #expect(try PortProbe.isBusy(socket.port, .tcp))
    }

    @Test("A UDP socket makes its port busy, for UDP only", arguments: Socket.Address.allCases)
    func seesDatagramSocket(on address: Socket.Address) throws {
        let socket = try Socket(.udp, on: address)
        #expect(try PortProbe.isBusy(socket.port, .udp))
    }

    @Test func transportsDoNotConflict() throws {
        let port = try freePort()
        let socket = try Socket(.tcp, on: .anyIPv4, port: port)
        try socket.listen()
        #expect(try PortProbe.isBusy(port, .tcp))
        #expect(becomesFree(port, .udp))
    }

    @Test func aProbeLeavesThePortFree() throws {
        let port = try freePort()
        for transport in TransportProtocol.allCases {
            for _ in 1...3 { #expect(becomesFree(port, transport)) }
        }
        #expect(becomesFree(port, .tcp), "a probe that stayed bound would keep it busy")
    }

    @Test("A port whose server has ended is free, though connections are in TIME_WAIT")
    func takesTimeWaitForFree() throws {
        let port = try freePort()
        let server = try Socket(.tcp, on: .loopbackIPv4, port: port)
        try server.listen()
        let client = try Socket(connectingTo: port)
        let accepted = try server.accept()
        // The one who closes first has the connection in TIME_WAIT.
        accepted.close()
        client.close()
        server.close()
        #expect(becomesFree(port, .tcp))
    }

    @Test func namesTheListener() throws {
        let socket = try Socket(.tcp, on: .loopbackIPv4)
        try socket.listen()
        #if os(Linux)
            #expect(try ListeningProcess.find(on: socket.port, .tcp)?.pid == getpid())
            #expect(try ListeningProcess.find(on: freePort(), .tcp) == nil)
        #endif
    }

    @Test(arguments: [
        ("docker-proxy", true), ("rootlessport", true), ("gvproxy", true), ("node", false),
        ("postgres", false),
    ])
    func knowsContainerEngines(_ name: String, isEngine: Bool) {
        #expect(ListeningProcess(pid: 1, name: name, command: name).isContainerEngine == isEngine)
    }

    /// Whether the port is free within seconds, which TIME_WAIT outlasts.
    ///
    /// Not at once: a process that a parallel test has just forked holds copies of our sockets until it execs.
    private func becomesFree(_ port: Port, _ transport: TransportProtocol) -> Bool {
        for _ in 0..<500 {
            if (try? PortProbe.isBusy(port, transport)) == false { return true }
            usleep(10_000)
        }
        return false
    }

    /// One that was free a moment ago, from where the kernel does not hand out ports by itself.
    private func freePort() throws -> Port {
        while true {
            let port = try #require(Port(Int.random(in: 20000..<32000)))
            guard let socket = try? Socket(.tcp, on: .anyIPv4, port: port) else { continue }
            socket.close()
            return port
        }
    }
}
