import PortrunBase

extension ComposeCommand {
    /// How many containers the command asks for: `up --scale web=3`, `scale web=3`.
    package var scales: [(service: String, replicas: Int)] {
        var scales: [(service: String, replicas: Int)] = []
        var isScale = subcommand == "scale"
        for word in words.dropFirst(flagsEnd + 1) {
            let attached = word.rest(after: "--scale=")
            let text = attached ?? word
            if isScale || attached != nil, let equals = text.utf8.lastIndex(of: UInt8(ascii: "=")),
                let replicas = Int(String(decoding: text.utf8[equals...].dropFirst(), as: UTF8.self))
            {
                scales.append((String(text[..<equals]), replicas))
            }
            isScale = subcommand == "scale" || word == "--scale"
        }
        return scales
    }
}
