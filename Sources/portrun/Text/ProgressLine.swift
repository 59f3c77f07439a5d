import PortrunBase
import PortrunLaunch

/// One line on a terminal that is written over again and again, and is gone in the end.
///
/// A signal that ends portrun meanwhile ends the line first.
struct ProgressLine {
    private let signals: HeldSignals?
    private var shown: String?

    init(isShown: Bool) { signals = isShown ? HeldSignals() : nil }

    /// Writes over the line if it is to be another one. A line that does not fit is cut: it would leave its first part
    /// behind.
    mutating func show(_ text: String) {
        guard signals != nil else { return }
        var line = "portrun: \(TerminalText.onOneLine(text))"
        // The last column is left free: some terminals break the line there.
        if let width = Terminal.width(of: STDERR_FILENO) { line = CellWidth.prefix(of: line, width - 1) }
        guard line != shown else { return }
        Report.progress(line)
        shown = line
    }

    /// Waits so many milliseconds.
    func pause(_ milliseconds: Int32) {
        poll(nil, 0, milliseconds)
        guard let signals, signals.haveCome else { return }
        if shown != nil { Report.prompt("\n") }
        signals.release()
    }

    /// Takes the line away, for good.
    func clear() {
        if shown != nil { Report.progress("") }
        signals?.release()
    }
}
