import ArgumentParser
import PortrunBase

/// The options of commands that are about the whole machine and not about one context.
struct PlaceOptions: ParsableArguments {
    @Option(
        name: .customShort("C"), help: ArgumentHelp("Work in this folder.", valueName: "dir"), completion: .directory)
    var directory: String?

    @Option(help: ArgumentHelp("Use this registry file.", valueName: "path"), completion: .file())
    var registry: String?

    var selection: Selection { Selection(directory: directory, registry: registry) }
}
