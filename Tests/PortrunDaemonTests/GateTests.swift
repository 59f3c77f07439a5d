import HTTPTypes
import PortrunBase
import Testing

@testable import PortrunDaemon

/// The order of the checks, and what each lets through; the attacks themselves are made on a real daemon.
struct GateTests {
    private let gate = Gate(uid: 1000)
    private let door = ServerSocket.Place.address(LoopbackAddress(port: 7333))

    private func kind(
        _ method: HTTPRequest.Method = .get, host: String? = "localhost:7333", _ fields: HTTPFields = [:],
        owner: ConnectionOwner = .user(1000), isLocal: Bool = true
    ) -> String? {
        let request = HTTPRequest(method: method, scheme: "http", authority: host, path: "/", headerFields: fields)
        do throws(Problem) {
            try gate.check(request, of: Peer(place: door, owner: owner, isLocal: isLocal))
            try gate.checkContent(of: request)
            return nil
        } catch {
            return error.kind
        }
    }

    @Test func letsItsUserIn() {
        #expect(kind() == nil)
        #expect(kind(owner: .untold) == nil)
        #expect(kind(.post, [.contentType: "application/json"]) == nil)
        #expect(kind(.delete) == nil)
    }

    /// Whoever is wrong in every way is told of the first.
    @Test func checksInItsOrder() throws {
        let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
        let wrong: HTTPFields = [site: "cross-site", .contentType: "text/plain"]
        #expect(kind(.post, host: "evil", wrong, owner: .user(1), isLocal: false) == "remote")
        #expect(kind(.post, host: "evil", wrong, owner: .user(1)) == "host")
        #expect(kind(.post, wrong, owner: .user(1)) == "user")
        #expect(kind(.post, wrong, owner: .unknown) == "user")
        #expect(kind(.post, wrong) == "site")
        #expect(kind(.post, [.contentType: "text/plain"]) == "type")
        #expect(kind(.post) == "type")
        #expect(kind(.delete, [.contentLength: "2"]) == "type")
        #expect(kind(.delete, [.transferEncoding: "chunked"]) == "type")
        #expect(kind(host: nil) == "host")
    }

    @Test func aUnixSocketHasNoName() throws {
        let request = HTTPRequest(method: .get, scheme: "http", authority: nil, path: "/")
        try gate.check(request, of: Peer(place: .path("/x"), owner: .user(1000)))
        #expect(throws: Problem.self) { try gate.check(request, of: Peer(place: .path("/x"), owner: .user(0))) }
    }

    /// A form of another site has the same type, so nothing but a browser's word that it is ours will do.
    @Test func formsAreToBeTheDoorsOwn() throws {
        let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
        let form = "application/x-www-form-urlencoded"
        func kind(_ fields: HTTPFields) -> String? {
            let request = HTTPRequest(
                method: .post, scheme: "http", authority: "localhost:7333", path: "/", headerFields: fields)
            do throws(Problem) {
                try gate.check(request, of: Peer(place: door, owner: .user(1000)))
                try gate.checkContent(of: request, as: .form)
                return nil
            } catch {
                return error.kind
            }
        }
        #expect(kind([.contentType: form, site: "same-origin"]) == nil)
        #expect(kind([.contentType: form, .origin: "http://localhost:7333"]) == nil)
        #expect(kind([.contentType: form, site: "same-origin", .origin: "null"]) == "site")
        for other in ["none", "same-site", "cross-site", "same-origin, none"] {
            #expect(kind([.contentType: form, site: other]) == "site")
        }
        #expect(kind([.contentType: form]) == "site")
        #expect(kind([.contentType: "text/plain", site: "same-origin"]) == "type")
        #expect(kind([.contentType: "application/json", site: "same-origin"]) == "type")
    }
}
