import PortrunBase

/// Scripts that another script of the project's starts, as far as its text names them.
enum StartedScripts {
    /// A script that starts more of them is no launcher.
    private static let mostNames = 64

    /// Whether the script at `path` names several others that each take a port from `PORT`: one variable would send all of
    /// them to one number.
    ///
    /// Not where it names `PORT` itself: it may well give each of them its own.
    ///
    /// - Parameter folder: where it runs.
    static func haveSeveralPorts(in path: String, runningIn folder: String, _ look: Look) -> Bool {
        guard let bytes = ConfiguredPort.read(path, look), !ScriptPort.mentionsPort(path, look) else { return false }
        var seen = [path]
        var servers = 0
        for word in bytes.split(whereSeparator: { !isPartOfPath($0) }) where seen.count <= mostNames {
            guard word.count < 256, word.contains(UInt8(ascii: ".")),
                case let text = String(decoding: word, as: UTF8.self), ScriptPort.isScript(text)
            else { continue }
            for place in [folder, Path.parent(path)] {
                let file = Path.absolute(text, in: place)
                if seen.contains(file) { break }
                guard FileSystem.kind(of: file) == .file, look.spend(1, of: .servers, in: path) else { continue }
                seen.append(file)
                if ScriptPort.find(in: file, look) != nil || ScriptPort.needsPort(file, look) { servers += 1 }
                break
            }
            if servers > 1 { return true }
        }
        return false
    }

    private static func isPartOfPath(_ byte: UInt8) -> Bool {
        Environment.isPart(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-")
    }
}
