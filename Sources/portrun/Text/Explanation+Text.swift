import PortrunBase
import PortrunCompose
import PortrunKit

extension Explanation {
    /// A row for each variable, with `-` for no value; then, behind empty lines, a row for each value in a container,
    /// what is translated, and the command.
    func text(isAligned: Bool) -> String {
        var table = Table(columns: ["variable", "action", "old", "new", "reason"], isAligned: isAligned)
        for variable in variables {
            var (old, new) = (Self.text(variable.old), Self.text(variable.new))
            if isAligned { (old, new) = (Self.shortened(old, beside: new), Self.shortened(new, beside: old)) }
            table.add([variable.name, variable.action, old, new, variable.reason.text])
        }
        let text = table.text + containerText(isAligned)
        guard let arguments else { return text }
        let words = arguments.map { ExportFormat.shellQuoted(String(decoding: $0, as: UTF8.self)) }
        let places = translations.isEmpty ? "" : "\n" + translations.joined(separator: "\n") + "\n"
        return text + places + "\n" + TerminalText.onOneLine(words.joined(separator: " ")) + "\n"
    }

    private func containerText(_ isAligned: Bool) -> String {
        guard !containerValues.isEmpty else { return "" }
        var table = Table(columns: ["service", "in its container", "old", "new", "line"], isAligned: isAligned)
        for value in containerValues {
            var (old, new) = (value.old, value.new)
            if isAligned { (old, new) = (Self.shortened(old, beside: new), Self.shortened(new, beside: old)) }
            table.add([
                value.service, value.name, old, new, "\(Path.shortest(value.file, from: folder)):\(value.line)",
            ])
        }
        return "\n" + table.text
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
