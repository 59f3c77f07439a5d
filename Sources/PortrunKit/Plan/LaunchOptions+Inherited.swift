import PortrunBase
import PortrunCompose
import PortrunRegistry

extension LaunchOptions {
    /// The options that hold for compose commands inside the run too, each with its value in one word.
    ///
    /// Those that are about the command's own port do not: compose has none.
    func inherited(in checkout: Checkout) -> [String] {
        var words: [String] = []
        // What names this context and this registry in any folder, unless the environment names it already.
        if let name = checkout.name { words.append("--context=\(name)") }
        if let app = checkout.app { words.append("--app=\(app)") }
        if let instance = checkout.instance { words.append("--instance=\(instance)") }
        if checkout.location.isNamedHere { words.append("--registry=\(checkout.location.path)") }
        if wishes.fixed != .remap { words.append("--fixed=\(wishes.fixed.rawValue)") }
        if !wishes.isPublishingBare { words.append("--no-publish-bare") }
        if isolated.rawValue != 0 { words.append("--isolate=\(isolated.description)") }
        for name in mainServices { words.append("--use-main=\(name)") }
        if isEphemeral { words.append("--ephemeral") }
        if isQuiet { words.append("--quiet") }
        return words
    }
}
