import PortrunBase
import PortrunKit
import TestSupport
import Testing

@testable import PortrunDaemon

/// The document and the routes come from one table; what a table can get wrong is looked for here.
struct APIDocumentTests {
    private let document = APIDocument.json(version: "1.2.3")

    @Test func hasEveryRoute() throws {
        let folder = try TemporaryFolder()
        let system = System(environment: ["HOME": folder.path], workingDirectory: "/", now: 1_800_000_000)
        let core = DaemonCore(try DaemonHost(version: "1.2.3", system: system, registry: nil) { _ in })
        let routes = DaemonDoors(core, OpenDoors([])).routes(of: .api).routes
        for route in routes where route.path.hasPrefix("/api/v1/") && !route.path.hasSuffix(".json") {
            let entry = document["paths"]?[route.path]?[route.method.rawValue.lowercased()]
            #expect(entry?["responses"]?["200"] != nil, "\(route.method) \(route.path)")
        }
    }

    @Test func everyOperationIsOneOfAKind() {
        let operations = Operation.all
        #expect(Set(operations.map(\.id)).count == operations.count)
        #expect(Set(operations.map { "\($0.method) \($0.path)" }).count == operations.count)
    }

    @Test func everyNameInAPathIsDescribed() {
        for operation in Operation.all {
            for name in operation.pathNames {
                #expect(operation.parameters.contains { $0.name == name && $0.isRequired }, "\(operation.id): \(name)")
            }
            let names = (operation.parameters + (operation.body ?? [])).map(\.name)
            #expect(Set(names).count == names.count, "\(operation.id)")
        }
    }

    @Test func whatTakesABodySaysSo() {
        for operation in Operation.all {
            let entry = document["paths"]?["/api/v1" + operation.path]?[operation.method.rawValue.lowercased()]
            #expect((entry?["requestBody"] != nil) == (operation.body != nil), "\(operation.id)")
            #expect((operation.method == .post || operation.method == .put) == (operation.body != nil))
        }
    }
}
