import PortrunBase

/// The reason why a variable is set, changed or removed.
package struct ExplanationReason: Sendable {
    package let text: String
    /// Whose ports it carries or names.
    package var services: [ServiceName] = []
    /// The absolute path of the project's file that says so.
    package var file: String?
    package var line: Int?
}
