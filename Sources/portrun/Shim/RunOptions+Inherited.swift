import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunRegistry

extension RunOptions {
    /// The options that hold for compose commands inside the run too, each with its value in one word.
    ///
    /// Those that are about the command's own port do not: compose has none.
    func inherited(in workplace: Workplace) -> [String] {
        var words: [String] = []
        let named = [
            ("--context", selection.context), ("--app", selection.app), ("--instance", selection.instance),
            ("--registry", workplace.registryOption),
        ]
        for (name, value) in named {
            if let value { words.append("\(name)=\(value)") }
        }
        if wishes.fixed != .remap { words.append("--fixed=\(wishes.fixed.rawValue)") }
        if !wishes.isPublishingBare { words.append("--no-publish-bare") }
        if isolated.rawValue != 0 { words.append("--isolate=\(isolated.description)") }
        for name in sharedServices { words.append("--use-main=\(name)") }
        if isEphemeral { words.append("--ephemeral") }
        if isQuiet { words.append("--quiet") }
        return words
    }
}

extension Workplace {
    /// The option that names this registry in any folder; nil where the environment names it already.
    fileprivate var registryOption: String? {
        let variable = system.environment["PORTRUN_REGISTRY"] ?? ""
        let isNamedHere = selection.registry != nil || (!variable.isEmpty && !variable.hasPrefix("/"))
        return isNamedHere ? location.path : nil
    }
}
