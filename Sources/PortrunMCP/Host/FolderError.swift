import PortrunBase

/// The argument `checkout` names no folder.
struct FolderError: ReportableError {
    let path: String
    /// The errno value.
    let code: Int32

    var message: String { "cannot enter `\(path)`: \(String(cString: strerror(code)))" }
    var hint: String? { "give the absolute path of a folder that exists; `list` has the `path` of each known checkout" }
}
