import PortrunBase

/// Rows of words, for people on a terminal and for programs in a pipe.
struct Table {
    private let columns: [String]
    private let isAligned: Bool
    private var rows: [[String]] = []
    /// The lines of a table that is not aligned.
    private var lines: [UInt8] = []

    /// - Parameters:
    ///   - columns: the headings; all empty for none.
    ///   - isAligned: columns padded with spaces under their headings; else fields parted by tabs, and no headings.
    init(columns: [String], isAligned: Bool) {
        self.columns = columns
        self.isAligned = isAligned
    }

    /// Adds a row. Names may hold anything but must not break it.
    mutating func add(_ row: [String]) {
        guard !isAligned else { return rows.append(row.map(TerminalText.onOneLine)) }
        for (column, word) in row.enumerated() {
            if column > 0 { lines.append(UInt8(ascii: "\t")) }
            lines += TerminalText.onOneLine(word).utf8
        }
        lines.append(UInt8(ascii: "\n"))
    }

    /// The lines, each with its break.
    var text: String {
        guard isAligned else { return String(decoding: lines, as: UTF8.self) }
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
