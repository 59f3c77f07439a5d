import ArgumentParser
import PortrunBase

/// The errors of ArgumentParser in portrun's words.
extension UsageError {
    /// - Parameters:
    ///   - error: what ArgumentParser threw, or a check of the options did.
    ///   - words: the command line.
    init(parserError error: any Error, words: [String]) {
        let own = words.prefix { $0 != "--" }
        let subcommand = Self.subcommand(of: own)
        if let first = own.first, subcommand == nil, !first.hasPrefix("-"), first != "help" {
            self = .noSubcommand(first)
        } else if let number = own.first(where: Self.isNegative) {
            self = .negative(number, subcommand: subcommand)
        } else {
            self = .notUnderstood(Self.clause(Portrun.message(for: error), quoting: own), subcommand: subcommand)
        }
    }

    /// A word behind `help` that is no subcommand; nil for one that is.
    init?(asking word: String) {
        guard !word.hasPrefix("-"), word != "help", Self.subcommand(of: [word]) == nil else { return nil }
        self = .noSubcommand(word)
    }

    /// The characters of a message that are shown.
    private static let textLimit = 400

    private static func subcommand(of words: ArraySlice<String>) -> String? {
        let names = Portrun.configuration.subcommands.compactMap { $0.configuration.commandName }
        return words.first.flatMap { names.contains($0) ? $0 : nil }
    }

    private static func isNegative(_ word: String) -> Bool {
        word.hasPrefix("-") && word.count > 1 && word.dropFirst().allSatisfy { ("0"..."9").contains($0) }
    }

    /// One lower-case clause on one line, with backticks around what was typed.
    private static func clause(_ message: String, quoting words: ArraySlice<String>) -> String {
        var text = message
        for word in words {
            // `--name=value` is shown in parts.
            for part in [word] + word.split(separator: "=", maxSplits: 1).dropFirst().map(String.init)
            where part.count > wordLimit {
                text = text.replacing(part, with: shortened(part))
            }
        }
        // A list has a line for each value.
        text = text.replacing(". Please provide one of the following:\n", with: "; give one of ")
        text = TerminalText.onOneLine(text.replacing("\n  - ", with: ", ").replacing("  - ", with: ""))
        text = text.replacing(". Please provide", with: "; give").replacing(". Did you mean", with: "; did you mean")
        if text.hasSuffix(".") { text.removeLast() }
        text += wanted(behind: text)
        return TerminalText.cut(quoted(text.prefix(1).lowercased() + text.dropFirst()), to: textLimit)
    }

    /// What the values of a place may be, where ArgumentParser does not say it, by the name of the place.
    private static let wanted = [
        ("port", "a number from 1 to 65535"), ("[name=]port", "a number from 1 to 65535, or NAME=NUMBER for a service"),
        ("kinds", "some of volumes, networks, images, with commas between"), ("days", "a number from 0 to 99999"),
        ("seconds", "a number of seconds, a year at most"), ("n", "a number from 1 on, 65535 ports at most"),
        ("start", "a port from 1 to 65535"), ("end", "a port from 1 to 65535"),
        ("service", "a name of 1 to 255 bytes without control characters"),
        ("name", "a name of 1 to 255 bytes without control characters"),
        ("services", "names with commas between, none twice"), ("text", "one line"),
    ]

    private static func wanted(behind text: String) -> String {
        // Of an option it is one value; as arguments they are several.
        if text.hasPrefix("The value '"), text.hasSuffix(" for '<services>'") {
            return ": not a name of 1 to 255 bytes without control characters"
        }
        guard text.hasPrefix("The value '"), let name = wanted.first(where: { text.hasSuffix("<\($0.0)>'") }) else {
            return ""
        }
        return ": not \(name.1)"
    }

    /// `text` with backticks in place of the quotes around words; an apostrophe in a word stays.
    private static func quoted(_ text: String) -> String {
        var quoted: [Character] = []
        var isOpen = false
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            let before = index > 0 ? characters[index - 1] : " "
            let after = index + 1 < characters.count ? characters[index + 1] : " "
            let isQuote = character == "'" && (isOpen ? " .,:;?".contains(after) : before == " ")
            if isQuote { isOpen.toggle() }
            quoted.append(isQuote ? "`" : character)
        }
        return String(quoted)
    }
}
