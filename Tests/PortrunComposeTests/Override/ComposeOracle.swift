import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

/// The real docker compose, where there is one, or the one that the script in `PORTRUN_ENGINE` brings.
enum ComposeOracle {
    private static let environment = System.current().environment
    private static let engine = environment["PORTRUN_ENGINE"]

    /// What a command line starts with that has `docker compose` in its `PATH`; nil where nothing has.
    static let prefix: [String]? = {
        if ChildProcess.run(["docker", "compose", "version"], environment: environment).status == 0 { return [] }
        return engine.map { [$0, "sealed"] }
    }()

    /// What compose takes a project for, once for each of `overrides` laid over it; nil for none.
    static func configurations(
        of text: String, with overrides: [ComposeOverride?]
    ) throws -> [JSONValue] {
        var files = ["compose.yaml": text]
        var script = "cd \"$1\""
        for (index, override) in overrides.enumerated() {
            files["\(index).yaml"] = override?.text ?? "{}"
            script += " && docker compose -p w -f compose.yaml"
            if override != nil { script += " -f \(index).yaml" }
            script += " --profile '*' config --format json && printf '\\n---\\n'"
        }
        return try withComposeFolder(files) { folder in
            var command = try #require(prefix)
            command += ["bash", "-c", script, "bash", folder]
            let answer = ChildProcess.run(["env"] + command, environment: environment)
            try #require(answer.status == 0, "\(answer)")
            return try YAMLParser.documents(in: Array(answer.output.utf8), file: 0).filter { $0.pairs != nil }
                .map(\.json)
        }
    }
}
