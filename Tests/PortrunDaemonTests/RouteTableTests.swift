import HTTPTypes
import Testing

@testable import PortrunDaemon

struct RouteTableTests {
    private let table = RouteTable([
        Route(.get, "/a") { _ in Answer(.ok) }, Route(.post, "/a") { _ in Answer(.ok) },
        Route(.get, "/a/{id}/b/{name}") { _ in Answer(.ok) }, Route(.put, "/a/{id}") { _ in Answer(.ok) },
    ])

    @Test(arguments: [
        ("/a/1/b/x", ["1", "x"]), ("/a/%31/b/x%2Fy%20z", ["1", "x/y z"]), ("/a/1/b/a+b", ["1", "a+b"]),
        ("/a/1/b/%C3%A9", ["1", "é"]),
    ])
    func readsThePath(_ path: String, _ values: [String]) throws {
        let (route, parameters) = try table.route(.get, path[...])
        #expect(route.path == "/a/{id}/b/{name}")
        #expect(parameters.map(\.name) == ["id", "name"] && parameters.map(\.value) == values)
    }

    @Test(arguments: [
        "/", "", "a", "//a", "/a/", "/A", "/a/1/b", "/a/1/b/", "/a//b/x", "/a/1/b/c/d", "/a/1/b/%zz", "/a/1/b/%C3",
    ])
    func thereIsNothingElse(_ path: String) {
        #expect { try table.route(.get, path[...]) } throws: { ($0 as? Problem)?.status == .notFound }
    }

    @Test func tellsWhichMethodsThereAre() throws {
        #expect(try table.route(.head, "/a").0.method == .get)
        #expect { try table.route(.delete, "/a") } throws: { error in
            (error as? Problem)?.status == .methodNotAllowed
                && (error as? Problem)?.headers[.allow] == "GET, HEAD, POST"
        }
        #expect { try table.route(.get, "/a/1") } throws: { ($0 as? Problem)?.headers[.allow] == "PUT" }
    }

    /// A route for what no other one has does not take the place of one that has the path.
    @Test func aRouteForTheRest() throws {
        let table = RouteTable([
            Route(.post, "/a") { _ in Answer(.ok) }, Route(.get, "/b") { _ in Answer(.ok) },
            Route(.get, "/{...}") { _ in Answer(.ok) },
        ])
        for path in ["/", "/c", "/a/b", "/b/"] {
            #expect(try table.route(.get, path[...]).0.path == "/{...}", "\(path)")
            #expect { try table.route(.post, path[...]) } throws: { ($0 as? Problem)?.status == .methodNotAllowed }
        }
        #expect(try table.route(.get, "/b").0.path == "/b")
        #expect { try table.route(.get, "/a") } throws: { ($0 as? Problem)?.headers[.allow] == "POST" }
    }
}
