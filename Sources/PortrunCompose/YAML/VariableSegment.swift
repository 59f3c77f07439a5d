import PortrunBase

/// A part of a text that came from a variable.
struct VariableSegment: Sendable {
    /// Offsets into the text's UTF-8; empty where the value is.
    var range: Range<Int>
    /// nil for the text of `${V:+text}`, which no value of the variable changes.
    var variable: String?
}
