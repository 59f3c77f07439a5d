import PortrunBase
import TestSupport
import Testing

@testable import PortrunMCP

struct CheckoutResourcesTests {
    let server: TestServer

    init() throws {
        server = try TestServer()
        _ = server.initialize()
    }

    @Test(
        arguments: [
            ("/home/me/shop", "portrun://ports/home/me/shop"), ("/a b/ü%", "portrun://ports/a%20b/%C3%BC%25"),
            ("/a?b#c", "portrun://ports/a%3Fb%23c"), ("/", "portrun://ports/"), ("/a\n", "portrun://ports/a%0A"),
        ])
    func aPathIsAURI(_ path: String, uri: String) {
        #expect(CheckoutURI.text(of: path) == uri)
        #expect(CheckoutURI.path(of: uri) == path)
    }

    @Test(
        arguments: [
            "", "portrun://ports", "portrun://port/a", "file:///a", "portrun://ports/%", "portrun://ports/%2",
            "portrun://ports/%+1", "portrun://ports/%FF", "portrun://ports/no/where", "portrun://ports/%00",
        ])
    func hasNothingElse(_ uri: String) {
        let error = server.ask("resources/read", .object(["uri": .string(uri)]))
        #expect(error?["code"] == .integer(-32002) && error?["data"]?["uri"] == .string(uri))
    }

    @Test func saysWhatToDoNextOnOneLine() {
        let error = server.ask("resources/read", .object(["uri": .string("portrun://ports/no/where")]))
        let message = error?["message"]?.string ?? ""
        #expect(message.hasPrefix("cannot enter `/no/where`: No such file or directory; next: "), "\(message)")
    }

    @Test func needsAURI() { #expect(server.ask("resources/read")?["code"] == .integer(-32602)) }

    @Test func listsWhatIsThere() throws {
        let folder = server.folder
        try folder.write("{}\n", to: "blog (old)/package.json")
        let services: (String, JSONValue) = ("services", .array([.string("web")]))
        _ = server.call("book", JSONValue.KeyValuePairs([services, ("checkout", .string("../blog (old)"))]))
        let uris = server.ask("resources/list")?["resources"]?.elements?.compactMap { $0["uri"]?.string }
        #expect(
            uris == ["portrun://ports\(folder.path)/shop", "portrun://ports\(folder.path)/blog%20%28old%29"])
        let contents = server.ask("resources/read", .object(["uri": .string(uris?.last ?? "")]))?["contents"]
        let text = try #require(contents?.elements?.first?["text"]?.string)
        #expect(text.contains(#""service":"web""#) && text.contains(#""path":"\#(folder.path)/blog (old)""#))
        #expect(rename("\(folder.path)/blog (old)", "\(folder.path)/gone") == 0)
        #expect(server.ask("resources/list")?["resources"]?.elements?.count == 1)
    }
}
