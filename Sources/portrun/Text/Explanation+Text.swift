import PortrunBase
import PortrunKit

extension Explanation {
    /// A row for each variable, with `-` for no value; then, behind empty lines, what is translated and the command.
    func text(isAligned: Bool) -> String {
        var table = Table(columns: ["variable", "action", "old", "new", "reason"], isAligned: isAligned)
        for variable in variables {
            var (old, new) = (Self.text(variable.old), Self.text(variable.new))
            if isAligned { (old, new) = (Self.shortened(old, beside: new), Self.shortened(new, beside: old)) }
            table.add([variable.name, variable.action, old, new, variable.reason.text])
        }
        guard let arguments else { return table.text }
        let words = arguments.map { ExportFormat.shellQuoted(String(decoding: $0, as: UTF8.self)) }
        let places = translations.isEmpty ? "" : "\n" + translations.joined(separator: "\n") + "\n"
        return table.text + places + "\n" + TerminalText.onOneLine(words.joined(separator: " ")) + "\n"
    }

    /// The part of a value that fits into a column: around the first difference from `other`.
    private static func shortened(_ text: String, beside other: String) -> String {
        let limit = 60
        guard text.count > limit else { return text }
        let same = zip(text, other).prefix { $0 == $1 }.count
        let start = same < limit / 2 ? 0 : min(same - limit / 2, text.count - limit)
        let part = text.dropFirst(start).prefix(limit)
        return (start > 0 ? "…" : "") + part + (start + limit < text.count ? "…" : "")
    }
}
