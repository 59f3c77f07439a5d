import PortrunBase

/// The reason why a variable is set, changed or removed.
struct ExplanationReason {
    let text: String
    /// Whose ports it carries or names.
    var services: [ServiceName] = []
    /// The absolute path of the project's file that says so.
    var file: String?
    var line: Int?
}
