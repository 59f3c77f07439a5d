import PortrunBase

/// Text of a page. What is put into it is shown as it is, and never read as markup: only literals, and other `HTML`, are.
///
/// Values of attributes stand in double quotes.
struct HTML: Sendable, ExpressibleByStringInterpolation {
    private(set) var text: String

    init(stringLiteral text: String) { self.text = text }
    init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }

        mutating func appendLiteral(_ literal: String) { text += literal }
        mutating func appendInterpolation(_ html: HTML) { text += html.text }
        mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { text += part.text } }
        mutating func appendInterpolation(_ number: some BinaryInteger) { text += String(number) }

        /// Anything that a project, a program or a client has called something. What is not seen, or turns text around,
        /// becomes a `?`.
        mutating func appendInterpolation(_ plain: String) {
            for scalar in TerminalText.onOneLine(plain).unicodeScalars {
                switch scalar {
                case "&": text += "&amp;"
                case "<": text += "&lt;"
                case ">": text += "&gt;"
                case "\"": text += "&quot;"
                case "'": text += "&#39;"
                case _: text.unicodeScalars.append(scalar)
                }
            }
        }
    }
}
