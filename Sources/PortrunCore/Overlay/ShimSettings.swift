/// What leads the commands inside a run to portrun's shim: its folder, first in `PATH`, and the options that it was
/// told.
///
/// Unlike an `Overlay`, which a shell may take over, this is for the command alone.
package struct ShimSettings: Sendable, Equatable {
    /// Absolute, without a colon.
    private let folder: String
    /// Options of `portrun run`, each with its value in one word.
    private let options: [String]

    private static let folderVariable = "PORTRUN_SHIMS"
    private static let optionsVariable = "PORTRUN_OPTIONS"
    private static let pathVariable = "PATH"

    package init(folder: String, options: [String]) {
        self.folder = folder
        self.options = options
    }

    /// `environment` with the shim in it, once.
    package func applied(to environment: Environment) -> Environment {
        var result = Self.removed(from: environment)
        // Where nobody has set it, everybody looks up in folders of their own.
        guard result.bytes(of: Self.pathVariable) != nil else { return result }
        result.set(Self.pathVariable, to: SearchPath(result).without(folder).prefixed(by: folder).text)
        result.set(Self.folderVariable, to: folder)
        if !options.isEmpty { result.set(Self.optionsVariable, to: Self.encoded(options)) }
        return result
    }

    /// `environment` without the shim of a portrun further out.
    package static func removed(from environment: Environment) -> Environment {
        var result = environment
        if let folder = environment[folderVariable] {
            if environment.bytes(of: pathVariable) != nil {
                result.set(pathVariable, to: SearchPath(environment).without(folder).text)
            }
            result.remove(folderVariable)
        }
        result.remove(optionsVariable)
        return result
    }

    /// The options that the portrun further out was told.
    package static func options(in environment: Environment) -> [String] {
        environment[optionsVariable].map(decoded) ?? []
    }

    /// `words` with a space between them; spaces, control characters and `%` in them as `%` and two hex digits.
    static func encoded(_ words: [String]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for word in words {
            if !text.isEmpty { text.append(UInt8(ascii: " ")) }
            for byte in word.utf8 {
                if byte <= 0x20 || byte == 0x7F || byte == UInt8(ascii: "%") {
                    text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
                } else {
                    text.append(byte)
                }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// What `encoded(_:)` was given; a `%` without two hex digits behind it is itself.
    static func decoded(_ text: String) -> [String] {
        text.utf8.split(separator: UInt8(ascii: " ")).map { word in
            let word = Array(word)
            var bytes: [UInt8] = []
            var index = 0
            while index < word.count {
                if word[index] == UInt8(ascii: "%"), index + 2 < word.count, let high = digit(word[index + 1]),
                    let low = digit(word[index + 2])
                {
                    bytes.append(high << 4 | low)
                    index += 3
                } else {
                    bytes.append(word[index])
                    index += 1
                }
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(UnicodeScalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
