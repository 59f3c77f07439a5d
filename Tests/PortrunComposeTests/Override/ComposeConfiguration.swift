import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

/// What `docker compose config` prints of a project, for comparing it with and without an override.
struct ComposeConfiguration {
    /// `PORTRUN_COMPOSE`: a program that is compose by itself, or `docker compose`.
    static let program = System.current().environment["PORTRUN_COMPOSE"]?.split(separator: " ").map(String.init)

    var document: YAMLNode

    /// nil when compose refuses the project.
    ///
    /// - Parameter arguments: what follows `docker compose`, up to its subcommand.
    init?(in folder: String, _ arguments: [String], _ variables: [String: String]) throws {
        let shell = CapturedProgram(Array("/bin/sh".utf8), environment: Self.environment(variables))
        let result = shell.run(
            ["sh", "-c", #"cd "$0" && exec "$@""#, folder] + (try #require(Self.program)) + arguments
                + ["config", "--format", "json"], until: Deadline(after: .seconds(180)))
        guard result.status == 0 else { return nil }
        // JSON is YAML.
        document = try #require(try YAMLParser.documents(in: Array(result.output.utf8), file: 0).first)
    }

    /// What compose itself needs besides.
    static func environment(_ variables: [String: String]) -> Environment {
        let environment = System.current().environment
        var table = variables
        for name in ["PATH", "HOME", "DOCKER_CONFIG"] { table[name] = table[name] ?? environment[name] }
        return Environment(table: table)
    }

    /// What every service publishes, in the order of the document.
    var published: [String] {
        (document["services"]?.pairs ?? []).flatMap { pair in
            (pair.value["ports"]?.elements ?? []).map { "\(pair.key) \($0["published"]?.scalar?.text ?? "-")" }
        }
    }

    /// The whole document as text, but for what an override may change.
    ///
    /// - Parameter names: true to leave out what containers are called too.
    func remainder(withoutNames names: Bool) -> String {
        var document = document
        guard var services = document["services"] else { return document.json.text }
        for pair in services.pairs ?? [] {
            var service = pair.value
            if let ports = service["ports"]?.elements {
                let rest = ports.map { port in
                    var port = port
                    port["published"] = nil
                    return port
                }
                service["ports"]?.content = .sequence(rest)
            }
            if names { Self.dropNames(from: &service) }
            services[pair.key] = service
        }
        document["services"] = services
        return document.json.text
    }

    private static func dropNames(from service: inout YAMLNode) {
        service["container_name"] = nil
        for key in ["network_mode", "pid", "ipc"] where service[key]?.string?.hasPrefix("container:") == true {
            service[key] = nil
        }
        service["volumes_from"] = nil
        service["external_links"] = nil
        for network in service["networks"]?.pairs ?? [] {
            service["networks"]?[network.key]?["aliases"] = nil
            if service["networks"]?[network.key]?.pairs?.isEmpty == true {
                service["networks"]?[network.key] = YAMLNode(
                    .scalar(.init(text: "null", isPlain: true)), location: network.value.location)
            }
        }
    }
}
