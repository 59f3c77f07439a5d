import TestSupport
import Testing

@testable import PortrunBase

struct EngineSocketTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for path in ["/.docker", "/.docker/contexts", "/.docker/contexts/meta"] { try makeFolder(path) }
        try context("colima", endpoint: "unix:///run/colima.sock")
        try context("far", endpoint: "ssh://me@example.org")
        try context("odd", endpoint: nil)
    }

    private static let usual = ["/var/run/docker.sock", "/run/user/7/docker.sock", "/run/user/7/podman/podman.sock"]

    @Test(
        arguments: [
            (["XDG_RUNTIME_DIR": "/run/user/7"], usual), ([:], ["/var/run/docker.sock"]),
            (["XDG_RUNTIME_DIR": "run"], ["/var/run/docker.sock"]),
            (["XDG_RUNTIME_DIR": "/run/user/7", "DOCKER_HOST": ""], usual),
            (["XDG_RUNTIME_DIR": "/run/user/7", "DOCKER_HOST": "unix:///a/b.sock"], ["/a/b.sock"]),
            (["DOCKER_HOST": "tcp://127.0.0.1:2375"], []), (["DOCKER_HOST": "ssh://me@example.org"], []),
            (["DOCKER_HOST": "unix://"], []), (["DOCKER_HOST": "unix://relative"], []),
            (["DOCKER_HOST": "nonsense"], []),
            (["DOCKER_CONTEXT": "colima"], ["/run/colima.sock"]), (["DOCKER_CONTEXT": "far"], []),
            (["DOCKER_CONTEXT": "odd"], []), (["DOCKER_CONTEXT": "none"], []),
            (["DOCKER_CONTEXT": "default"], ["/var/run/docker.sock"]),
            (["DOCKER_CONTEXT": "colima", "DOCKER_HOST": "unix:///a/b.sock"], ["/a/b.sock"]),
        ] as [([String: String], [String])])
    func environmentTells(_ variables: [String: String], paths: [String]) {
        let environment = Environment(entries: variables.map { Array("\($0.key)=\($0.value)".utf8) })
        #expect(EngineSocket.paths(environment: environment, home: folder.path) == paths)
    }

    @Test(arguments: [
        (#"{"auths": {}, "currentContext": "colima"}"#, ["/run/colima.sock"]), (#"{"currentContext": "far"}"#, []),
        (#"{"currentContext": "default"}"#, ["/var/run/docker.sock"]),
        (#"{"currentContext": ""}"#, ["/var/run/docker.sock"]), ("{}", ["/var/run/docker.sock"]),
        ("{not json", ["/var/run/docker.sock"]),
    ])
    func settingsTell(_ settings: String, paths: [String]) throws {
        try folder.write(settings, to: ".docker/config.json")
        #expect(EngineSocket.paths(environment: Environment(), home: folder.path) == paths)
        let elsewhere = Environment(["DOCKER_CONFIG": folder.path + "/.docker"])
        #expect(EngineSocket.paths(environment: elsewhere, home: nil) == paths)
    }

    private func makeFolder(_ path: String) throws { try #require(mkdir(folder.path + path, 0o700) == 0) }

    private func context(_ name: String, endpoint: String?) throws {
        let endpoints = endpoint.map { #"{"docker": {"Host": "\#($0)"}}"# } ?? "{}"
        try makeFolder("/.docker/contexts/meta/\(name)-hash")
        try folder.write(
            #"{"Name": "\#(name)", "Metadata": {}, "Endpoints": \#(endpoints)}"#,
            to: ".docker/contexts/meta/\(name)-hash/meta.json")
    }
}
