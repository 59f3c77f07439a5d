import PortrunBase

extension ComposeCommand {
    /// How many containers the command asks for: `up --scale web=3`, `scale web=3`.
    package var scales: [(service: String, replicas: Int)] {
        var scales: [(service: String, replicas: Int)] = []
        var isScale = subcommand == "scale"
        for word in words.dropFirst(flagsEnd + 1) {
            let isAttached = word.hasPrefix("--scale=")
            let text = isAttached ? String(word.dropFirst("--scale=".count)) : word
            if isScale || isAttached, let equals = text.utf8.lastIndex(of: UInt8(ascii: "=")),
                let replicas = Int(text[text.index(after: equals)...])
            {
                scales.append((String(text[..<equals]), replicas))
            }
            isScale = subcommand == "scale" || word == "--scale"
        }
        return scales
    }
}
