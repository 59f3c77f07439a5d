import ArgumentParser
import PortrunBase
import PortrunKit

/// The options on values that follow moved ports.
struct RewriteOptions: ParsableArguments {
    @Flag(name: .customLong("no-rewrite"), help: "Leave values that name moved ports as they are.")
    var skipsRewriting = false

    @Option(
        help: ArgumentHelp("Rewrite values of this env file too; may be repeated.", valueName: "file"),
        completion: .file())
    var envFile: [String] = []

    func apply(to rewriting: inout LaunchOptions.Rewriting) {
        rewriting.isOn = !skipsRewriting
        rewriting.envFiles = envFile
    }
}
