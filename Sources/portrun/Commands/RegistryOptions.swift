import ArgumentParser
import PortrunBase

/// The option of commands that are about the registry, wherever they are called.
struct RegistryOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Use this registry file.", valueName: "path"), completion: .file())
    var registry: String?

    var selection: Selection { Selection(registry: registry) }
}
