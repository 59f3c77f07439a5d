import PortrunBase

/// What a lease says of its command.
enum CommandSummary {
    /// The words for people, at most about a line.
    static func text(of arguments: [[UInt8]]) -> String {
        var text = ""
        for word in arguments.prefix(32) {
            text += (text.isEmpty ? "" : " ") + String(decoding: word.prefix(256), as: UTF8.self)
        }
        return String(text.prefix(256))
    }
}
