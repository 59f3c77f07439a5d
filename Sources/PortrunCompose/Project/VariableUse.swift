import PortrunBase

/// A place where a variable decides more than a published port or a URL of the host side.
package struct VariableUse: Sendable, Equatable {
    package var variable: String
    /// Absolute, `-` for standard input; nil when it is a value in an env file.
    package var file: String?
    /// Counted from 1.
    package var line: Int?
}
