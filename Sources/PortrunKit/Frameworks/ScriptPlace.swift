import PortrunBase

/// A script of a package.json.
struct ScriptPlace: Sendable, Equatable {
    /// Absolute.
    let file: String
    let name: String
    let text: String

    /// The line that it stands in, counted from 1; for reports only, since the file is read for it.
    func line(_ look: Look = Look()) -> Int {
        guard let bytes = ConfiguredPort.read(file, look) else { return 1 }
        // As far as the file has it as it is.
        let plain = text.utf8.prefix { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        let start = Array(plain.prefix(200))
        return bytes.firstLine(with: start.isEmpty ? Array("\"\(name)\"".utf8) : start)
    }
}
