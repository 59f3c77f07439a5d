import PortrunBase

/// Why a variable is set, changed or removed.
package struct ExplanationReason: Sendable {
    package let text: String
    /// Whose ports it carries or names.
    package var services: [ServiceName] = []
    /// Where the project says so, absolute.
    package var file: String?
    package var line: Int?
}
