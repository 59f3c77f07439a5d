import PortrunBase

/// Rows of words, for people on a terminal and for programs in a pipe.
struct Table {
    private let columns: [String]
    private let isAligned: Bool
    private var rows: [[String]] = []

    /// - Parameters:
    ///   - columns: the headings; all empty for none.
    ///   - isAligned: columns padded with spaces under their headings; else fields parted by tabs, and no headings.
    init(columns: [String], isAligned: Bool) {
        self.columns = columns
        self.isAligned = isAligned
    }

    /// Adds a row. Names may hold anything but must not break it.
    mutating func add(_ row: [String]) { rows.append(row.map(TerminalText.onOneLine)) }

    /// The lines, each with its break.
    var text: String {
        guard isAligned else { return rows.map { $0.joined(separator: "\t") + "\n" }.joined() }
        let hasHeadings = columns.contains { !$0.isEmpty }
        let lines = hasHeadings && !rows.isEmpty ? [columns.map { $0.uppercased() }] + rows : rows
        let widths = columns.indices.map { column in lines.map { CellWidth.of($0[column]) }.max() ?? 0 }
        return lines.map { line in
            let padded = zip(line, widths).map { word, width in
                word + String(repeating: " ", count: width - CellWidth.of(word))
            }
            var text = padded.joined(separator: "  ")
            while text.last == " " { text.removeLast() }
            return text + "\n"
        }.joined()
    }
}
