import PortrunBase

extension ComposeCommand {
    /// How many containers `arguments`, the command itself, asks for: `up --scale web=3`, `scale web=3`.
    package func scales(in arguments: [String]) -> [(service: String, replicas: Int)] {
        var scales: [(service: String, replicas: Int)] = []
        var isScale = subcommand == "scale"
        for argument in arguments.dropFirst(flagsEnd + 1) {
            let isAttached = argument.hasPrefix("--scale=")
            let text = isAttached ? String(argument.dropFirst("--scale=".count)) : argument
            if isScale || isAttached, let equals = text.utf8.lastIndex(of: UInt8(ascii: "=")),
                let replicas = Int(text[text.index(after: equals)...])
            {
                scales.append((String(text[..<equals]), replicas))
            }
            isScale = subcommand == "scale" || argument == "--scale"
        }
        return scales
    }
}
