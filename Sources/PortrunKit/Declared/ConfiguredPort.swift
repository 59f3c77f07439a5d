import PortrunBase

/// The port that a framework's own configuration file gives its server.
///
/// Read as text, by small readers that take only what is unambiguous: a number that stands in the file, or one behind
/// `||` of a variable. Anything else is unknown, and then the framework's default is as good a guess as before.
package struct ConfiguredPort: Sendable, Equatable {
    package let port: Port
    /// The file, absolute.
    package let file: String
    /// Counted from 1.
    package let line: Int
    /// How the server is told another one; nil where that is the framework's way.
    var told: Told?

    /// A way that keeps what else the file says.
    enum Told: Sendable, Equatable {
        /// The file reads `PORT`.
        case variable
        /// A flag replaces the file's address, of which all but the port stays.
        case after(flag: String, address: String)
    }

    /// What a framework's files say.
    enum Finding: Sendable, Equatable {
        case none
        case port(ConfiguredPort)
        /// They say one, but nobody knows which.
        case unreadable
    }

    init?(_ number: Int, _ file: String, line: Int, told: Told? = nil) {
        guard let port = Port(number) else { return nil }
        self.port = port
        self.file = file
        self.line = line
        self.told = told
    }

    /// A configuration file is a page of text; a larger one is something else.
    private static let sizeLimit = 1 << 20

    /// Reading its text once more counts as work of the look.
    static func read(_ path: String, _ look: Look) -> [UInt8]? {
        guard let bytes = try? look.read(path), bytes.count <= sizeLimit, look.goesOn(after: bytes.count / 64, in: path)
        else { return nil }
        return bytes
    }

    /// The JSON document at `path`, and its text; nil when it holds anything else, or is left out.
    static func readJSON(_ path: String, _ look: Look) -> (document: JSONValue, text: [UInt8])? {
        guard var bytes = read(path, look) else { return nil }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        return JSONParser.value(of: bytes[...], look, in: path).map { ($0, bytes) }
    }

    /// One that gives a port is shorter.
    private static let longestLine = 1000

    /// Hands over the lines of the file at `path`, with their numbers, as long as the look goes on.
    ///
    /// - Returns: false when there is no such file, or not all of it was looked at.
    static func forEachLine(of path: String, _ look: Look, _ body: (Substring, Int) -> Void) -> Bool {
        guard let bytes = read(path, look) else { return false }
        var number = 0
        for line in TextLines(bytes) {
            number += 1
            guard look.goesOn(after: 1 + line.utf8.count / 16, in: path) else { return false }
            if line.utf8.count <= longestLine { body(line[...], number) }
        }
        return true
    }
}

extension [UInt8] {
    /// The number of the line that has the byte at `index`, counted from 1.
    func lineNumber(at index: Int) -> Int {
        var line = 1
        for byte in self[..<index] where byte == UInt8(ascii: "\n") { line += 1 }
        return line
    }

    /// The number of the first line that has `text`, counted from 1; 1 where none has, as with an escape in it, and for a
    /// text that is too long to be looked for at every byte.
    func firstLine(with text: [UInt8]) -> Int {
        guard !text.isEmpty, text.count <= 1000, count >= text.count else { return 1 }
        for start in 0...(count - text.count) where self[start..<(start + text.count)].elementsEqual(text) {
            return lineNumber(at: start)
        }
        return 1
    }
}
