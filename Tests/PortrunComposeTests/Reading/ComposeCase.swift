import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

/// A small compose project and what `docker compose config` 2.26.1 makes of it.
struct ComposeCase: Sendable, CustomTestStringConvertible {
    enum Outcome: Sendable, Equatable {
        case refused
        /// The active services' ports, `service address:published:target/protocol`, and the active services.
        case read([String], services: [String], name: String)

        /// For projects whose services all publish something, in a folder named `w`.
        static func read(_ ports: [String], services: [String]? = nil, name: String = "w") -> Outcome {
            let publishing = Set(ports.map { String($0.prefix { $0 != " " }) })
            return .read(ports.sorted(), services: (services ?? Array(publishing)).sorted(), name: name)
        }
    }

    var name: String
    var files: [String: String]
    var arguments: [String]
    var environment: [String: String]
    var outcome: Outcome

    init(
        _ name: String, _ files: [String: String], arguments: [String] = [],
        environment: [String: String] = [:],
        _ outcome: Outcome
    ) {
        self.name = name
        self.files = files
        self.arguments = arguments
        self.environment = environment
        self.outcome = outcome
    }

    var testDescription: String { name }

    static var all: [ComposeCase] { files + yaml + extends + include + merge + reset + services }
}
