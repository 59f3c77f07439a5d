import PortrunBase

/// Why a variable is set, changed or removed.
struct ExplanationReason {
    let text: String
    /// Whose ports it carries or names.
    var services: [ServiceName] = []
    /// Where the project says so, absolute.
    var file: String?
    var line: Int?
}
