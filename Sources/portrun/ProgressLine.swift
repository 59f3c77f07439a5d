import PortrunCore

/// One line on a terminal that is written over again and again, and is gone in the end.
struct ProgressLine {
    let isShown: Bool

    /// Writes over the line. A control sequence clears what the last text had more: ECMA-48, EL.
    func show(_ text: String) {
        guard isShown else { return }
        Report.prompt("\rportrun: \(Table.onOneLine(text))\u{1B}[K")
    }

    func clear() {
        guard isShown else { return }
        Report.prompt("\r\u{1B}[K")
    }
}
