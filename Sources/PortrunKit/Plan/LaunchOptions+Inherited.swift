import PortrunBase
import PortrunCompose
import PortrunRegistry

extension LaunchOptions {
    /// The options that hold for compose commands inside the run too, each with its value in one word.
    ///
    /// Those that are about the command's own port do not: compose has none.
    func inherited(in checkout: Checkout) -> [String] {
        var words: [String] = []
        for (name, value) in checkout.named {
            if let value { words.append("\(name)=\(value)") }
        }
        if wishes.fixed != .remap { words.append("--fixed=\(wishes.fixed.rawValue)") }
        if !wishes.isPublishingBare { words.append("--no-publish-bare") }
        if isolated.rawValue != 0 { words.append("--isolate=\(isolated.description)") }
        for name in mainServices { words.append("--use-main=\(name)") }
        if isEphemeral { words.append("--ephemeral") }
        if isQuiet { words.append("--quiet") }
        return words
    }
}

extension Checkout {
    /// What names this context and this registry in any folder; nil where the environment names it already.
    fileprivate var named: [(option: String, value: String?)] {
        [
            ("--context", name), ("--app", app), ("--instance", instance),
            ("--registry", location.isNamedHere ? location.path : nil),
        ]
    }
}
