import TestSupport
import Testing

@testable import PortrunBase

struct ServerSocketTests {
    @Test(arguments: [false, true])
    func theSystemChoosesAPort(_ isIPv6: Bool) throws {
        let socket = try ServerSocket.bound(to: LoopbackAddress(isIPv6: isIPv6, port: 0))
        defer { close(socket.descriptor) }
        guard case .address(let address) = socket.place else { throw Problem() }
        #expect(address.isIPv6 == isIPv6 && address.port > 0)
        #expect(try ServerSocket.given(socket.descriptor).place == socket.place)
        #expect(throws: ServerSocketError.failed(place: address.description, code: EADDRINUSE)) {
            try ServerSocket.bound(to: address)
        }
    }

    @Test func takesThePlaceOfAFile() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/x.sock"
        try folder.write("", to: "x.sock")
        let socket = try ServerSocket.bound(to: path)
        defer { close(socket.descriptor) }
        var status = stat()
        #expect(lstat(path, &status) == 0 && status.st_mode == S_IFSOCK | 0o600)
        #expect(try ServerSocket.given(socket.descriptor).place == .path(path))
    }

    @Test func aPathHasItsLimit() throws {
        let path = "/tmp/" + String(repeating: "x", count: 120)
        #expect(throws: ServerSocketError.tooLong(path: path)) { try ServerSocket.bound(to: path) }
    }

    /// Neither what does not listen, nor what other machines reach.
    @Test func othersAreRefused() throws {
        let listener = try Socket(.tcp, on: .anyIPv4)
        #expect(throws: ServerSocketError.self) { try ServerSocket.given(listener.descriptor) }
        try listener.listen()
        #expect(throws: ServerSocketError.notAServer(listener.descriptor)) {
            try ServerSocket.given(listener.descriptor)
        }
        let client = try Socket(connectingTo: try listener.port)
        #expect(throws: ServerSocketError.self) { try ServerSocket.given(client.descriptor) }
        #expect(throws: ServerSocketError.self) { try ServerSocket.given(-1) }
    }

    struct Problem: Error {}
}
