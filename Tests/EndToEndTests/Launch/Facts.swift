import PortrunBase
import PortrunLaunch

/// What a command finds out about itself, compared with what it finds under env(1).
struct Facts {
    var lines: [Substring]

    /// Runs the probe under `env` and then under portrun, both from one shell, so that all they can inherit is the same.
    ///
    /// - Parameters:
    ///   - prelude: What the shell does first.
    ///   - wrapper: Words put before both commands.
    static func compared(
        _ mode: LaunchMode, prelude: String = ":", wrapper: String = "", in scratch: Scratch
    ) throws -> (reference: Facts, launched: Facts) {
        let outcome = try scratch.shell(
            """
            \(prelude)
            \(wrapper) env "$PROBE" facts "$HOME/reference" word 'two words' '' --option -- "$BYTES"
            \(wrapper) \(mode.prefix) "$PROBE" facts "$HOME/launched" word 'two words' '' --option -- "$BYTES"
            """, environment: ["BYTES=tab\tand line\n"])
        guard outcome.ending == .exited(0) else {
            throw HarnessError.missed("success", output: outcome.output, errors: outcome.errors)
        }
        var (reference, launched) = (
            try Facts(file: scratch.home + "/reference"), try Facts(file: scratch.home + "/launched")
        )
        if mode.isTranslated {
            reference.lines.removeAll(where: Self.isOfFilter)
            launched.lines.removeAll(where: Self.isOfFilter)
        }
        return (reference, launched)
    }

    /// True for what a filter is known by, and what an ordinary user gives up for it.
    private static func isOfFilter(_ line: Substring) -> Bool {
        line.hasPrefix("status Seccomp") || line.hasPrefix("status NoNewPrivs:")
    }

    init(file: String) throws {
        let text = String(decoding: try FileSystem.read(file), as: UTF8.self)
        // A shell names the program that it starts in `_`.
        lines = text.split(separator: "\n").filter { !$0.hasPrefix("variable _=") }
    }

    /// All but the variables that portrun sets on purpose. `PATH` leads to the shim where a docker is installed.
    var withoutOverlay: [Substring] {
        lines.filter { line in
            guard line.hasPrefix("variable "), !line.hasPrefix("variable PORTRUN_REGISTRY=") else {
                return true
            }
            let name = line.dropFirst("variable ".count).prefix { $0 != "=" }
            return name != "PATH" && name != "PORT" && !name.hasSuffix("_PORT") && !name.hasPrefix("PORTRUN_")
                && name != "COMPOSE_PROJECT_NAME"
        }
    }

    /// Those whose line starts with `topic`.
    func about(_ topic: String) -> [Substring] { lines.filter { $0.hasPrefix(topic) } }
}
